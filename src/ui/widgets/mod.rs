//! Parts that screens are made of. They draw and report; they know nothing of a document beyond
//! the domain's words.

mod answer_button;
mod badge;
mod button;
mod card;
mod date_field;
mod draft;
mod errors;
mod heat_cell;
mod meter;
mod text;
mod toast;

pub use answer_button::{AnswerButton, tone_icon, value_tone};
pub use badge::{badge, status_badge};
pub use button::{back_button, link, nav_item, primary, quiet, secondary};
pub use card::{card, marked_card, notice};
pub use date_field::DateField;
pub use draft::{Drafts, Field};
pub use errors::{ErrorLine, error_summary};
pub use heat_cell::HeatCell;
pub use meter::{meter, share_bar};
pub use toast::Toasts;
pub use text::{caption, heading, hint, icon, label, paragraph, strong, title};

use egui::{Response, Ui};

/// Brings what just got the keyboard into view; Tab alone leaves it off-screen.
pub fn keep_in_view(response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// A column no wider than text reads well, with the page's margins.
pub fn page<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let scroll = egui::ScrollArea::vertical().auto_shrink([false, false]);
    scroll
        .show(ui, |ui| {
            let margin = egui::Margin::symmetric(28, 22);
            egui::Frame::new()
                .inner_margin(margin)
                .show(ui, |ui| {
                    ui.set_max_width(width.min(ui.available_width()));
                    contents(ui)
                })
                .inner
        })
        .inner
}
