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
        let small = scored == 0 || inner.width() < 80.0;
        let points = if small { size::SMALL } else { size::BODY };
        let font = FontId::new(points, fonts::strong());
        let signed = self
            .change
            .as_ref()
            .is_some_and(|(icon, ..)| !icon.is_empty());
        // In a narrow cell the count makes room for the sign.
        let aside = match signed && inner.width() < 120.0 {
            true => 8.0,
            false => 0.0,
        };
        let step = Step::of_enough(favourable, scored);
        let beside = step.map_or(0.0, |_| STEP_RADIUS + MARK_GAP / 2.0);
        let at = pos2(inner.center().x - aside + beside, inner.center().y - 4.0);
        let painter = ui.painter();
        let count = painter.text(at, Align2::CENTER_CENTER, words, font, pair.ink);
        if let Some(step) = step {
            let left = count.min.x - MARK_GAP - STEP_RADIUS;
            step_mark(painter, pos2(left, at.y), step, pair.ink);
        }
        if let Some((icon, tone, _)) = self.change {
            let font = FontId::new(size::SMALL, FontFamily::Proportional);
            let at = pos2(inner.max.x - 14.0 + aside / 2.0, inner.center().y - 4.0);
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
