//! The spread of answers as one stacked bar: in each part its shape and count, and the same in words
//! under it. Every part can be chosen.

use egui::{
    Align2, CornerRadius, FontFamily, FontId, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui,
    Vec2, WidgetInfo, pos2,
};

use super::answer_button::tone_icon;
use super::{caption, keep_in_view};
use crate::ui::fonts;
use crate::ui::theme::{Palette, Tone, size};

/// One part of a bar.
pub struct Part {
    /// What it counts, such as "Good".
    pub words: String,
    /// How often.
    pub count: usize,
    /// Its tone.
    pub tone: Tone,
}

const HEIGHT: f32 = 24.0;
/// From this width on there is room for the shape and the count; below `COUNT_ONLY` for neither.
const SHAPE_AND_COUNT: f32 = 40.0;
const COUNT_ONLY: f32 = 15.0;

/// What a bar is part of, so that bars under one another are drawn to one scale.
#[derive(Clone, Copy)]
pub struct Whole {
    /// How many there could be: the full width.
    pub count: usize,
    /// What each of those that are not there is, such as "case without a grade"; one, several.
    pub rest: (&'static str, &'static str),
}

/// Draws a bar `width` wide, with its words under it; with a whole, as long as its share of that.
/// `place` is what an assistive program says before each part: row and column. Returns which part
/// was chosen.
pub fn spread_bar(
    ui: &mut Ui,
    place: &str,
    width: f32,
    parts: &[Part],
    whole: Option<Whole>,
) -> Option<usize> {
    let total: usize = parts.iter().map(|part| part.count).sum();
    let scale = whole.map_or(total, |whole| whole.count.max(total));
    let mut chosen = None;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.set_width(width);
        if total == 0 {
            let response = caption(ui, "No answer that counts");
            response.accessible_name(format!("{place}: no answer that counts"));
            return;
        }
        let (rect, _) = ui.allocate_exact_size(Vec2::new(width, HEIGHT), Sense::hover());
        if scale > total {
            outline(ui, rect);
        }
        let mut left = rect.min.x;
        for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.count > 0) {
            let wide = rect.width() * part.count as f32 / scale as f32;
            let own = Rect::from_min_size(pos2(left, rect.min.y), Vec2::new(wide, HEIGHT));
            left += wide;
            if draw(ui, place, own, part, at) {
                chosen = Some(at);
            }
        }
        caption(ui, &in_words(parts, whole));
    });
    chosen
}

/// The full width of which a bar fills a part.
fn outline(ui: &Ui, rect: Rect) {
    let palette = Palette::of(ui.ctx());
    let edge = Stroke::new(1.0, palette.line);
    let inner = rect.shrink2(Vec2::new(0.5, 0.0));
    let painter = ui.painter();
    painter.rect(
        inner,
        CornerRadius::same(3),
        palette.page,
        edge,
        StrokeKind::Inside,
    );
}

/// "Good 2 · Requires improvement 2 · 4 cases without a grade"
fn in_words(parts: &[Part], whole: Option<Whole>) -> String {
    let total: usize = parts.iter().map(|part| part.count).sum();
    let given = parts.iter().filter(|part| part.count > 0);
    let given = given.map(|part| format!("{} {}", part.words, part.count));
    let rest = whole.and_then(|whole| match whole.count.saturating_sub(total) {
        0 => None,
        1 => Some(format!("1 {}", whole.rest.0)),
        rest => Some(format!("{rest} {}", whole.rest.1)),
    });
    given.chain(rest).collect::<Vec<_>>().join(" · ")
}

fn draw(ui: &Ui, place: &str, rect: Rect, part: &Part, at: usize) -> bool {
    let id = ui.scope_id().with((place, at));
    let response = ui.interact(rect, id, Sense::click());
    let name = format!("{place}: {} {}", part.words, part.count);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    keep_in_view(&response);
    let palette = Palette::of(ui.ctx());
    let pair = palette.tone(part.tone);
    let edge = if response.has_focus() {
        Stroke::new(2.5, palette.focus)
    } else if response.hovered() {
        Stroke::new(2.0, pair.ink)
    } else {
        Stroke::new(1.0, pair.ink)
    };
    let inner = rect.shrink2(Vec2::new(0.5, 0.0));
    let corners = CornerRadius::same(3);
    ui.painter()
        .rect(inner, corners, pair.ground, edge, StrokeKind::Inside);
    let count = part.count.to_string();
    let strong = FontId::new(size::SMALL, fonts::strong());
    let middle: Pos2 = inner.center();
    if rect.width() >= SHAPE_AND_COUNT {
        let shape = FontId::new(size::SMALL, FontFamily::Proportional);
        let at = pos2(middle.x - 10.0, middle.y);
        let icon = tone_icon(part.tone);
        ui.painter()
            .text(at, Align2::CENTER_CENTER, icon, shape, pair.ink);
        let at = pos2(middle.x + 8.0, middle.y);
        ui.painter()
            .text(at, Align2::CENTER_CENTER, count, strong, pair.ink);
    } else if rect.width() >= COUNT_ONLY {
        ui.painter()
            .text(middle, Align2::CENTER_CENTER, count, strong, pair.ink);
    }
    response.on_hover_text(name).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_under_a_bar_say_what_is_in_it() {
        let part = |words: &str, count| Part {
            words: words.into(),
            count,
            tone: Tone::Good,
        };
        let parts = [part("Good", 5), part("Adequate", 0), part("Inadequate", 1)];
        assert_eq!(in_words(&parts, None), "Good 5 · Inadequate 1");
        assert_eq!(in_words(&[], None), "");
        let of = |count| {
            let rest = ("case without a grade", "cases without a grade");
            in_words(&parts, Some(Whole { count, rest }))
        };
        assert_eq!(of(6), "Good 5 · Inadequate 1");
        assert_eq!(of(7), "Good 5 · Inadequate 1 · 1 case without a grade");
        assert_eq!(of(9), "Good 5 · Inadequate 1 · 3 cases without a grade");
    }
}
