//! A record's history in words a person reads: what the record is, and of every change who, when,
//! why, before and after.

mod conflict;
mod fields;
mod find;
mod name;

use chrono::{DateTime, Local, Utc};

use crate::domain::catalogue::Catalogue;
use crate::domain::plain::capital;
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;
use crate::store::Entry;

pub use find::find;
pub use name::name;

pub(super) use fields::fields;

/// A record's history as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// What the record is, such as "Answer to C01, NEG20-03, GP".
    pub title: String,
    /// Its steps, oldest first.
    pub steps: Vec<Step>,
}

/// One step of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Local date and time.
    pub when: String,
    /// Role and agency.
    pub who: String,
    /// Why, where asked.
    pub reason: Option<String>,
    /// How it stands to other changes: a conflict, one that was settled, a redaction.
    pub marks: Vec<String>,
    /// What changed, field by field: "Answer: Good → Inadequate".
    pub changes: Vec<String>,
}

/// What the words are made from.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) register: &'a Register,
    pub(super) catalogue: &'a Catalogue,
}

/// The history of one record in words.
pub fn story(entries: &[Entry], register: &Register, catalogue: &Catalogue) -> Story {
    let words = Words {
        register,
        catalogue,
    };
    let last = entries
        .iter()
        .rev()
        .find_map(|entry| read(entry, &entry.after));
    let title = match (&last, entries.first()) {
        (Some(record), _) => name(record, register),
        (None, Some(entry)) => capital(&entry.kind.replace('_', " ")),
        (None, None) => "Record".into(),
    };
    let steps = entries.iter().enumerate().map(|(at, entry)| Step {
        when: local_time(entry.at),
        who: who(entry, register),
        reason: entry.reason.clone(),
        marks: conflict::marks(entries, at),
        changes: words.changes(entry),
    });
    Story {
        title,
        steps: steps.collect(),
    }
}

/// Role and agency of whoever made a change.
pub fn who(entry: &Entry, register: &Register) -> String {
    let agency = register.agency_short(&entry.author.agency);
    if agency.is_empty() {
        entry.author.role.clone()
    } else {
        format!("{}, {agency}", entry.author.role)
    }
}

/// An instant as it is shown: local time, to the second.
pub fn local_time(at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&Local);
    local.format("%d/%m/%Y %H:%M:%S").to_string()
}

fn read(entry: &Entry, body: &Option<String>) -> Option<Record> {
    let kind = RecordKind::named(&entry.kind)?;
    Record::read(kind, body.as_deref()?).ok()
}

impl Words<'_> {
    fn changes(self, entry: &Entry) -> Vec<String> {
        if entry.redacted {
            return vec!["The text of this change was taken out.".into()];
        }
        let Some(after) = read(entry, &entry.after) else {
            let gone = entry.after.is_none();
            let words = if gone { "Taken away." } else { "Not readable." };
            return vec![words.into()];
        };
        let after = fields(&after, self);
        if entry.before_redacted {
            let now = after.iter().map(|(label, text)| format!("{label}: {text}"));
            return now.collect();
        }
        let before = read(entry, &entry.before);
        let before = before.map_or_else(Vec::new, |before| fields(&before, self));
        let changes = differing(&before, &after);
        match changes.is_empty() {
            true if entry.before == entry.after => vec!["Says the same.".into()],
            true => vec!["Changed in a way that is not shown here.".into()],
            false => changes,
        }
    }
}

/// A field of a record: its label and what it says.
pub(super) type FieldText = (String, String);

/// "Answer: Good → Inadequate" for every field that is not the same.
fn differing(before: &[FieldText], after: &[FieldText]) -> Vec<String> {
    let said = |fields: &[FieldText], label: &str| {
        let found = fields.iter().find(|(other, _)| other == label);
        found.map_or_else(|| "nothing".to_owned(), |(_, text)| text.clone())
    };
    let labels = after.iter().map(|(label, _)| label);
    let gone = before.iter().map(|(label, _)| label);
    let gone = gone.filter(|label| after.iter().all(|(other, _)| other != *label));
    let changes = labels.chain(gone).filter_map(|label| {
        let (old, new) = (said(before, label), said(after, label));
        (old != new).then(|| format!("{label}: {old} → {new}"))
    });
    changes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{Answer, Blank, Given, Value};
    use crate::domain::id::{RecordId, RevisionId};
    use crate::domain::revision::Author;

    fn entry(kind: &str, before: Option<String>, after: Option<String>) -> Entry {
        Entry {
            revision: RevisionId::fresh(),
            parents: Vec::new(),
            kind: kind.into(),
            author: Author {
                role: "nurse".into(),
                agency: String::new(),
                device: "d".into(),
            },
            at: Utc::now(),
            reason: Some("Second file read".into()),
            before,
            before_redacted: false,
            after,
            redacted: false,
            newest: true,
            stands: true,
        }
    }

    fn steps(entry: Entry) -> Vec<String> {
        let catalogue = Catalogue::built_in().unwrap();
        let story = story(&[entry], &Register::default(), &catalogue);
        story.steps[0].changes.clone()
    }

    fn answer(given: Option<Given>, worries: &str) -> Option<String> {
        let answer = Answer {
            given,
            worries: worries.into(),
            ..Answer::empty(RecordId::fresh(), "C01")
        };
        Some(Record::from(answer).body())
    }

    #[test]
    fn a_step_says_what_changed_in_words() {
        let good = || Some(Given::Value(Value::one("good")));
        let blank = Some(Given::Blank(Blank::NotEvidenced));
        let cases: [(Option<String>, Option<String>, &[&str]); 5] = [
            (None, answer(good(), ""), &["Answer: nothing → good"]),
            (
                answer(good(), ""),
                answer(blank, "No history"),
                &[
                    "Answer: good → Not evidenced on our record",
                    "What worries us: nothing → No history",
                ],
            ),
            (
                answer(good(), "x"),
                answer(None, "x"),
                &["Answer: good → nothing"],
            ),
            (answer(good(), "x"), None, &["Taken away."]),
            (None, Some("{}".into()), &["Not readable."]),
        ];
        for (before, after, expected) in cases {
            assert_eq!(steps(entry("answer", before, after)), expected);
        }
        let same = answer(good(), "");
        assert_eq!(
            steps(entry("answer", same.clone(), same)),
            ["Says the same."]
        );
    }

    #[test]
    fn after_a_redaction_only_what_stands_is_said() {
        let mut redaction = entry("answer", None, answer(None, "The child"));
        redaction.before_redacted = true;
        assert_eq!(steps(redaction), ["What worries us: The child"]);
        let mut blanked = entry("answer", None, None);
        blanked.redacted = true;
        assert_eq!(steps(blanked), ["The text of this change was taken out."]);
    }
}
