//! Parts that screens are made of. They draw and report; they know nothing of a document beyond
//! the domain's words.

mod answer_button;
mod badge;
mod button;
mod card;
mod date_field;
mod draft;
mod drop_down;
mod errors;
mod form_cell;
mod found_line;
mod heat_cell;
mod identifying;
mod meter;
mod passphrase;
mod sideways;
mod spread_bar;
mod step_mark;
mod text;
mod toast;
mod typed_line;
mod verdict;
mod ways;

pub use answer_button::{AnswerButton, option_icon, option_tone, tone_icon, value_tone};
pub use badge::{badge, badge_width, status_badge};
pub use button::{
    back_button, dangerous, link, nav_item, number_link, primary, quiet, secondary, small_number,
};
pub use card::{card, marked_card, notice};
pub use date_field::DateField;
pub use draft::{Drafts, Field};
pub use drop_down::drop_down;
pub use errors::{ErrorLine, Told, Wrong, error_summary, wrong_here};
pub use form_cell::{FormCell, status_word};
pub use found_line::found_line;
pub use heat_cell::HeatCell;
pub use identifying::{identifying, install as tell_identifiers, warnings};
pub use meter::{meter, share_bar};
pub use passphrase::{
    TypedSecret, forget_all_typed, forget_typed, new_passphrase, passphrase_again,
};
pub use sideways::{at_the_end, at_the_right, sideways};
pub use spread_bar::{Part, Whole, spread_bar};
pub use step_mark::{RADIUS as STEP_RADIUS, step_key, step_mark};
pub use text::{caption, heading, hint, icon, label, led_in, paragraph, strong, title};
pub use toast::Toasts;
pub use typed_line::{TypedLine, ticked};
pub use verdict::{verdict, verdict_sign};
pub use ways::{Way, Weight, ways, width as width_of_ways};

use egui::{Response, Ui};

/// Brings what just got the keyboard into view; Tab alone leaves it off-screen.
pub fn keep_in_view(response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// A scrolling page whose column is at most `width` wide and stands in the middle of the space.
pub fn page<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let scroll = egui::ScrollArea::vertical().auto_shrink([false, false]);
    let shown = scroll.show(ui, |ui| {
        let width = width.min(ui.available_width() - 2.0 * MARGIN);
        let beside = (ui.available_width() - width) / 2.0;
        let spacing = ui.spacing().item_spacing;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(beside);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing = spacing;
                ui.add_space(MARGIN - spacing.y);
                contents(ui)
            })
            .inner
        })
        .inner
    });
    shown.inner
}

/// Least distance of a page from the edges, in points.
const MARGIN: f32 = 26.0;

/// Columns side by side, top aligned, as wide as their `shares` say; each is drawn by `column`
/// with its number.
pub fn columns(ui: &mut Ui, shares: &[f32], mut column: impl FnMut(&mut Ui, usize)) {
    let gap = ui.spacing().item_spacing.x * 1.5;
    let space = ui.available_width() - gap * (shares.len() - 1) as f32;
    let whole: f32 = shares.iter().sum();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (at, share) in shares.iter().enumerate() {
            let width = (space * share / whole).floor();
            ui.allocate_ui(egui::vec2(width, 0.0), |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.x = crate::ui::theme::space::NEAR;
                ui.vertical(|ui| column(ui, at));
            });
        }
    });
}
