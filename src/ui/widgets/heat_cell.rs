//! One cell of the heat table: the count in words, a mark, a bar, a tint. The name that an assistive
//! program reads carries row and column.

use egui::{
    Align2, CornerRadius, FontFamily, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    Vec2, WidgetInfo, pos2,
};

use super::{STEP_RADIUS, keep_in_view, share_bar, step_mark};
use crate::analysis::steps::Step;
use crate::domain::score::count_words;
use crate::ui::fonts;
use crate::ui::theme::{Palette, Tone, size};

/// A count with its place in the table.
pub struct HeatCell<'a> {
    /// Row and column in words.
    pub place: &'a str,
    /// Favourable and scored; nothing where the audit did not ask.
    pub count: Option<(usize, usize)>,
    /// Whether its answers are shown beside the table.
    pub chosen: bool,
    /// How it stands to the audit before: shape, tone and words.
    pub change: Option<(&'a str, Tone, String)>,
}

/// Between the mark and the count, in points.
const MARK_GAP: f32 = 6.0;
/// What the sign of a change takes.
const SIGN: f32 = 14.0;

impl HeatCell<'_> {
    /// Draws it as large as `wanted`.
    pub fn show(self, ui: &mut Ui, wanted: Vec2) -> Response {
        let palette = Palette::of(ui.ctx());
        let sense = if self.count.is_some() {
            Sense::click()
        } else {
            Sense::hover()
        };
        let (rect, response) = ui.allocate_exact_size(wanted, sense);
        let words = match self.count {
            Some((favourable, scored)) => count_words(favourable, scored),
            None => "not asked".to_owned(),
        };
        let mut name = format!("{}: {words}", self.place);
        if let Some((.., change)) = &self.change {
            name = format!("{name}; {change}");
        }
        let kind = if self.count.is_some() {
            Role::Button
        } else {
            Role::Label
        };
        response.widget_info(|| WidgetInfo::labeled(kind, true, &name));
        keep_in_view(&response);
        let Some((favourable, scored)) = self.count else {
            let font = FontId::new(size::SMALL, FontFamily::Proportional);
            ui.painter().text(
                rect.center(),
                Align2::CENTER_CENTER,
                words,
                font,
                palette.soft_text,
            );
            return response;
        };
        let pair = palette.share(favourable, scored);
        let inner = rect.shrink(2.0);
        let edge = if response.has_focus() {
            Stroke::new(2.5, palette.focus)
        } else if self.chosen {
            Stroke::new(2.5, palette.thread)
        } else if response.hovered() {
            Stroke::new(1.5, pair.ink)
        } else {
            Stroke::NONE
        };
        ui.painter().rect(
            inner,
            CornerRadius::same(7),
            pair.ground,
            edge,
            StrokeKind::Inside,
        );
        let signed = self
            .change
            .as_ref()
            .is_some_and(|(icon, ..)| !icon.is_empty());
        let step = Step::of_enough(favourable, scored);
        let mark = step.map_or(0.0, |_| 2.0 * STEP_RADIUS + MARK_GAP);
        let painter = ui.painter();
        let set = |points| {
            let font = FontId::new(points, fonts::strong());
            painter.layout_no_wrap(words.clone(), font, pair.ink)
        };
        let room = inner.width() - 12.0 - if signed { SIGN } else { 0.0 };
        let mut count = set(if scored == 0 { size::SMALL } else { size::BODY });
        if mark + count.size().x > room {
            count = set(size::SMALL);
        }
        // The count comes first; tint and bar say the same as the mark.
        let step = step.filter(|_| mark + count.size().x <= room);
        let mark = step.map_or(0.0, |_| mark);
        let wide = mark + count.size().x;
        // In a narrow cell the count makes room for the sign.
        let aside = match signed && wide / 2.0 + SIGN > inner.width() / 2.0 - 6.0 {
            true => SIGN / 2.0,
            false => 0.0,
        };
        let middle = inner.center().y - 4.0;
        let left = inner.center().x - aside - wide / 2.0;
        if let Some(step) = step {
            step_mark(painter, pos2(left + STEP_RADIUS, middle), step, pair.ink);
        }
        let top = middle - count.size().y / 2.0;
        painter.galley(pos2(left + mark, top), count, pair.ink);
        if let Some((icon, tone, _)) = self.change {
            let font = FontId::new(size::SMALL, FontFamily::Proportional);
            let at = pos2(inner.max.x - SIGN, middle);
            let ink = palette.tone(tone).ink;
            ui.painter()
                .text(at, Align2::CENTER_CENTER, icon, font, ink);
        }
        let bar = Rect::from_min_max(
            pos2(inner.min.x + 12.0, inner.max.y - 10.0),
            pos2(inner.max.x - 12.0, inner.max.y - 6.0),
        );
        share_bar(ui, bar, pair, favourable, scored);
        response
    }
}
