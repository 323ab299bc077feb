//! The agencies' returns of one audit: whose is where, a file for each to fill in, and merging what
//! comes back.

mod chase;
mod merge;

use std::path::{Path, PathBuf};

use egui::{Grid, Ui};

use crate::domain::audit::Audit;
use crate::domain::dates::written_date;
use crate::domain::form::{AgencyReturn, FormStatus};
use crate::domain::id::RecordId;
use crate::session::{IssueRequest, Issued, MergePreview, MergedReturns, ReturnFormat, Session};
use crate::ui::act::{Act, PickFor};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{
    self, DateField, TypedLine, badge, caption, card, hint, notice, secondary,
};

/// What is typed and chosen on the screen, and what was done last.
#[derive(Default)]
pub struct ReturnsScreen {
    agency: String,
    due: Option<chrono::NaiveDate>,
    due_field: DateField,
    /// Where the return file is to lie.
    pub path: String,
    /// The returns to merge, one path a line.
    files: String,
    preview: Option<MergePreview>,
    done: Option<String>,
}

impl ReturnsScreen {
    /// A return file was made.
    pub fn issued(&mut self, issued: &Issued) {
        let path = issued.path.display();
        self.done = Some(format!(
            "Made {path}: {} cases of {}.",
            issued.cases, issued.audit
        ));
        self.path.clear();
    }

    /// What merging would do.
    pub fn previewed(&mut self, preview: MergePreview) {
        self.preview = Some(preview);
    }

    /// Returns were merged.
    pub fn merged(&mut self, merged: &MergedReturns) {
        let copy = merged.copy.as_ref();
        let copy =
            copy.map(|copy| format!(" The register as it was before is {}.", copy.display()));
        self.done = Some(format!(
            "Merged.{}",
            copy.unwrap_or_else(|| " Nothing was new.".into())
        ));
        self.preview = None;
        self.files.clear();
    }

    /// One more return to merge.
    pub fn add(&mut self, path: &Path) {
        if !self.files.is_empty() && !self.files.ends_with('\n') {
            self.files.push('\n');
        }
        self.files.push_str(&path.display().to_string());
        self.preview = None;
    }

    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, id: RecordId) -> Vec<Act> {
        let mut acts = Vec::new();
        let Some(audit) = session.register().audits.get(&id) else {
            return vec![Act::Back];
        };
        widgets::page(ui, 900.0, |ui| {
            if widgets::back_button(ui, &audit.title).clicked() {
                acts.push(Act::Go(Route::Audit(id)));
            }
            widgets::title(ui, "Returns");
            hint(
                ui,
                "Each agency gets a file with its own forms only, fills it in offline and sends it back; merging brings it in.",
            );
            ui.add_space(space::NEAR);
            if let Some(done) = &self.done {
                notice(ui, Tone::Good, icons::DONE, |ui| {
                    widgets::paragraph(ui, done);
                });
                ui.add_space(space::NEAR);
            }
            card(ui, |ui| whereabouts(ui, session, id, audit));
            ui.add_space(space::NEAR);
            card(ui, |ui| chase::list(ui, session, id, audit));
            ui.add_space(space::NEAR);
            if !session.file().read_only {
                card(ui, |ui| self.make(ui, session, id, audit, &mut acts));
                ui.add_space(space::NEAR);
                card(ui, |ui| self.merge(ui, session, &mut acts));
            }
            ui.add_space(space::PART);
        });
        acts
    }

    fn make(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        id: RecordId,
        audit: &Audit,
        acts: &mut Vec<Act>,
    ) {
        let register = session.register();
        widgets::heading(ui, "Make a return file");
        if !audit.agencies.contains(&self.agency) {
            self.agency = audit.agencies.first().cloned().unwrap_or_default();
        }
        ui.horizontal_wrapped(|ui| {
            for code in &audit.agencies {
                let name = register.agency_short(code);
                widgets::keep_in_view(&ui.radio_value(&mut self.agency, code.clone(), name));
            }
        });
        if let Some(due) = self
            .due_field
            .show(ui, "Due back by", "", self.due.or(audit.scope.due))
        {
            self.due = due;
        }
        TypedLine::new("Where to keep the return file").show(ui, &mut self.path);
        ui.horizontal(|ui| {
            if secondary(ui, icons::FOLDER, "Choose a place…").clicked() {
                let agency = register.agency_short(&self.agency);
                let name = format!("{} {agency}.goldthread", audit.title);
                acts.push(Act::Pick(PickFor::ReturnFile(name)));
            }
            let ready = !self.path.trim().is_empty();
            if ui
                .add_enabled_ui(ready, |ui| {
                    secondary(ui, icons::NEW_FILE, "Make the return file")
                })
                .inner
                .clicked()
            {
                self.done = None;
                acts.push(Act::Issue(Box::new(IssueRequest {
                    format: ReturnFormat::Goldthread,
                    audit: id,
                    agency: self.agency.clone(),
                    due: self.due.or(audit.scope.due),
                    path: PathBuf::from(self.path.trim()),
                    passphrase: None,
                })));
            }
        });
        caption(
            ui,
            "It holds this agency's forms and nothing of the others. It has no passphrase of its own yet: send it by a secure route.",
        );
    }
}

/// Where each agency's return is.
fn whereabouts(ui: &mut Ui, session: &Session, id: RecordId, audit: &Audit) {
    let register = session.register();
    Grid::new("returns")
        .num_columns(5)
        .spacing([20.0, 6.0])
        .striped(true)
        .show(ui, |ui| {
            for head in ["Agency", "Forms in", "Sent out", "Due", "Merged last"] {
                caption(ui, head);
            }
            ui.end_row();
            let forms = register.forms_of(id);
            for code in &audit.agencies {
                let own: Vec<_> = forms
                    .iter()
                    .filter(|(_, agency, _)| agency == code)
                    .collect();
                let open = own
                    .iter()
                    .filter(|(_, _, form)| form.status.is_open())
                    .count();
                ui.label(register.agency_short(code));
                ui.horizontal(|ui| {
                    ui.label(format!("{} of {}", own.len() - open, own.len()));
                    let late = chase::days_late(session, id, code, audit);
                    if open > 0 && late > 0 {
                        badge(ui, Tone::Poor, icons::CLOCK, &format!("{late} days late"));
                    }
                });
                let part = register.returns.get(&AgencyReturn::id(id, code));
                let date = |date: Option<chrono::NaiveDate>| {
                    date.map_or("not yet".to_owned(), written_date)
                };
                ui.label(date(part.and_then(|part| part.issued)));
                ui.label(date(part.and_then(|part| part.due).or(audit.scope.due)));
                ui.label(date(
                    part.and_then(|part| part.merged).map(|at| at.date_naive()),
                ));
                ui.end_row();
            }
        });
    let known = register.forms_of(id);
    let not_known = known
        .iter()
        .filter(|(_, _, form)| form.status == FormStatus::NotKnown)
        .count();
    let declined = known
        .iter()
        .filter(|(_, _, form)| form.status == FormStatus::Declined)
        .count();
    caption(
        ui,
        &format!(
            "“Forms in” counts submitted, not known ({not_known}) and declined ({declined}) forms."
        ),
    );
}
