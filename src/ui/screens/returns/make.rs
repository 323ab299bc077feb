//! Making return files: for which agencies, due when, protected how, with which covering page, into
//! which folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::NaiveDate;
use egui::Ui;

use super::made;
use crate::domain::audit::Audit;
use crate::domain::dates::written_date;
use crate::domain::form::AgencyReturn;
use crate::domain::id::RecordId;
use crate::session::cover::{LONGEST_COVER, covering_page};
use crate::session::jobs::name_of_return;
use crate::session::{IssueOutcome, IssueRequest, ReturnFormat, Session};
use crate::ui::act::{Act, PickFor};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, DateField, TypedLine, TypedSecret, Wrong, caption, card, hint, label, new_passphrase,
    primary, quiet, secondary,
};

/// How the files are protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Protection {
    /// A passphrase for each.
    #[default]
    Each,
    /// One for all.
    Same,
    /// None.
    Without,
}

/// What must be there before the files can be made.
#[derive(Clone, PartialEq)]
enum Needed {
    Agencies,
    /// The passphrase for the file of this agency.
    Passphrase(String),
    /// The one for all.
    Same,
    Folder,
}

/// What is chosen and typed so far, and what was made last.
#[derive(Default)]
pub struct MakeReturnsScreen {
    audit: Option<RecordId>,
    chosen: BTreeSet<String>,
    due: Option<NaiveDate>,
    due_field: DateField,
    format: ReturnFormat,
    protection: Protection,
    passphrases: BTreeMap<String, TypedSecret>,
    same: TypedSecret,
    shown: bool,
    /// The covering page once somebody changed it; the usual words until then.
    cover: Option<String>,
    /// The folder the files go into, as typed or picked.
    pub folder: String,
    wrong: Wrong<Needed>,
    /// Whether the files are on their way.
    pub making: bool,
    outcomes: Vec<IssueOutcome>,
}

impl MakeReturnsScreen {
    /// What came of the files that were asked for. Passphrases are forgotten here once their file
    /// is there.
    pub fn made(&mut self, outcomes: Vec<IssueOutcome>) {
        for outcome in outcomes.iter().filter(|outcome| outcome.made.is_ok()) {
            self.passphrases.remove(&outcome.agency);
            self.chosen.remove(&outcome.agency);
        }
        if outcomes.iter().all(|outcome| outcome.made.is_ok()) {
            self.same = TypedSecret::default();
        }
        self.outcomes = outcomes;
    }

    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, id: RecordId) -> Vec<Act> {
        let mut acts = Vec::new();
        let Some(audit) = session.register().audits.get(&id) else {
            return vec![Act::Back];
        };
        if self.audit != Some(id) {
            self.begin(session, id, audit);
        }
        widgets::page(ui, 820.0, |ui| {
            if widgets::back_button(ui, "Returns").clicked() {
                acts.push(Act::Go(Route::Returns(id)));
            }
            widgets::title(ui, "Make return files");
            hint(
                ui,
                &format!(
                    "{}. One file for each agency, with its own forms and nothing of the others.",
                    audit.title
                ),
            );
            ui.add_space(space::NEAR);
            made::outcomes(ui, session, &self.outcomes, &mut acts);
            let problems = self.problems(session, audit);
            self.wrong
                .summary(ui, "Before the files can be made", problems);
            card(ui, |ui| self.agencies(ui, session, id, audit));
            ui.add_space(space::NEAR);
            card(ui, |ui| self.due_back(ui));
            ui.add_space(space::NEAR);
            card(ui, |ui| self.kind_of_file(ui));
            ui.add_space(space::NEAR);
            card(ui, |ui| self.protection(ui, session, audit));
            ui.add_space(space::NEAR);
            card(ui, |ui| self.covering_page(ui, session, id));
            ui.add_space(space::NEAR);
            card(ui, |ui| self.place(ui, session, audit, &mut acts));
            ui.add_space(space::APART);
            self.make(ui, session, id, audit, &mut acts);
            ui.add_space(space::PART);
        });
        acts
    }

    /// Offered at first: every agency that has no file yet.
    fn begin(&mut self, session: &Session, id: RecordId, audit: &Audit) {
        let returns = &session.register().returns;
        let issued = |code: &&String| {
            let own = returns.get(&AgencyReturn::id(id, code));
            own.is_some_and(|own| own.issued.is_some())
        };
        let codes = audit.agencies.iter();
        *self = Self {
            audit: Some(id),
            chosen: codes.filter(|code| !issued(code)).cloned().collect(),
            due: audit.scope.due,
            folder: std::mem::take(&mut self.folder),
            ..Self::default()
        };
    }

    fn agencies(&mut self, ui: &mut Ui, session: &Session, id: RecordId, audit: &Audit) {
        let register = session.register();
        label(ui, "Which agencies");
        let told = self.wrong.field(&Needed::Agencies);
        told.words(ui);
        for (at, code) in audit.agencies.iter().enumerate() {
            let own = register.returns.get(&AgencyReturn::id(id, code));
            let before = own.and_then(|own| own.issued);
            ui.horizontal(|ui| {
                let mut on = self.chosen.contains(code);
                let response = ui.checkbox(&mut on, register.agency_short(code));
                widgets::keep_in_view(&response);
                if at == 0 {
                    told.lead(&response);
                }
                if response.changed() && on {
                    self.chosen.insert(code.clone());
                } else if response.changed() {
                    self.chosen.remove(code);
                }
                if let Some(day) = before {
                    caption(ui, &format!("a file was made on {}", written_date(day)));
                }
            });
        }
        ui.horizontal(|ui| {
            if quiet(ui, "", "Choose all").clicked() {
                self.chosen = audit.agencies.iter().cloned().collect();
            }
            if quiet(ui, "", "Choose none").clicked() {
                self.chosen.clear();
            }
        });
    }

    fn due_back(&mut self, ui: &mut Ui) {
        let why = "Kept in the register and shown to the auditor.";
        if let Some(due) = self.due_field.show(ui, "Due back by", why, self.due) {
            self.due = due;
        }
    }

    fn kind_of_file(&mut self, ui: &mut Ui) {
        label(ui, "What the agency fills in");
        for format in ReturnFormat::ALL {
            let response = ui.radio_value(&mut self.format, format, format.label());
            widgets::keep_in_view(&response);
        }
        if self.format == ReturnFormat::Workbook {
            hint(
                ui,
                "For an agency whose laptops may not run Goldthread. It comes back the same way and is merged like any other return.",
            );
        }
    }

    /// How the files are protected; a workbook cannot be.
    fn protected_by(&self) -> Protection {
        match self.format {
            ReturnFormat::Goldthread => self.protection,
            ReturnFormat::Workbook => Protection::Without,
        }
    }

    fn protection(&mut self, ui: &mut Ui, session: &Session, audit: &Audit) {
        label(ui, "Passphrase");
        if !cfg!(feature = "encryption") {
            hint(
                ui,
                "This build of the program cannot protect files with a passphrase. Send them by a secure route.",
            );
            self.protection = Protection::Without;
            return;
        }
        if self.format == ReturnFormat::Workbook {
            hint(
                ui,
                "A workbook cannot carry a passphrase: send it by a route that is itself protected.",
            );
            return;
        }
        hint(
            ui,
            "Four or more unconnected words are strong and easy to say on the telephone. Tell the agency by another route than the file. A forgotten passphrase is no loss here: make the file once more.",
        );
        for (kind, words) in [
            (Protection::Each, "One for each agency"),
            (Protection::Same, "The same for all"),
            (
                Protection::Without,
                "None: the files travel by a route that is itself protected",
            ),
        ] {
            let response = ui.radio_value(&mut self.protection, kind, words);
            widgets::keep_in_view(&response);
        }
        if self.protection != Protection::Without {
            let response = ui.checkbox(&mut self.shown, "Show what I type");
            widgets::keep_in_view(&response);
        }
        match self.protection {
            Protection::Each => {
                for code in self.chosen_in_order(audit) {
                    let agency = session.register().agency_short(&code);
                    let words = format!("Passphrase for {agency}");
                    let told = self.wrong.field(&Needed::Passphrase(code.clone()));
                    let text = self.passphrases.entry(code).or_default();
                    new_passphrase(ui, &words, self.shown, told, text);
                }
            }
            Protection::Same => {
                let told = self.wrong.field(&Needed::Same);
                let words = "Passphrase for every file";
                new_passphrase(ui, words, self.shown, told, &mut self.same);
            }
            Protection::Without => (),
        }
    }

    fn covering_page(&mut self, ui: &mut Ui, session: &Session, id: RecordId) {
        let usual = covering_page(session.register(), id, self.due);
        let mut text = self.cover.clone().unwrap_or_else(|| usual.clone());
        let field = TypedLine::new("Covering page")
            .of_a_case()
            .hint("The auditor reads it first on opening the file. Nothing in it may identify a child or name a person.");
        if field.rows(9).show(ui, &mut text).changed() {
            let text: String = text.chars().take(LONGEST_COVER).collect();
            self.cover = (text != usual).then_some(text);
        }
        if self.cover.is_some() && quiet(ui, icons::UNDO, "Back to the usual words").clicked() {
            self.cover = None;
        }
    }

    fn place(&mut self, ui: &mut Ui, session: &Session, audit: &Audit, acts: &mut Vec<Act>) {
        TypedLine::new("Folder to keep the files in")
            .told(self.wrong.field(&Needed::Folder))
            .show(ui, &mut self.folder);
        if secondary(ui, icons::FOLDER, "Choose a folder…").clicked() {
            acts.push(Act::Pick(PickFor::ReturnFolder));
        }
        let names = self.chosen_in_order(audit);
        let names = names.iter().map(|code| self.name(session, audit, code));
        let names: Vec<_> = names.collect();
        if !names.is_empty() {
            caption(
                ui,
                &format!(
                    "Files: {}. What lies there already under such a name is never written over.",
                    names.join(", ")
                ),
            );
        }
    }

    fn make(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        id: RecordId,
        audit: &Audit,
        acts: &mut Vec<Act>,
    ) {
        let words = match self.chosen.len() {
            1 => "Make 1 return file".to_owned(),
            count => format!("Make {count} return files"),
        };
        let ready = !self.making;
        let make = ui.add_enabled_ui(ready, |ui| primary(ui, icons::NEW_FILE, &words));
        if !make.inner.clicked() {
            return;
        }
        if let Some(due) = self.due_field.take_typed(self.due) {
            self.due = due;
        }
        if !self.problems(session, audit).is_empty() {
            self.wrong.tell();
        } else {
            self.wrong = Wrong::default();
            self.outcomes.clear();
            self.making = true;
            let chosen = self.chosen_in_order(audit);
            let requests = chosen
                .iter()
                .map(|code| self.request(session, id, audit, code));
            acts.push(Act::Issue(requests.collect()));
        }
    }

    fn problems(&self, session: &Session, audit: &Audit) -> Vec<(Needed, String)> {
        let mut wrong = Vec::new();
        if self.chosen.is_empty() {
            wrong.push((Needed::Agencies, "Choose at least one agency.".into()));
        }
        match self.protected_by() {
            Protection::Each => {
                let without = self.chosen_in_order(audit).into_iter().filter(|code| {
                    let typed = self.passphrases.get(code);
                    typed.is_none_or(|text| text.trim().is_empty())
                });
                wrong.extend(without.map(|code| {
                    let agency = session.register().agency_short(&code);
                    let words = format!("Give a passphrase for {agency}, or choose to have none.");
                    (Needed::Passphrase(code), words)
                }));
            }
            Protection::Same if self.same.trim().is_empty() => {
                let words = "Give the passphrase for every file, or choose to have none.";
                wrong.push((Needed::Same, words.into()));
            }
            _ => (),
        }
        if self.folder.trim().is_empty() {
            let words = "Say in which folder to keep the files.";
            wrong.push((Needed::Folder, words.into()));
        }
        wrong
    }

    fn request(&self, session: &Session, id: RecordId, audit: &Audit, code: &str) -> IssueRequest {
        let passphrase = match self.protected_by() {
            Protection::Each => self.passphrases.get(code),
            Protection::Same => Some(&self.same),
            Protection::Without => None,
        };
        let usual = || covering_page(session.register(), id, self.due);
        IssueRequest {
            format: self.format,
            audit: id,
            agency: code.to_owned(),
            due: self.due,
            path: PathBuf::from(self.folder.trim()).join(self.name(session, audit, code)),
            passphrase: passphrase.map(TypedSecret::passphrase),
            cover: Some(self.cover.clone().unwrap_or_else(usual)),
        }
    }

    /// "Neglect 2026 - GP.goldthread"
    fn name(&self, session: &Session, audit: &Audit, code: &str) -> String {
        let agency = session.register().agency_short(code);
        let name = name_of_return(&audit.title, agency);
        format!("{name}.{}", self.format.extension())
    }

    /// The codes chosen, in the order of the audit.
    fn chosen_in_order(&self, audit: &Audit) -> Vec<String> {
        let codes = audit.agencies.iter();
        codes
            .filter(|code| self.chosen.contains(*code))
            .cloned()
            .collect()
    }
}
