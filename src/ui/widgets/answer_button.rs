//! The large buttons of the form: shape, word, and the key that picks it.

use egui::{
    Align2, Color32, CornerRadius, FontFamily, FontId, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, pos2,
};

use super::keep_in_view;
use crate::domain::tool::{Choice, Question};
use crate::ui::theme::{Palette, Tone, size};
use crate::ui::{fonts, icons};

/// The tone of a grade or of yes, partly, no, by its id.
pub fn value_tone(id: &str) -> Tone {
    match id {
        "outstanding" => Tone::Best,
        "good" | "yes" => Tone::Good,
        "requires_improvement" | "adequate" | "partly" | "unsure" => Tone::Mixed,
        "inadequate" | "no" => Tone::Poor,
        _ => Tone::Neutral,
    }
}

/// The shape that goes with a tone.
pub fn tone_icon(tone: Tone) -> &'static str {
    match tone {
        Tone::Best => icons::STAR,
        Tone::Good => icons::DONE,
        Tone::Mixed => icons::ATTENTION,
        Tone::Poor => icons::SERIOUS,
        Tone::Neutral => icons::CHOICE,
    }
}

/// The tone of an option of a question: grades and yes, partly, no have their own; other choices
/// that count are good or mixed by whether they speak well of practice.
pub fn option_tone(question: &Question, option: &Choice) -> Tone {
    match (value_tone(&option.id), question.is_scored()) {
        (Tone::Neutral, true) if option.favourable => Tone::Good,
        (Tone::Neutral, true) => Tone::Mixed,
        (tone, _) => tone,
    }
}

/// The shape on an option's button: a tick where several can be picked or where the tone says
/// nothing, otherwise the tone's.
pub fn option_icon(tone: Tone, many: bool, picked: bool) -> &'static str {
    match (many || tone == Tone::Neutral, picked) {
        (true, true) => icons::DONE,
        (true, false) => icons::CHOICE,
        (false, _) => tone_icon(tone),
    }
}

/// One answer to pick.
pub struct AnswerButton<'a> {
    /// The words on it.
    pub words: &'a str,
    /// What an assistive program says: the question too.
    pub spoken: String,
    /// The key that picks it; empty when it has none.
    pub key: &'a str,
    /// Whether it is picked.
    pub picked: bool,
    /// Whether several can be picked.
    pub many: bool,
    /// Tone when picked.
    pub tone: Tone,
    /// Shape.
    pub icon: &'a str,
}

const ICON_SIZE: f32 = 17.0;

impl AnswerButton<'_> {
    /// Draws it; the response is clicked when it was picked by pointer or keyboard.
    pub fn show(self, ui: &mut Ui) -> Response {
        let palette = Palette::of(ui.ctx());
        let pair = palette.tone(self.tone);
        let key_width = if self.key.is_empty() { 0.0 } else { 24.0 };
        let most = (ui.available_width() - 44.0 - key_width).max(60.0);
        let ink = if self.picked { pair.ink } else { palette.text };
        let laid = |family| {
            let font = FontId::new(size::BODY, family);
            ui.painter().layout(self.words.to_owned(), font, ink, most)
        };
        let (plain, heavy) = (laid(FontFamily::Proportional), laid(fonts::strong()));
        // Room for the heavier weight, so that nothing moves when it is picked.
        let room = plain.size().max(heavy.size());
        let wanted = room + Vec2::new(44.0 + key_width, 20.0);
        let galley = if self.picked { heavy } else { plain };
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
        let kind = if self.many {
            Role::CheckBox
        } else {
            Role::RadioButton
        };
        response
            .widget_info(|| WidgetInfo::selected(kind, ui.is_enabled(), self.picked, &self.spoken));
        keep_in_view(&response);
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect, &response);
            let at = pos2(rect.min.x + 33.0, rect.center().y - galley.size().y / 2.0);
            ui.painter().galley(at, galley, ink);
        }
        response
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response) {
        let palette = Palette::of(ui.ctx());
        let pair = palette.tone(self.tone);
        let (ground, edge): (Color32, Stroke) = if self.picked {
            (pair.ground, Stroke::new(2.0, pair.ink))
        } else if response.hovered() && ui.is_enabled() {
            (palette.accent_ground, Stroke::new(1.0, palette.accent))
        } else {
            (palette.card, Stroke::new(1.0, palette.edge))
        };
        let corners = CornerRadius::same(8);
        let painter = ui.painter();
        painter.rect(rect, corners, ground, edge, StrokeKind::Inside);
        if response.has_focus() {
            painter.rect_stroke(
                rect.expand(3.0),
                CornerRadius::same(10),
                Stroke::new(2.5, palette.focus),
                StrokeKind::Inside,
            );
        }
        let ink = if self.picked {
            pair.ink
        } else {
            palette.soft_text
        };
        let icon_font = FontId::new(ICON_SIZE, FontFamily::Proportional);
        let middle = rect.center().y;
        painter.text(
            pos2(rect.min.x + 18.0, middle),
            Align2::CENTER_CENTER,
            self.icon,
            icon_font,
            ink,
        );
        if !self.key.is_empty() {
            let cap = Rect::from_center_size(pos2(rect.max.x - 17.0, middle), Vec2::splat(19.0));
            painter.rect_stroke(
                cap,
                CornerRadius::same(4),
                Stroke::new(1.0, palette.line),
                StrokeKind::Inside,
            );
            let font = FontId::new(12.0, FontFamily::Proportional);
            painter.text(
                cap.center(),
                Align2::CENTER_CENTER,
                self.key,
                font,
                palette.soft_text,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_picked_is_never_an_empty_circle() {
        for (tone, many, picked, expected) in [
            (Tone::Neutral, false, true, icons::DONE),
            (Tone::Neutral, false, false, icons::CHOICE),
            (Tone::Neutral, true, true, icons::DONE),
            (Tone::Poor, false, true, icons::SERIOUS),
            (Tone::Poor, true, false, icons::CHOICE),
        ] {
            assert_eq!(option_icon(tone, many, picked), expected, "{tone:?}");
        }
    }
}
