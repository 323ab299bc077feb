//! The fields of a record in words, lined up between its versions.

use super::{Field, Says};
use crate::session::history::{FieldText, Words, fields};

/// The fields of each version, in one order for all, without those that are empty in all.
pub(super) fn side_by_side(versions: &[Says], words: Words<'_>) -> Vec<Vec<Field>> {
    let lines = versions.iter().map(|says| match says {
        Says::Record(record) => fields(record, words),
        Says::Gone | Says::Unreadable => Vec::new(),
    });
    let lines: Vec<Vec<FieldText>> = lines.collect();
    let mut labels: Vec<&String> = Vec::new();
    for (label, words) in lines.iter().flatten() {
        if !words.is_empty() && !labels.contains(&label) {
            labels.push(label);
        }
    }
    let words = |lines: &[FieldText], label: &String| {
        let found = lines.iter().find(|(known, _)| known == label);
        found.map_or_else(String::new, |(_, words)| words.clone())
    };
    let field = |own: &[FieldText], label: &String| {
        let own = words(own, label);
        Field {
            label: label.clone(),
            differs: lines.iter().any(|other| words(other, label) != own),
            words: own,
        }
    };
    let of = |own: &Vec<FieldText>| labels.iter().map(|label| field(own, label)).collect();
    lines.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{Answer, Given, Value};
    use crate::domain::audit::{Audit, AuditState, Scope};
    use crate::domain::catalogue::Catalogue;
    use crate::domain::id::RecordId;
    use crate::domain::record::Record;
    use crate::domain::register::Register;

    fn shown_as(versions: &[Says]) -> Vec<Vec<String>> {
        let words = Words {
            register: &Register::default(),
            catalogue: &Catalogue::built_in().unwrap(),
        };
        let sides = side_by_side(versions, words).into_iter();
        let words = |field: Field| {
            let differs = if field.differs { " (differs)" } else { "" };
            format!("{}: {}{differs}", field.label, field.words)
        };
        sides
            .map(|fields| fields.into_iter().map(words).collect())
            .collect()
    }

    fn record(record: impl Into<Record>) -> Says {
        Says::Record(Box::new(record.into()))
    }

    #[test]
    fn only_what_differs_is_said_to() {
        let mut one = Answer::empty(RecordId::fresh(), "C01");
        one.given = Some(Given::Value(Value::one("good")));
        one.worked = "Seen alone".into();
        let mut two = one.clone();
        two.worries = "Not asked".into();
        assert_eq!(
            shown_as(&[record(one.clone()), record(two.clone())]),
            [
                vec![
                    "Answer: good",
                    "What worked: Seen alone",
                    "What worries us:  (differs)",
                ],
                vec![
                    "Answer: good",
                    "What worked: Seen alone",
                    "What worries us: Not asked (differs)",
                ],
            ]
        );
        let with_none = shown_as(&[record(one), Says::Gone]);
        assert_eq!(
            with_none[1],
            ["Answer:  (differs)", "What worked:  (differs)"]
        );
    }

    #[test]
    fn the_scope_of_an_audit_is_told_field_by_field() {
        let audit = |question: &str| Audit {
            title: "Neglect 2026".into(),
            tool: "neglect@1".into(),
            agencies: vec!["CSC".into(), "POL".into()],
            state: AuditState::Open,
            scope: Scope {
                question: question.into(),
                ..Scope::default()
            },
            re_audit_of: None,
        };
        let sides = shown_as(&[record(audit("Old?")), record(audit("New?"))]);
        let said = |side: usize, words: &str| sides[side].contains(&words.to_owned());
        assert!(said(0, "Question: Old? (differs)"), "{sides:?}");
        assert!(said(1, "Agencies: CSC, POL"), "{sides:?}");
    }
}
