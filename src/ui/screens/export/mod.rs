//! Export: what, of which audit, for whom, where to; progress; the result in its folder.

mod names;

use std::path::PathBuf;

use egui::{TextEdit, Ui};

use self::names::NamesToCheck;
use crate::analysis::{Basis, Filter};
use crate::domain::id::RecordId;
use crate::session::jobs::StillMarked;
use crate::session::{ExportKind, ExportRequest, Progress, Session};
use crate::ui::act::{Act, PickFor};
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, caption, card, hint, label, notice, primary, quiet, secondary};

/// What is chosen so far, and how the export goes.
#[derive(Default)]
pub struct ExportScreen {
    format: Format,
    audit: Option<RecordId>,
    publish: bool,
    /// Where to, as typed or picked.
    pub path: String,
    /// The job under way.
    pub progress: Option<Progress>,
    /// The file written last, and what is in it.
    pub done: Option<(PathBuf, String)>,
    came_for: Option<RecordId>,
    /// Texts of the export that may identify somebody, with the tick that they were looked at.
    names: NamesToCheck,
    /// Whose view and which part is counted, as it was on the page one came from.
    part: Option<(RecordId, Basis, Filter)>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Format {
    #[default]
    Bmg,
    Data,
    Actions,
}

impl ExportScreen {
    /// Draws the screen; `audit` is the audit one came from.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, audit: Option<RecordId>) -> Vec<Act> {
        let mut acts = Vec::new();
        if self.came_for != audit {
            self.came_for = audit;
            self.audit = audit;
            self.done = None;
            self.part = None;
        }
        widgets::page(ui, 720.0, |ui| {
            widgets::title(ui, "Export");
            if session.register().audits.is_empty() {
                card(ui, |ui| hint(ui, "There is no audit to export yet."));
                return;
            }
            self.counted(ui, session);
            card(ui, |ui| self.what(ui));
            ui.add_space(space::NEAR);
            card(ui, |ui| self.of_which(ui, session));
            ui.add_space(space::NEAR);
            card(ui, |ui| self.where_to(ui, session, &mut acts));
            ui.add_space(space::APART);
            self.names.show(ui);
            self.begin(ui, &mut acts);
            self.outcome(ui, &mut acts);
            ui.add_space(space::PART);
        });
        acts
    }

    /// Only this part of an audit is to be exported.
    pub fn only(&mut self, audit: RecordId, basis: Basis, filter: Filter) {
        self.came_for = Some(audit);
        self.audit = Some(audit);
        self.done = None;
        let whole = basis == Basis::Agency && filter.is_empty();
        self.part = (!whole).then_some((audit, basis, filter));
    }

    /// What is counted: always in sight before it is written.
    fn counted(&mut self, ui: &mut Ui, session: &Session) {
        let Some((audit, basis, filter)) = &self.part else {
            return;
        };
        if self.audit != Some(*audit) {
            self.part = None;
            return;
        }
        let facts = session.facts().and_then(|facts| facts.audit(*audit));
        let words = facts.map(|facts| filter.words(facts, session.register(), session.catalogue()));
        let only = words.into_iter().flatten();
        let mut words = vec![basis.label().to_owned()];
        words.extend(only.map(|(field, words)| format!("{}: {words}", field.label())));
        let mut whole = false;
        notice(ui, Tone::Mixed, icons::INFO, |ui| {
            widgets::paragraph(
                ui,
                &format!("Counted as on the summary: {}.", words.join(", ")),
            );
            caption(
                ui,
                "The export says so. All data of an audit is always whole.",
            );
            whole = quiet(ui, "", "Count everything instead").clicked();
        });
        ui.add_space(space::NEAR);
        if whole {
            self.part = None;
        }
    }

    fn what(&mut self, ui: &mut Ui) {
        label(ui, "What");
        widgets::keep_in_view(&ui.radio_value(
            &mut self.format,
            Format::Bmg,
            "For the BMG (goldthread/bmg/1)",
        ));
        caption(
            ui,
            "Scope, coverage, grades, themes, hypotheses, timescales, findings and actions. No case and no note.",
        );
        if self.format == Format::Bmg {
            ui.indent("publish", |ui| {
                widgets::keep_in_view(&ui.checkbox(&mut self.publish, "To be published: hide small numbers"));
                caption(ui, "Counts of 1 to 5 are replaced by “c”, and others with them, so that no hidden number can be worked out.");
            });
        }
        widgets::keep_in_view(&ui.radio_value(
            &mut self.format,
            Format::Actions,
            "The action plan, to decide on (goldthread/actions/1)",
        ));
        caption(
            ui,
            "Every action for the BMG to change and send back. No case and no note on one.",
        );
        widgets::keep_in_view(&ui.radio_value(
            &mut self.format,
            Format::Data,
            "All data of an audit (goldthread/data/1)",
        ));
        caption(
            ui,
            "Every case, answer and note. As confidential as this file: keep it where you keep this one.",
        );
    }

    fn of_which(&mut self, ui: &mut Ui, session: &Session) {
        label(ui, "Of which audit");
        if self.format != Format::Data {
            widgets::keep_in_view(&ui.radio_value(&mut self.audit, None, "All audits"));
        }
        for (id, audit) in session.register().audits_in_order() {
            widgets::keep_in_view(&ui.radio_value(&mut self.audit, Some(id), &audit.title));
        }
    }

    fn where_to(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        label(ui, "Where to");
        ui.horizontal(|ui| {
            let width = ui.available_width() - 120.0;
            let edit = TextEdit::singleline(&mut self.path)
                .desired_width(width)
                .margin(egui::Margin::symmetric(8, 6));
            let response = ui.add(edit);
            widgets::keep_in_view(&response);
            response.accessible_name("Path of the export");
            if secondary(ui, icons::FOLDER, "Choose…").clicked() {
                acts.push(Act::Pick(PickFor::Export(self.proposed_name(session))));
            }
        });
    }

    fn proposed_name(&self, session: &Session) -> String {
        let audit = self
            .audit
            .and_then(|audit| session.register().audits.get(&audit));
        let of = audit.map_or("all audits", |audit| audit.title.as_str());
        let what = match self.format {
            Format::Bmg => "for BMG",
            Format::Data => "data",
            Format::Actions => "actions",
        };
        format!("{of} {what}.json")
    }

    fn begin(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let needs_audit = self.format == Format::Data && self.audit.is_none();
        let ready = !self.path.trim().is_empty() && !needs_audit && self.progress.is_none();
        if ui
            .add_enabled_ui(ready, |ui| primary(ui, icons::EXPORT, "Write the export"))
            .inner
            .clicked()
        {
            self.done = None;
            let names_checked = self.names.ask(self.chosen());
            acts.push(Act::Export(ExportRequest {
                kind: match self.format {
                    Format::Bmg => ExportKind::BmgJson,
                    Format::Data => ExportKind::DataJson,
                    Format::Actions => ExportKind::ActionsJson,
                },
                audit: self.audit,
                basis: self
                    .part
                    .as_ref()
                    .map_or(Basis::Agency, |(_, basis, _)| *basis),
                filter: self
                    .part
                    .clone()
                    .map(|(.., filter)| filter)
                    .unwrap_or_default(),
                publish: self.publish && self.format == Format::Bmg,
                names_checked,
                to: PathBuf::from(self.path.trim()),
            }));
        }
        if needs_audit {
            caption(ui, "Choose the audit whose data is to be exported.");
        }
    }

    /// What a yes to the names is said of: another export is looked at anew.
    fn chosen(&self) -> (Format, Option<RecordId>) {
        (self.format, self.audit)
    }

    /// Nothing was written: these are to be looked at first.
    pub fn look_at(&mut self, marked: Vec<StillMarked>) {
        self.progress = None;
        self.names.marked = marked;
    }

    fn outcome(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        if let Some(progress) = &self.progress {
            ui.horizontal(|ui| {
                widgets::meter(ui, 180.0, progress.done, progress.total);
                caption(
                    ui,
                    &format!("{} {} of {}", progress.stage, progress.done, progress.total),
                );
                if quiet(ui, "", "Stop").clicked() {
                    acts.push(Act::CancelJob);
                }
            });
        }
        if let Some((path, words)) = &self.done {
            ui.add_space(space::NEAR);
            notice(ui, Tone::Good, icons::DONE, |ui| {
                widgets::paragraph(ui, words);
                caption(ui, &path.display().to_string());
                if secondary(ui, icons::FOLDER, "Show in its folder").clicked() {
                    acts.push(Act::ShowInFolder(path.clone()));
                }
            });
        }
    }
}
