//! Findings: kept, put in order, looked at again; suggestions set aside and brought back.

use super::{Ground, Step, fits};
use crate::domain::dismissal::Dismissal;
use crate::domain::finding::{Finding, moved};
use crate::domain::id::RecordId;
use crate::domain::record::RecordKind;
use crate::domain::revision::Edit;
use crate::session::command::{FindingCommand, Refused};

pub(super) fn step(ground: &Ground<'_>, command: &FindingCommand) -> Result<Step, Refused> {
    match command {
        FindingCommand::Keep(id, finding) => keep(ground, *id, finding),
        FindingCommand::Move(id, by) => change_order(ground, *id, *by),
        FindingCommand::LookAgain(id) => look_again(ground, *id),
        FindingCommand::TakeAway(id, reason) => take_away(ground, *id, reason),
        FindingCommand::Dismiss(dismissal) => dismiss(ground, dismissal),
        FindingCommand::BringBack(id) => {
            let edits = vec![Edit::delete(*id, RecordKind::Dismissal)];
            Ok(Step::new("suggestion put forward again", edits))
        }
    }
}

fn known<'a>(ground: &Ground<'a>, id: RecordId) -> Result<&'a Finding, Refused> {
    let found = ground.register.findings.get(&id);
    found.ok_or(Refused::Needed("The finding"))
}

fn keep(ground: &Ground<'_>, id: RecordId, finding: &Finding) -> Result<Step, Refused> {
    if finding.text.trim().is_empty() {
        return Err(Refused::Needed("The finding in words"));
    }
    fits(&finding.text)?;
    if ground.catalogue.theme(&finding.theme).is_none() {
        return Err(Refused::Needed("A theme"));
    }
    let register = ground.register;
    if !register.audits.contains_key(&finding.audit) {
        return Err(Refused::Needed("The audit"));
    }
    let before = register.findings.get(&id);
    let others = register.findings_of(finding.audit);
    let last = others.last().map_or(0, |(_, finding)| finding.number);
    let kept = Finding {
        number: before.map_or(last + 1, |before| before.number),
        ..finding.clone()
    };
    let typing = before.is_some();
    let label = format!("finding {}", kept.number);
    Ok(Step {
        typing_in: typing.then(|| format!("{id}")),
        ..Step::new(label, vec![Edit::put(id, kept)])
    })
}

/// Numbers follow the order, 1 for the first; only those that change are kept anew.
fn numbered(order: &[(RecordId, &Finding)]) -> Vec<Edit> {
    let numbers = (1..).zip(order);
    let wrong = numbers.filter(|(number, (_, finding))| finding.number != *number);
    wrong
        .map(|(number, (id, finding))| {
            let finding = Finding {
                number,
                ..(*finding).clone()
            };
            Edit::put(*id, finding)
        })
        .collect()
}

fn change_order(ground: &Ground<'_>, id: RecordId, by: isize) -> Result<Step, Refused> {
    let finding = known(ground, id)?;
    let order = ground.register.findings_of(finding.audit);
    let at = order.iter().position(|(own, _)| *own == id).unwrap_or(0);
    let edits = numbered(&moved(order, at, by));
    Ok(Step::new("order of the findings", edits))
}

fn look_again(ground: &Ground<'_>, id: RecordId) -> Result<Step, Refused> {
    let finding = known(ground, id)?;
    let looked_at = Finding {
        looked_at: Some(ground.now),
        ..finding.clone()
    };
    let label = format!("finding {} looked at again", finding.number);
    Ok(Step::new(label, vec![Edit::put(id, looked_at)]))
}

fn take_away(ground: &Ground<'_>, id: RecordId, reason: &str) -> Result<Step, Refused> {
    let finding = known(ground, id)?;
    if reason.trim().is_empty() {
        return Err(Refused::NoReason);
    }
    let actions = ground.register.actions_from(id).len();
    if actions > 0 {
        return Err(Refused::HasActions(actions));
    }
    let mut order = ground.register.findings_of(finding.audit);
    order.retain(|(own, _)| *own != id);
    let mut edits = vec![Edit::delete(id, RecordKind::Finding)];
    edits.extend(numbered(&order));
    Ok(Step {
        reason: Some(reason.trim().to_owned()),
        ..Step::new(format!("finding {} taken away", finding.number), edits)
    })
}

fn dismiss(ground: &Ground<'_>, dismissal: &Dismissal) -> Result<Step, Refused> {
    if dismissal.reason.trim().is_empty() {
        return Err(Refused::NoReason);
    }
    if !ground.register.audits.contains_key(&dismissal.audit) {
        return Err(Refused::Needed("The audit"));
    }
    let id = Dismissal::id(dismissal.audit, &dismissal.suggestion);
    let edits = vec![Edit::put(id, dismissal.clone())];
    Ok(Step {
        reason: Some(dismissal.reason.trim().to_owned()),
        ..Step::new("suggestion set aside", edits)
    })
}

#[cfg(test)]
mod tests {
    use chrono::Utc;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::catalogue::Catalogue;
    use crate::domain::finding::FindingKind;
    use crate::domain::record::Record;
    use crate::domain::register::Register;

    /// A register with one audit.
    fn register() -> (Register, RecordId) {
        let audit = RecordId::fresh();
        let body = r#"{"title":"Neglect","tool":"neglect@1","agencies":[],"scope":{}}"#;
        let mut register = Register::default();
        let record = Record::read(RecordKind::Audit, body).unwrap();
        register.apply(&Edit::put(audit, record));
        (register, audit)
    }

    fn finding(audit: RecordId, words: &str) -> Finding {
        Finding {
            theme: "T07".into(),
            text: words.into(),
            ..Finding::new(audit, FindingKind::Strength)
        }
    }

    fn does(
        register: &mut Register,
        catalogue: &Catalogue,
        command: &FindingCommand,
    ) -> Result<(), Refused> {
        let ground = Ground {
            register,
            catalogue,
            form: None,
            case: None,
            now: Utc::now(),
        };
        let made = step(&ground, command)?;
        made.edits.iter().for_each(|edit| register.apply(edit));
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn numbers_are_one_to_as_many_as_there_are(
            steps in prop::collection::vec((0_usize..3, 0_usize..8, -3_isize..4), 1..25),
        ) {
            let catalogue = Catalogue::built_in().unwrap();
            let (mut register, audit) = register();
            for (what, at, by) in steps {
                let known = register.findings_of(audit);
                let id = known.get(at).map(|(id, _)| *id);
                let before: Vec<RecordId> = known.iter().map(|(id, _)| *id).collect();
                let command = match (what, id) {
                    (1, Some(id)) => FindingCommand::Move(id, by),
                    (2, Some(id)) => FindingCommand::TakeAway(id, "Said twice".into()),
                    _ => FindingCommand::Keep(RecordId::fresh(), finding(audit, "Found")),
                };
                does(&mut register, &catalogue, &command).unwrap();
                let after = register.findings_of(audit);
                let numbers: Vec<u32> = after.iter().map(|(_, finding)| finding.number).collect();
                prop_assert_eq!(numbers, (1..=after.len() as u32).collect::<Vec<_>>());
                if let (1, Some(id)) = (what, id) {
                    let others = |order: Vec<RecordId>| -> Vec<RecordId> {
                        order.into_iter().filter(|own| *own != id).collect()
                    };
                    let after = after.iter().map(|(id, _)| *id).collect();
                    prop_assert_eq!(others(before), others(after));
                }
            }
        }
    }

    #[test]
    fn a_finding_says_something_and_has_a_theme_that_is_known() {
        let catalogue = Catalogue::built_in().unwrap();
        let (mut register, audit) = register();
        let long = "x".repeat(crate::domain::tool::LONGEST_TEXT + 1);
        let theme = |theme: &str| Finding {
            theme: theme.into(),
            ..finding(audit, "Found")
        };
        let cases = [
            (finding(audit, " "), false),
            (finding(audit, &long), false),
            (theme(""), false),
            (theme("T99"), false),
            (finding(RecordId::fresh(), "Found"), false),
            (finding(audit, "Found"), true),
        ];
        for (finding, kept) in cases {
            let words: String = finding.text.chars().take(10).collect();
            let command = FindingCommand::Keep(RecordId::fresh(), finding);
            let done = does(&mut register, &catalogue, &command).is_ok();
            assert_eq!(done, kept, "{words}");
        }
        let reason = Dismissal {
            audit,
            suggestion: "weak_theme:T07".into(),
            reason: " ".into(),
        };
        let command = FindingCommand::Dismiss(reason);
        let refused = does(&mut register, &catalogue, &command);
        assert_eq!(refused, Err(Refused::NoReason));
    }
}
