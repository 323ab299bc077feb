//! The mark of a step, as in the pictures of papers, so that a tint is never alone; and the key to
//! the marks, which stands where they are seen.

use egui::{
    Color32, CornerRadius, Painter, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, vec2,
};

use super::caption;
use crate::analysis::steps::{FEWEST_ANSWERS, Step};
use crate::ui::theme::{Palette, space, step_tone};

/// From the middle of a mark to its edge, in points.
pub const RADIUS: f32 = 4.0;

/// Draws a full, half-full or empty circle.
pub fn step_mark(painter: &Painter, middle: Pos2, step: Step, ink: Color32) {
    match step {
        Step::Most => drop(painter.circle_filled(middle, RADIUS, ink)),
        Step::Half => {
            let quarter = std::f32::consts::FRAC_PI_2;
            let left = (0..=12).map(|at| {
                let angle = quarter + quarter * at as f32 / 6.0;
                middle + RADIUS * vec2(angle.cos(), angle.sin())
            });
            painter.add(Shape::convex_polygon(left.collect(), ink, Stroke::NONE));
        }
        Step::Less => (),
    }
    painter.circle_stroke(middle, RADIUS, Stroke::new(1.3, ink));
}

/// What the marks and tints mean.
pub fn step_key(ui: &mut Ui) {
    let palette = Palette::of(ui.ctx());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 16.0;
        ui.spacing_mut().item_spacing = Vec2::new(space::APART, space::TIGHT);
        for step in Step::ALL {
            let ink = palette.tone(step_tone(Some(step))).ink;
            // A mark and its words stay on one line.
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::TIGHT;
                let room = Vec2::new(2.0 * RADIUS + 2.0, 16.0);
                let (rect, _) = ui.allocate_exact_size(room, Sense::hover());
                step_mark(ui.painter(), rect.center(), step, ink);
                caption(ui, step.words());
            });
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::TIGHT;
            let room = Vec2::new(2.0 * RADIUS + 2.0, 16.0);
            let (rect, _) = ui.allocate_exact_size(room, Sense::hover());
            let grey = palette.tone(step_tone(None));
            let square = Rect::from_center_size(rect.center(), Vec2::splat(2.0 * RADIUS));
            let edge = Stroke::new(1.0, grey.ink);
            let corner = CornerRadius::same(2);
            ui.painter()
                .rect(square, corner, grey.ground, edge, StrokeKind::Inside);
            caption(
                ui,
                &format!("fewer than {FEWEST_ANSWERS} answers, too few to say"),
            );
        });
        caption(ui, "Marks and tints are no grades.");
    });
}
