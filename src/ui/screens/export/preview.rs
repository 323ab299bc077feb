//! What goes into the export and what stays out, before it is written.

use egui::Ui;

use super::{ExportScreen, Kind};
use crate::analysis::Filter;
use crate::analysis::coverage::coverage;
use crate::domain::audit::Audit;
use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::settings::Settings;
use crate::ui::widgets::{caption, hint, label};

impl ExportScreen {
    pub(super) fn preview(&self, ui: &mut Ui, session: &Session, settings: &Settings) {
        label(ui, "What goes in");
        let audits = self.audits(session);
        if audits.is_empty() {
            hint(ui, "Nothing is chosen yet.");
            return;
        }
        for (id, audit) in audits {
            caption(ui, &in_short(session, id, audit));
        }
        caption(ui, &self.left_out(settings));
    }

    /// The audits that go in, newest first.
    fn audits<'a>(&self, session: &'a Session) -> Vec<(RecordId, &'a Audit)> {
        let audits = session.register().audits_in_order().into_iter().rev();
        audits
            .filter(|(id, audit)| match (self.kind, self.audit) {
                (Kind::Annual, _) => self.year.is_some_and(|year| year.holds(audit)),
                (_, Some(only)) => only == *id,
                (kind, None) => !kind.is_of_one_audit(),
            })
            .collect()
    }

    fn left_out(&self, settings: &Settings) -> String {
        if let Some(rule) = self.hiding(settings) {
            return format!(
                "Left out: cases, notes and tables by agency; counts from 1 to {} are hidden.",
                rule.threshold()
            );
        }
        match self.kind {
            Kind::Data => "Left out: only forms nobody has begun, and answers to questions that are asked no longer.".into(),
            Kind::Form if self.case.is_some() => "The whole form, with its notes.".into(),
            Kind::Form => "The tool's questions only.".into(),
            Kind::Actions => "Left out: everything but the actions.".into(),
            Kind::Agency => "Left out: everything of other agencies.".into(),
            Kind::Workbook | Kind::Csv if self.holds_notes() => {
                "Left out: only forms not submitted, and answers to questions that are asked no longer.".into()
            }
            Kind::Workbook | Kind::Csv => {
                "Left out: what people wrote under the questions. Cases appear by reference.".into()
            }
            _ => "Left out: cases and notes. Not for publishing.".into(),
        }
    }
}

fn in_short(session: &Session, id: RecordId, audit: &Audit) -> String {
    let register = session.register();
    let counted = coverage(register, id, &Filter::default());
    let findings = register.findings.values();
    let findings = findings.filter(|finding| finding.audit == id).count();
    let actions = register.actions.values();
    let actions = actions.filter(|action| action.audit == id).count();
    if let Some(removal) = register.retention_of(id).removed {
        let on = written_date(removal.at.date_naive());
        return format!(
            "{}: forms removed on {on}, {findings} findings, {actions} actions",
            audit.title
        );
    }
    let (cases, forms) = (counted.cases, counted.whole);
    format!(
        "{}: {cases} cases, {} of {} forms submitted, {findings} findings, {actions} actions",
        audit.title, forms.submitted, forms.expected
    )
}
