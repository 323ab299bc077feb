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

/// A scrolling page whose column is at most `width` wide and stands in the middle of the space.
pub fn page<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let scroll = egui::ScrollArea::vertical().auto_shrink([false, false]);
    let shown = scroll.show(ui, |ui| {
        let beside = ((ui.available_width() - width) / 2.0).max(28.0);
        let margin = egui::Margin::symmetric(beside.min(f32::from(i8::MAX)) as i8, 22);
        let page = egui::Frame::new().inner_margin(margin);
        page.show(ui, |ui| {
            ui.set_max_width(width.min(ui.available_width()));
            contents(ui)
        })
        .inner
    });
    shown.inner
}

/// Columns of equal width, top aligned, each drawn by `column` with its number.
pub fn columns(ui: &mut Ui, count: usize, mut column: impl FnMut(&mut Ui, usize)) {
    let gap = ui.spacing().item_spacing.x * 1.5;
    let width = (ui.available_width() - gap * (count - 1) as f32) / count as f32;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for at in 0..count {
            ui.allocate_ui(egui::vec2(width, 0.0), |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.x = crate::ui::theme::space::NEAR;
                ui.vertical(|ui| column(ui, at));
            });
        }
    });
}
