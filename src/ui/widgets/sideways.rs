//! What may be wider than the page: it scrolls sideways, or takes lines of its own.

use egui::{AsIdSalt, ScrollArea, Ui};

/// Draws something wide; `id` tells it from others on the page.
///
/// An area that scrolls sideways only takes the wish of what is in it to be seen, and forgets how
/// far down that stands (egui 0.37). What got the keyboard in it is brought into view here.
pub fn sideways<R>(ui: &mut Ui, id: impl AsIdSalt, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = ScrollArea::horizontal().id_salt(id).show(ui, contents);
    let focused = ui.memory(|memory| memory.focused());
    let focused = focused.and_then(|id| ui.ctx().read_response(id));
    let within = shown.inner_rect.y_range();
    let here = focused.filter(|own| own.gained_focus() && within.contains(own.rect.center().y));
    if let Some(response) = here {
        ui.scroll_to_rect(response.rect, None);
    }
    shown.inner
}

/// Controls at the right end of a wrapped line, from the right, where there is `room` for them (in
/// points); else on lines of their own.
pub fn at_the_end(ui: &mut Ui, room: f32, contents: impl FnOnce(&mut Ui)) {
    if ui.available_size_before_wrap().x >= room {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), contents);
    } else {
        ui.end_row();
        contents(ui);
    }
}
