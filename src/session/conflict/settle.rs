//! Settling a conflict: one version, or a new one, from now on stands for all.

use super::{OpenConflict, Says};
use crate::domain::answer::{Answer, Given, Note};
use crate::domain::id::RecordId;
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;
use crate::domain::revision::{Change, Edit};
use crate::domain::safety_stop::SafetyStop;
use crate::domain::tool::{LONGEST_TEXT, Question, Tool};
use crate::session::Session;
use crate::session::command::Refused;
use crate::session::worker::{Request, Settling};
use crate::store::SeenVersion;

/// How a conflict is to be settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Settlement {
    /// The record in conflict.
    pub record: RecordId,
    /// Its kind.
    pub kind: RecordKind,
    /// How the record shall stand; `None` takes it away.
    pub after: Option<Record>,
    /// Why: kept with the change.
    pub reason: String,
    /// The versions that the person chose among.
    pub seen: Vec<SeenVersion>,
}

impl Session {
    /// The conflicts that nobody has settled yet, as far as they are read.
    pub fn conflicts(&self) -> &[OpenConflict] {
        &self.conflicts
    }

    /// Settles a conflict; [`crate::session::Notice::Settled`] follows once it is on disk. It is not
    /// undone: every version stays in the history, and the record can be changed like any other.
    ///
    /// # Errors
    /// [`Refused`] with the sentence for the person; nothing was changed then.
    pub fn settle(&mut self, settlement: &Settlement) -> Result<(), Refused> {
        if self.file.read_only {
            return Err(Refused::ReadOnly);
        }
        if settlement.reason.trim().is_empty() {
            return Err(Refused::NoReason);
        }
        let mut open = self.conflicts.iter();
        let conflict = open.find(|conflict| conflict.record == settlement.record);
        let conflict = conflict.ok_or(Refused::Settled)?;
        if conflict.seen != settlement.seen {
            return Err(Refused::NotAsSeen);
        }
        let change = Change {
            edits: edits(&self.register, conflict, settlement, self.now())?,
            author: self.author.clone(),
            at: self.now(),
            reason: Some(settlement.reason.trim().to_owned()),
        };
        self.worker.send(Request::Settle(Settling {
            change,
            record: settlement.record,
            seen: settlement.seen.clone(),
            name: conflict.name.clone(),
        }));
        Ok(())
    }
}

fn edits(
    register: &Register,
    conflict: &OpenConflict,
    settlement: &Settlement,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<Edit>, Refused> {
    let mut edits = vec![Edit {
        record: settlement.record,
        kind: settlement.kind,
        after: settlement.after.clone(),
    }];
    if let (Some(Record::Answer(answer)), Some((tool, question))) =
        (&settlement.after, conflict.question())
    {
        // What somebody has kept already can always be chosen.
        let is_there = conflict.versions.iter().any(|version| {
            matches!(&version.says, Says::Record(record) if settlement.after.as_ref() == Some(record))
        });
        if !is_there {
            fits(tool, question, answer)?;
        }
        edits.extend(safety_stop(register, tool, question, answer, now));
    }
    Ok(edits)
}

fn fits(tool: &Tool, question: &Question, answer: &Answer) -> Result<(), Refused> {
    let refused = |why: String| Refused::Answer {
        question: question.code.clone(),
        why,
    };
    if let Some(Given::Value(value)) = &answer.given {
        let options = tool.options(question).into_iter();
        let options: Vec<String> = options.map(|option| option.id).collect();
        if let Some(why) = question.kind.refuses(value, &options) {
            return Err(refused(why));
        }
    }
    let too_long = |note: &Note| answer.note(*note).chars().count() > LONGEST_TEXT;
    if Note::ALL.iter().any(too_long) {
        return Err(refused(format!(
            "a note holds at most {LONGEST_TEXT} characters"
        )));
    }
    Ok(())
}

/// A child found unsafe by the answer that is to stand stops the form, here as everywhere.
fn safety_stop(
    register: &Register,
    tool: &Tool,
    question: &Question,
    answer: &Answer,
    now: chrono::DateTime<chrono::Utc>,
) -> Option<Edit> {
    let is_asked = tool.safety_question.as_ref() == Some(&question.id);
    let value = answer.value().filter(|value| question.alarms_at(value))?;
    let because = value.chosen().first().filter(|_| is_asked)?;
    let known = register.safety_stop(answer.form);
    let stop = match known {
        None => SafetyStop::open(answer.form, because, now),
        Some(stop) if !stop.opened_in_error.is_empty() => SafetyStop {
            because: because.clone(),
            opened_in_error: String::new(),
            ..stop.clone()
        },
        Some(_) => return None,
    };
    Some(Edit::put(SafetyStop::id(answer.form), stop))
}
