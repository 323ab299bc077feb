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

/// Draws a bar `width` wide, with its words under it. `place` is what an assistive program says
/// before each part: row and column. Returns which part was chosen.
pub fn spread_bar(ui: &mut Ui, place: &str, width: f32, parts: &[Part]) -> Option<usize> {
    let total: usize = parts.iter().map(|part| part.count).sum();
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
        let mut left = rect.min.x;
        for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.count > 0) {
            let wide = rect.width() * part.count as f32 / total as f32;
            let own = Rect::from_min_size(pos2(left, rect.min.y), Vec2::new(wide, HEIGHT));
            left += wide;
            if draw(ui, place, own, part, at) {
                chosen = Some(at);
            }
        }
        caption(ui, &in_words(parts));
    });
    chosen
}

/// "Good 5 · Requires improvement 2"
pub fn in_words(parts: &[Part]) -> String {
    let given = parts.iter().filter(|part| part.count > 0);
    let given = given.map(|part| format!("{} {}", part.words, part.count));
    given.collect::<Vec<_>>().join(" · ")
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
        assert_eq!(in_words(&parts), "Good 5 · Inadequate 1");
        assert_eq!(in_words(&[]), "");
    }
}
