//! The scope of an audit that is there already.

use super::{Ground, Step};
use crate::domain::audit::Audit;
use crate::domain::revision::Edit;
use crate::session::command::{Refused, ScopeCommand};

pub(super) fn change(ground: &Ground<'_>, change: &ScopeCommand) -> Result<Step, Refused> {
    let register = ground.register;
    let audit = register.audits.get(&change.audit);
    let audit = audit.ok_or(Refused::Needed("The audit"))?;
    let title = change.title.trim();
    if title.is_empty() {
        return Err(Refused::Needed("A title"));
    }
    let mut others = register.audits.iter();
    if others.any(|(id, other)| *id != change.audit && other.title == title) {
        return Err(Refused::TitleTaken(title.to_owned()));
    }
    // An audit does not repeat itself, and no two audits repeat each other.
    let repeats = change.re_audit_of.filter(|first| {
        let first_repeats = register.audits.get(first).map(|first| first.re_audit_of);
        *first != change.audit && first_repeats.is_some_and(|of| of != Some(change.audit))
    });
    let after = Audit {
        title: title.to_owned(),
        scope: change.scope.clone(),
        re_audit_of: repeats,
        ..audit.clone()
    };
    Ok(Step {
        typing_in: Some(format!("{} scope", change.audit)),
        ..Step::new(
            format!("scope of {title}"),
            vec![Edit::put(change.audit, after)],
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::audit::{AuditState, Scope};
    use crate::domain::catalogue::Catalogue;
    use crate::domain::id::RecordId;
    use crate::domain::record::Record;
    use crate::domain::register::Register;

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

    #[test]
    fn titles_stay_unique_and_no_audit_repeats_itself() {
        let catalogue = Catalogue::built_in().unwrap();
        let mut register = Register::default();
        let (first, second) = (RecordId::fresh(), RecordId::fresh());
        register.apply(&Edit::put(first, audit("Neglect 2025", None)));
        register.apply(&Edit::put(second, audit("Neglect 2026", Some(first))));
        let ground = Ground {
            register: &register,
            catalogue: &catalogue,
            form: None,
            case: None,
            now: chrono::Utc::now(),
        };
        let made = |audit, title: &str, re_audit_of| {
            let command = ScopeCommand {
                audit,
                title: title.into(),
                scope: Scope {
                    question: "Is it seen?".into(),
                    ..Scope::default()
                },
                re_audit_of,
            };
            change(&ground, &command)
        };
        assert_eq!(
            made(second, " Neglect 2025", None).unwrap_err(),
            Refused::TitleTaken("Neglect 2025".into())
        );
        assert_eq!(
            made(second, "  ", None).unwrap_err(),
            Refused::Needed("A title")
        );
        let cases = [
            (second, Some(first), Some(first)),
            (second, Some(second), None),
            (first, Some(second), None),
        ];
        for (id, repeats, kept) in cases {
            let step = made(id, "Neglect again", repeats).unwrap();
            let Some(Record::Audit(after)) = &step.edits[0].after else {
                panic!("an audit is put");
            };
            assert_eq!(after.re_audit_of, kept);
            assert_eq!(after.scope.question, "Is it seen?");
            assert_eq!(after.agencies, ["GP"]);
        }
    }
}
