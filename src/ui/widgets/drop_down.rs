//! One of a list, in a box that folds out.

use egui::{ComboBox, Response, Ui};

/// Draws the box. `spoken` is its name, `none` the words where nothing is chosen; `list` holds ids
/// and words.
pub fn drop_down(
    ui: &mut Ui,
    spoken: &str,
    none: &str,
    list: &[(String, String)],
    chosen: &mut Option<String>,
) -> Response {
    let known = chosen.as_ref().map(|id| {
        let mut list = list.iter();
        list.find(|(known, _)| known == id)
            .map_or(id.as_str(), |(_, words)| words)
    });
    let combo = ComboBox::from_id_salt(spoken)
        .selected_text(known.unwrap_or(none))
        .width(150.0)
        .truncate();
    let shown = combo.show_ui(ui, |ui| {
        ui.selectable_value(chosen, None, none);
        for (id, words) in list {
            ui.selectable_value(chosen, Some(id.clone()), words);
        }
    });
    super::keep_in_view(&shown.response);
    shown.response.accessible_name(spoken)
}
