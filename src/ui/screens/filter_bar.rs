//! What is counted: whose view, and which part. Stands above the page, so that it is in sight
//! however far one scrolls.

use egui::{ComboBox, Frame, Margin, Panel, Ui};

use crate::analysis::{AuditFacts, Basis, Filter, FilterField};
use crate::session::Session;
use crate::ui::icons;
use crate::ui::theme::Palette;
use crate::ui::widgets::{self, caption, quiet, secondary};

/// Whose view is counted, of which part.
#[derive(Default)]
pub struct FilterBar {
    /// Whose view.
    pub basis: Basis,
    /// Which part.
    pub filter: Filter,
    /// The field that is about to be filtered by.
    adding: Option<FilterField>,
}

impl FilterBar {
    /// Draws the bar over what these audits have, to be filtered by `fields`.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        audits: &[AuditFacts],
        fields: &[FilterField],
    ) {
        let frame = Frame::new()
            .fill(Palette::of(ui.ctx()).card)
            .inner_margin(Margin::symmetric(26, 7));
        Panel::top("filter").frame(frame).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                basis_choice(ui, &mut self.basis);
                ui.separator();
                self.chips(ui, session, audits);
                self.add(ui, session, audits, fields);
            });
        });
    }

    fn chips(&mut self, ui: &mut Ui, session: &Session, audits: &[AuditFacts]) {
        let chosen = self
            .filter
            .words(audits, session.register(), session.catalogue());
        if chosen.is_empty() {
            caption(ui, "Shown: everything, from submitted forms");
            return;
        }
        caption(ui, "Shown: only");
        for (field, words) in &chosen {
            let face = format!("{}: {words}  {}", field.label(), icons::REMOVE);
            let palette = Palette::of(ui.ctx());
            let chip = egui::Button::new(egui::RichText::new(face).color(palette.accent))
                .fill(palette.accent_ground);
            let response = ui.add(chip);
            widgets::keep_in_view(&response);
            let name = format!("Take away the filter {}: {words}", field.label());
            if response
                .on_hover_text(&name)
                .accessible_name(name)
                .clicked()
            {
                field.choose(&mut self.filter, None);
            }
        }
        if quiet(ui, "", "Show everything").clicked() {
            self.filter = Filter::default();
        }
    }

    fn add(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        audits: &[AuditFacts],
        fields: &[FilterField],
    ) {
        let shown = self.adding.map_or("Filter by…", FilterField::label);
        let combo = ComboBox::from_id_salt("filter by")
            .selected_text(shown)
            .width(110.0);
        let response = combo.show_ui(ui, |ui| {
            for field in fields {
                ui.selectable_value(&mut self.adding, Some(*field), field.label());
            }
        });
        widgets::keep_in_view(&response.response);
        response.response.accessible_name("Filter by");
        let Some(field) = self.adding else {
            return;
        };
        let choices = field.choices(audits, session.register(), session.catalogue());
        let combo = ComboBox::from_id_salt("filter to")
            .selected_text("Choose…")
            .width(150.0)
            .truncate();
        let response = combo.show_ui(ui, |ui| {
            if choices.is_empty() {
                caption(ui, "Not recorded for any case");
            }
            for (id, words) in choices {
                if ui.selectable_label(false, words).clicked() {
                    field.choose(&mut self.filter, Some(id));
                    self.adding = None;
                }
            }
        });
        widgets::keep_in_view(&response.response);
        response
            .response
            .accessible_name(format!("Which {}", field.label().to_lowercase()));
        if self.adding.is_some() && secondary(ui, "", "Cancel").clicked() {
            self.adding = None;
        }
    }
}

/// The two views, side by side.
pub fn basis_choice(ui: &mut Ui, basis: &mut Basis) {
    for own in [Basis::Agency, Basis::Panel] {
        widgets::keep_in_view(&ui.radio_value(basis, own, own.label()));
    }
}
