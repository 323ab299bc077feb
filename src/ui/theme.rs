//! Every colour, size and distance of the window, in light and dark. Text meets WCAG AA (4.5:1)
//! on every ground it is drawn on; a test holds the pairs to it.

use egui::style::{ScrollStyle, Selection, WidgetVisuals};
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, Theme,
    Vec2, Visuals,
};

use super::fonts::strong;
use crate::analysis::steps::Step;

/// How a value speaks of practice; drawn as a word, a shape and a colour together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Outstanding.
    Best,
    /// Good, yes.
    Good,
    /// Requires improvement, partly.
    Mixed,
    /// Inadequate, no.
    Poor,
    /// Neither: contextual choices, blanks, counts.
    Neutral,
}

/// A text colour and the soft ground it stands on.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Text, icon and edge.
    pub ink: Color32,
    /// Ground.
    pub ground: Color32,
}

/// The colours of one look.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// Behind everything.
    pub page: Color32,
    /// Cards and fields.
    pub card: Color32,
    /// Side panels and the top bar.
    pub side: Color32,
    /// Thin lines.
    pub line: Color32,
    /// Edges of fields and buttons (3:1 against cards).
    pub edge: Color32,
    /// Text.
    pub text: Color32,
    /// Hints and captions.
    pub soft_text: Color32,
    /// Main buttons, links, what is chosen.
    pub accent: Color32,
    /// Text on [`Palette::accent`].
    pub on_accent: Color32,
    /// Behind what is chosen or pointed at.
    pub accent_ground: Color32,
    /// The thread: the line that marks where one is.
    pub thread: Color32,
    /// The ring around what has the keyboard.
    pub focus: Color32,
    best: Pair,
    good: Pair,
    mixed: Pair,
    poor: Pair,
    neutral: Pair,
}

#[allow(clippy::disallowed_methods, reason = "this is where colours are made")]
const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const fn pair(ink: u32, ground: u32) -> Pair {
    Pair {
        ink: rgb(ink),
        ground: rgb(ground),
    }
}

/// Light.
pub const LIGHT: Palette = Palette {
    page: rgb(0xf5_f4_f0),
    card: rgb(0xff_ff_ff),
    side: rgb(0xec_ea_e4),
    line: rgb(0xd9_d6_cd),
    edge: rgb(0x85_81_75),
    text: rgb(0x1b_1f_23),
    soft_text: rgb(0x52_58_5f),
    accent: rgb(0x1b_53_6b),
    on_accent: rgb(0xff_ff_ff),
    accent_ground: rgb(0xdf_ec_f1),
    thread: rgb(0xb8_86_0b),
    focus: rgb(0xa8_5b_00),
    best: pair(0x1b_4b_94, 0xe2_eb_f8),
    good: pair(0x0b_62_49, 0xdd_f0_e8),
    mixed: pair(0x7d_51_00, 0xfa_ee_d0),
    poor: pair(0x93_1a_2e, 0xfa_e1_e4),
    neutral: pair(0x47_4d_54, 0xe9_e8_e3),
};

/// Dark.
pub const DARK: Palette = Palette {
    page: rgb(0x15_18_1b),
    card: rgb(0x1f_24_28),
    side: rgb(0x1a_1e_22),
    line: rgb(0x38_3f_45),
    edge: rgb(0x7f_88_90),
    text: rgb(0xe9_ea_e8),
    soft_text: rgb(0xa9_b1_b7),
    accent: rgb(0x8c_c6_dd),
    on_accent: rgb(0x0e_20_28),
    accent_ground: rgb(0x22_3c_48),
    thread: rgb(0xe0_ae_3a),
    focus: rgb(0xff_c9_4d),
    best: pair(0xa8_c8_f8, 0x1f_30_4d),
    good: pair(0x86_d6_b5, 0x17_38_2c),
    mixed: pair(0xee_c0_6a, 0x40_31_12),
    poor: pair(0xf6_a0_ac, 0x48_1e_26),
    neutral: pair(0xc0_c6_ca, 0x2c_32_37),
};

impl Palette {
    /// The palette of the look in force.
    pub fn of(ctx: &Context) -> &'static Self {
        match ctx.theme() {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    /// Text and ground for a tone.
    pub fn tone(&self, tone: Tone) -> Pair {
        match tone {
            Tone::Best => self.best,
            Tone::Good => self.good,
            Tone::Mixed => self.mixed,
            Tone::Poor => self.poor,
            Tone::Neutral => self.neutral,
        }
    }

    /// The name of the program, in the thread's colour where that can be read.
    pub fn thread_text(&self) -> Color32 {
        self.tone(Tone::Mixed).ink
    }

    /// The tone of a share: the darker half of a heat table must not be read as a grade, so there
    /// are only three steps and the count always stands in the cell.
    pub fn share(&self, favourable: usize, scored: usize) -> Pair {
        self.tone(step_tone(Step::of_enough(favourable, scored)))
    }
}

/// The tone of a step; neutral where there are too few answers for one.
pub fn step_tone(step: Option<Step>) -> Tone {
    match step {
        Some(Step::Most) => Tone::Good,
        Some(Step::Half) => Tone::Mixed,
        Some(Step::Less) => Tone::Poor,
        None => Tone::Neutral,
    }
}

/// Distances in points.
pub mod space {
    /// Between a label and what it labels.
    pub const TIGHT: f32 = 4.0;
    /// Between things that belong together.
    pub const NEAR: f32 = 8.0;
    /// Between things that do not.
    pub const APART: f32 = 16.0;
    /// Between parts of a page.
    pub const PART: f32 = 28.0;
    /// Smallest height of a button.
    pub const BUTTON: f32 = 34.0;
}

/// Sizes of text.
pub mod size {
    /// The title of a page.
    pub const TITLE: f32 = 25.0;
    /// A heading.
    pub const HEADING: f32 = 18.5;
    /// A question.
    pub const QUESTION: f32 = 16.5;
    /// Text.
    pub const BODY: f32 = 15.0;
    /// Hints and captions.
    pub const SMALL: f32 = 13.0;
}

/// Installs both looks.
pub fn install(ctx: &Context) {
    ctx.set_style_of(Theme::Light, style(&LIGHT, Visuals::light()));
    ctx.set_style_of(Theme::Dark, style(&DARK, Visuals::dark()));
}

fn style(palette: &Palette, visuals: Visuals) -> Style {
    let mut style = Style::default();
    let font = |size, family: FontFamily| FontId::new(size, family);
    style.text_styles = [
        (TextStyle::Heading, font(size::HEADING, strong())),
        (TextStyle::Body, font(size::BODY, FontFamily::Proportional)),
        (
            TextStyle::Button,
            font(size::BODY, FontFamily::Proportional),
        ),
        (
            TextStyle::Small,
            font(size::SMALL, FontFamily::Proportional),
        ),
        (
            TextStyle::Monospace,
            font(size::BODY, FontFamily::Monospace),
        ),
    ]
    .into();
    style.spacing.item_spacing = Vec2::new(space::NEAR, space::NEAR);
    style.spacing.button_padding = Vec2::new(12.0, 6.0);
    style.spacing.interact_size = Vec2::new(40.0, 30.0);
    style.spacing.icon_width = 18.0;
    style.spacing.menu_margin = Margin::same(8);
    style.spacing.scroll = ScrollStyle {
        bar_width: 9.0,
        floating_width: 7.0,
        floating_allocated_width: 11.0,
        dormant_handle_opacity: 0.28,
        active_handle_opacity: 0.45,
        interact_handle_opacity: 0.7,
        ..ScrollStyle::floating()
    };
    style.animation_time = MOVES;
    style.visuals = colours(palette, visuals);
    style
}

fn colours(palette: &Palette, mut visuals: Visuals) -> Visuals {
    visuals.override_text_color = Some(palette.text);
    visuals.weak_text_color = Some(palette.soft_text);
    visuals.hyperlink_color = palette.accent;
    visuals.panel_fill = palette.page;
    visuals.window_fill = palette.card;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.extreme_bg_color = palette.card;
    visuals.text_edit_bg_color = Some(palette.card);
    visuals.faint_bg_color = palette.side;
    visuals.code_bg_color = palette.side;
    visuals.error_fg_color = palette.poor.ink;
    visuals.warn_fg_color = palette.mixed.ink;
    visuals.selection = Selection {
        bg_fill: palette.accent_ground,
        stroke: Stroke::new(2.0, palette.focus),
    };
    let widget = |ground, edge, text, width| WidgetVisuals {
        bg_fill: ground,
        weak_bg_fill: ground,
        bg_stroke: Stroke::new(width, edge),
        corner_radius: CornerRadius::same(6),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let widgets = &mut visuals.widgets;
    widgets.noninteractive = widget(palette.card, palette.line, palette.text, 1.0);
    widgets.inactive = widget(palette.card, palette.edge, palette.text, 1.0);
    widgets.hovered = widget(palette.accent_ground, palette.accent, palette.text, 1.0);
    widgets.active = widget(palette.accent_ground, palette.focus, palette.text, 2.0);
    widgets.open = widget(palette.accent_ground, palette.accent, palette.text, 1.0);
    visuals
}

/// How long a thing takes to open, in seconds.
const MOVES: f32 = 0.08;

/// Lets things move on their way, or lets them be there at once.
pub fn move_things(ctx: &Context, move_them: bool) {
    let usual = Style::default().scroll_animation;
    ctx.all_styles_mut(|style| {
        style.animation_time = if move_them { MOVES } else { 0.0 };
        style.scroll_animation = if move_them {
            usual
        } else {
            egui::style::ScrollAnimation::none()
        };
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(colour: Color32) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn black_on_white_is_21_to_1() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
    }

    #[test]
    fn every_text_is_readable_on_every_ground_it_is_drawn_on() {
        for (look, palette) in [("light", LIGHT), ("dark", DARK)] {
            let grounds = [palette.page, palette.card, palette.side];
            let mut pairs = Vec::new();
            for ground in grounds {
                pairs.extend([
                    (palette.text, ground),
                    (palette.soft_text, ground),
                    (palette.accent, ground),
                ]);
            }
            pairs.push((palette.on_accent, palette.accent));
            pairs.extend(
                [palette.text, palette.accent, palette.soft_text]
                    .map(|text| (text, palette.accent_ground)),
            );
            for tone in [
                Tone::Best,
                Tone::Good,
                Tone::Mixed,
                Tone::Poor,
                Tone::Neutral,
            ] {
                let pair = palette.tone(tone);
                pairs.extend([(pair.ink, pair.ground), (palette.text, pair.ground)]);
                pairs.extend(grounds.map(|ground| (pair.ink, ground)));
            }
            for (text, ground) in pairs {
                let ratio = contrast(text, ground);
                assert!(ratio >= 4.5, "{look}: {text:?} on {ground:?} is {ratio:.2}");
            }
            for ground in grounds {
                for mark in [palette.edge, palette.focus] {
                    let ratio = contrast(mark, ground);
                    assert!(
                        ratio >= 3.0,
                        "{look}: edge {mark:?} on {ground:?} is {ratio:.2}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_share_of_few_is_neither_green_nor_red() {
        for (favourable, scored, tone) in [
            (0, 0, Tone::Neutral),
            (6, 7, Tone::Neutral),
            (1, 6, Tone::Neutral),
            (7, 8, Tone::Good),
            (5, 9, Tone::Mixed),
            (1, 8, Tone::Poor),
        ] {
            let (found, expected) = (LIGHT.share(favourable, scored), LIGHT.tone(tone));
            assert_eq!(found.ground, expected.ground, "{favourable} of {scored}");
        }
    }
}
