//! A case that was read in an earlier audit too.

use super::{Ground, Step};
use crate::domain::case::Case;
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::revision::Edit;
use crate::session::command::Refused;

/// Whether the earlier audit has a case with this reference.
pub(super) fn was_read(register: &Register, earlier: Option<RecordId>, reference: &str) -> bool {
    let mut cases = register.cases.values();
    cases.any(|case| Some(case.audit) == earlier && case.reference == reference)
}

/// Says under which reference the same child's case was read in the audit that this one repeats, or
/// that it was not.
pub(super) fn say_same_as(
    ground: &Ground<'_>,
    id: RecordId,
    same_as: Option<&String>,
) -> Result<Step, Refused> {
    let register = ground.register;
    let case = register.cases.get(&id).ok_or(Refused::Needed("The case"))?;
    let refused = |why: String| Refused::Case {
        reference: case.reference.clone(),
        why,
    };
    if let Some(earlier) = same_as {
        let audit = register.audits.get(&case.audit);
        let repeats = audit.and_then(|audit| audit.re_audit_of);
        if !was_read(register, repeats, earlier) {
            let why = format!("there is no case {earlier} in the audit that this one repeats");
            return Err(refused(why));
        }
        let mut others = register.cases.iter();
        let taken = others.find(|(other, own)| {
            **other != id && own.audit == case.audit && own.same_as.as_ref() == Some(earlier)
        });
        if let Some((_, other)) = taken {
            let why = format!("{} is said to be {earlier} already", other.reference);
            return Err(refused(why));
        }
    }
    let after = Case {
        same_as: same_as.cloned(),
        ..case.clone()
    };
    let label = format!("earlier case of {}", case.reference);
    Ok(Step::new(label, vec![Edit::put(id, after)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::audit::{Audit, AuditState, Scope};
    use crate::domain::catalogue::Catalogue;
    use crate::domain::record::Record;

    fn audit(title: &str, re_audit_of: Option<RecordId>) -> Audit {
        Audit {
            title: title.into(),
            tool: "neglect@1".into(),
            agencies: vec!["GP".into()],
            state: AuditState::Open,
            scope: Scope::default(),
            re_audit_of,
        }
    }

    fn case(audit: RecordId, reference: &str) -> Case {
        Case {
            audit,
            reference: reference.into(),
            age_band: None,
            sex: None,
            ethnicity: None,
            plan: None,
            same_as: None,
        }
    }

    #[test]
    fn a_child_is_named_once_and_only_by_a_case_of_the_first_audit() {
        let catalogue = Catalogue::built_in().unwrap();
        let mut register = Register::default();
        let [first, again, one, two, old] = [(); 5].map(|()| RecordId::fresh());
        for edit in [
            Edit::put(first, audit("Neglect 2025", None)),
            Edit::put(again, audit("Neglect 2026", Some(first))),
            Edit::put(old, case(first, "NEG25-01")),
            Edit::put(one, case(again, "NEG26-01")),
            Edit::put(two, case(again, "NEG26-02")),
        ] {
            register.apply(&edit);
        }
        let said = |register: &Register, id, earlier: Option<&str>| {
            let ground = Ground {
                register,
                catalogue: &catalogue,
                form: None,
                case: None,
                now: chrono::Utc::now(),
            };
            say_same_as(&ground, id, earlier.map(str::to_owned).as_ref())
        };
        let why = |refused: Result<Step, Refused>| refused.unwrap_err().to_string();
        let unknown = why(said(&register, one, Some("NEG26-02")));
        assert!(unknown.contains("no case NEG26-02"), "{unknown}");
        assert!(why(said(&register, old, Some("NEG25-01"))).contains("no case"));
        let step = said(&register, one, Some("NEG25-01")).unwrap();
        let Some(Record::Case(after)) = &step.edits[0].after else {
            panic!("a case is put");
        };
        assert_eq!(after.same_as.as_deref(), Some("NEG25-01"));
        register.apply(&step.edits[0]);
        let twice = why(said(&register, two, Some("NEG25-01")));
        assert!(
            twice.contains("NEG26-01 is said to be NEG25-01 already"),
            "{twice}"
        );
        // Said once more it stays, and it can be taken back.
        said(&register, one, Some("NEG25-01")).unwrap();
        register.apply(&said(&register, one, None).unwrap().edits[0]);
        said(&register, two, Some("NEG25-01")).unwrap();
    }
}
