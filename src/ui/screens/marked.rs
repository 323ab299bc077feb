//! Answers that their auditors marked: each is one click from a finding.

use egui::Ui;

use crate::analysis::suggestions::{Marked, draft_from_mark};
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::widgets::quiet;

/// The mark on an answer, where there is one.
pub fn mark_on<'a>(session: &'a Session, form: RecordId, question: &str) -> Option<&'a Marked> {
    let marks = session
        .evidence()
        .into_iter()
        .flat_map(|evidence| &evidence.marks);
    let mut own = marks.filter(|mark| mark.form == form && mark.question == question);
    own.next()
}

/// The button that makes a finding of a marked answer. `place` is its case, agency and question.
pub fn to_finding(ui: &mut Ui, session: &Session, mark: &Marked, place: &str, acts: &mut Vec<Act>) {
    if session.file().read_only || session.file().is_return {
        return;
    }
    let button = quiet(ui, icons::ADD, "Make it a finding");
    if button
        .accessible_name(format!("Make it a finding, {place}"))
        .clicked()
    {
        let draft = draft_from_mark(session.register(), mark);
        acts.push(Act::DraftFinding(Box::new(draft)));
    }
}
