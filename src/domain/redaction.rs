//! Taking a text, such as a name typed by mistake, out of records. The text itself is kept nowhere.

use std::fmt;

use serde_json::Value as Json;

use super::answer::{Given, Value};
use super::record::Record;
use super::safety_stop::Contact;

/// How the reason of every redaction begins.
pub const REDACTED: &str = "Redacted: ";

/// What stands in place of a revision's reason or of its author's role that was taken out.
pub const TAKEN_OUT: &str = "[redacted]";

/// What takes the place of the text in what stands now, unless a person says otherwise.
pub const REPLACEMENT: &str = "[name removed]";

/// A text to look for: whole words, whatever their case and however much space is between them.
#[derive(Clone, PartialEq, Eq)]
pub struct Sought(Vec<char>);

impl fmt::Debug for Sought {
    /// Never the text: it would stand in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sought(…)")
    }
}

impl Sought {
    /// The text, unless it is too short to look for (under two characters).
    pub fn new(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let chars: Vec<char> = words
            .join(" ")
            .chars()
            .flat_map(char::to_lowercase)
            .collect();
        (chars.len() >= 2).then_some(Self(chars))
    }

    /// Whether it stands in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.first_in(text, 0).is_some()
    }

    /// `text` with `by` in every place where it stands.
    pub fn replaced(&self, text: &str, by: &str) -> String {
        let mut new = String::with_capacity(text.len());
        let mut at = 0;
        while let Some((from, to)) = self.first_in(text, at) {
            new.push_str(&text[at..from]);
            new.push_str(by);
            at = to;
        }
        new.push_str(&text[at..]);
        new
    }

    /// Whether it stands in any string of a record's body.
    pub fn is_in_body(&self, body: &str) -> bool {
        // A body that is not JSON holds no record; its text is looked at as it is.
        match serde_json::from_str(body) {
            Ok(json) => self.is_in_json(&json),
            Err(_) => self.is_in(body),
        }
    }

    fn is_in_json(&self, json: &Json) -> bool {
        match json {
            Json::String(text) => self.is_in(text),
            Json::Array(items) => items.iter().any(|item| self.is_in_json(item)),
            Json::Object(fields) => fields.values().any(|field| self.is_in_json(field)),
            Json::Null | Json::Bool(_) | Json::Number(_) => false,
        }
    }

    /// Where it stands first at or after the byte `from`: its first byte and the one after its last.
    fn first_in(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let starts = text[from..].char_indices().map(|(at, _)| from + at);
        let mut before = text[..from].chars().next_back();
        for start in starts {
            let boundary = before.is_none_or(|before| !before.is_alphanumeric());
            if boundary && let Some(end) = self.end_at(text, start) {
                return Some((start, end));
            }
            before = text[start..].chars().next();
        }
        None
    }

    /// The byte after its last when it stands at the byte `start`.
    fn end_at(&self, text: &str, start: usize) -> Option<usize> {
        let mut wanted = self.0.iter().copied().peekable();
        let mut found = text[start..].char_indices().peekable();
        while let Some(first) = wanted.peek().copied() {
            let (_, char) = found.next()?;
            if first == ' ' {
                wanted.next();
                if !char.is_whitespace() {
                    return None;
                }
                while found.next_if(|(_, next)| next.is_whitespace()).is_some() {}
            } else if !char
                .to_lowercase()
                .all(|lower| wanted.next() == Some(lower))
            {
                return None;
            }
        }
        let end = found.peek().map_or(text.len(), |(at, _)| start + at);
        let after = text[end..].chars().next();
        after
            .is_none_or(|after| !after.is_alphanumeric())
            .then_some(end)
    }
}

impl Record {
    /// The texts that people wrote in it. What names other things (ids, codes, values of a scale,
    /// a case's reference) is not among them: changing that would change what the record is about.
    pub fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::Partnership(_) | Self::Agency(_) | Self::Tool(_) | Self::Case(_) => Vec::new(),
            Self::KeyDate(_) => Vec::new(),
            Self::AgencyReturn(own) => {
                let files = own.arrivals.values_mut().map(|arrival| &mut arrival.file);
                std::iter::once(&mut own.cover).chain(files).collect()
            }
            Self::Audit(audit) => {
                let scope = &mut audit.scope;
                vec![
                    &mut audit.title,
                    &mut scope.question,
                    &mut scope.cohort,
                    &mut scope.method,
                    &mut scope.children,
                    &mut scope.parents,
                    &mut scope.carers,
                    &mut scope.lead_role,
                ]
            }
            Self::Hypothesis(own) => vec![&mut own.text, &mut own.rationale],
            Self::CaseForm(form) => vec![
                &mut form.role,
                &mut form.declined_reason,
                &mut form.overall_reason,
            ],
            Self::Answer(answer) => {
                let mut texts = vec![&mut answer.worked, &mut answer.worries, &mut answer.so_what];
                if let Some(Given::Value(value)) = &mut answer.given {
                    texts.extend(words_of(value));
                }
                texts
            }
            Self::SafetyStop(stop) => {
                let mut texts = vec![&mut stop.opened_in_error];
                texts.extend(contact(&mut stop.lead));
                texts.extend(contact(&mut stop.front_door));
                texts
            }
            Self::Judgement(judgement) => {
                let mut texts = vec![&mut judgement.reason, &mut judgement.dissent];
                texts.extend(words_of(&mut judgement.value));
                texts
            }
            Self::AgreedDate(agreed) => vec![&mut agreed.reason],
            Self::Attendance(attendance) => vec![&mut attendance.roles],
            Self::ConcernFollowUp(own) => vec![&mut own.by_role, &mut own.outcome],
            Self::Finding(finding) => vec![&mut finding.text],
            Self::Dismissal(dismissal) => vec![&mut dismissal.reason],
            Self::Action(action) => vec![
                &mut action.what,
                &mut action.owner_role,
                &mut action.evidence_of_impact,
            ],
            Self::ActionUpdate(update) => vec![&mut update.text],
            Self::Retention(retention) => {
                let hold = retention.hold.iter_mut();
                let hold = hold.flat_map(|hold| [&mut hold.reason, &mut hold.by]);
                let removed = retention.removed.iter_mut();
                hold.chain(removed.map(|removal| &mut removal.by)).collect()
            }
        }
    }
}

/// The value of a question that is answered in words; what was picked, and a date, look like an id.
fn words_of(value: &mut Value) -> Option<&mut String> {
    let like_an_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
    match value {
        Value::One(text) if !text.chars().all(like_an_id) => Some(text),
        _ => None,
    }
}

fn contact(contact: &mut Contact) -> [&mut String; 3] {
    [&mut contact.role, &mut contact.route, &mut contact.response]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Answer;
    use crate::domain::id::RecordId;
    use proptest::prelude::*;

    #[test]
    fn whole_words_are_found_whatever_their_case_and_space() {
        let cases = [
            ("Zebedee", "Seen with zebedee.", "Seen with [x]."),
            ("Zebedee", "ZEBEDEE's mother", "[x]'s mother"),
            (
                "zebedee quill",
                "Zebedee \n Quill, then Quill",
                "[x], then Quill",
            ),
            ("Zeb", "Zebedee came", "Zebedee came"),
            ("bedee", "Zebedee came", "Zebedee came"),
            ("Zoë", "zOË and Zoë-Ann", "[x] and [x]-Ann"),
            ("İda", "İDA came", "[x] came"),
            ("Quill", "Quill QuillQuill", "[x] QuillQuill"),
            ("of", "of of of", "[x] [x] [x]"),
            ("Quill", "", ""),
        ];
        for (text, before, after) in cases {
            let sought = Sought::new(text).unwrap();
            assert_eq!(sought.replaced(before, "[x]"), after, "{text}");
            assert_eq!(sought.is_in(before), before != after, "{text}");
        }
        for short in ["", " ", "a", "\n"] {
            assert_eq!(Sought::new(short), None);
        }
        let shown = format!("{:?}", Sought::new("Zebedee"));
        assert!(!shown.to_lowercase().contains("zebedee"), "{shown}");
    }

    #[test]
    fn strings_of_a_body_are_looked_at_as_they_are_read() {
        let mut answer = Answer::empty(RecordId::fresh(), "C01");
        answer.worries = "Said \"Zebedee\nQuill\"".into();
        let body = Record::from(answer).body();
        assert!(body.contains("\\n"));
        assert!(Sought::new("zebedee quill").unwrap().is_in_body(&body));
        assert!(!Sought::new("nquill").unwrap().is_in_body(&body));
    }

    proptest! {
        #[test]
        fn what_was_replaced_is_found_no_more(
            text in "[ab Ä\n.é]{0,40}", sought in "[ab Ä.é]{2,5}",
        ) {
            if let Some(sought) = Sought::new(&sought) {
                let new = sought.replaced(&text, " [x] ");
                prop_assert!(!sought.is_in(&new), "{:?}", new);
            }
        }
    }
}
