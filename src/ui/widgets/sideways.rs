//! What may be wider than the page: it scrolls sideways, or takes lines of its own.

use egui::{AsIdSalt, Rangef, ScrollArea, Ui};

/// Draws something wide; `id` tells it from others on the page.
///
/// An area that scrolls one way only, or none, as a table does, takes the wish of what is in it to
/// be seen and forgets the other direction (egui 0.37). So the wish is said anew after each.
pub fn sideways<R>(ui: &mut Ui, id: impl AsIdSalt, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = ScrollArea::horizontal().id_salt(id).show(ui, |ui| {
        let inner = contents(ui);
        follow_focus(ui, ui.min_rect().y_range());
        inner
    });
    let top = shown.inner_rect.top();
    follow_focus(ui, Rangef::new(top, top + shown.content_size.y));
    shown.inner
}

/// Brings what just got the keyboard into view, if it stands within these heights.
fn follow_focus(ui: &Ui, within: Rangef) {
    let focused = ui.memory(|memory| memory.focused());
    let focused = focused.and_then(|id| ui.ctx().read_response(id));
    let here = focused.filter(|own| own.gained_focus() && within.contains(own.rect.center().y));
    if let Some(response) = here {
        ui.scroll_to_rect(response.rect, None);
    }
}

/// Controls at the right end of a wrapped line, from the right, where there is `room` for them (in
/// points); else at the right end of the next one, in the same order.
pub fn at_the_end(ui: &mut Ui, room: f32, contents: impl FnOnce(&mut Ui)) {
    if ui.available_size_before_wrap().x < room {
        ui.end_row();
    }
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), contents);
}

/// A cell of a column of numbers: they stand at its right, the units under one another.
pub fn at_the_right<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let from_the_right = egui::Layout::right_to_left(egui::Align::Center);
    ui.with_layout(from_the_right, contents).inner
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::keep_in_view;

    /// A wide table at the end of a long page.
    fn page(ui: &mut Ui) {
        ScrollArea::vertical().show(ui, |ui| {
            ui.add_space(900.0);
            sideways(ui, "wide", |ui| {
                // A table is an area that scrolls in no direction.
                ScrollArea::neither().show(ui, |ui| {
                    for row in 0..20 {
                        ui.horizontal(|ui| {
                            for column in 0..20 {
                                keep_in_view(&ui.button(format!("cell {row}-{column}")));
                            }
                        });
                    }
                });
            });
        });
    }

    #[test]
    fn what_gets_the_keyboard_in_a_wide_table_comes_into_view() {
        let mut harness = Harness::builder()
            .with_size([400.0, 300.0])
            .with_max_steps(60)
            .build_ui(page);
        for name in ["cell 19-19", "cell 0-0", "cell 10-3"] {
            harness.get_by_label(name).focus();
            harness.run_ok();
            let place = harness.get_by_label(name).rect();
            let window = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(400.0, 300.0));
            assert!(window.contains_rect(place), "{name} at {place:?}");
        }
    }
}
