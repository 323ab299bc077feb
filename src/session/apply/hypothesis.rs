//! What an audit sets out to test: stated while it is scoped, decided by the panel.

use super::{Ground, Step};
use crate::domain::audit::{AuditState, Hypothesis};
use crate::domain::id::RecordId;
use crate::domain::record::RecordKind;
use crate::domain::revision::Edit;
use crate::session::command::{HypothesisCommand, Refused};

pub(super) fn step(ground: &Ground<'_>, command: &HypothesisCommand) -> Result<Step, Refused> {
    match command {
        HypothesisCommand::Add { audit, text } => add(ground, *audit, text),
        HypothesisCommand::Word(id, text) => {
            let known = stated(ground, *id)?;
            let text = needed(text)?;
            Ok(typed(*id, "wording", Hypothesis { text, ..known }))
        }
        HypothesisCommand::SetQuestions(id, questions) => {
            let known = stated(ground, *id)?;
            let questions = in_order(ground, &known, questions);
            let after = Hypothesis { questions, ..known };
            Ok(changed(*id, "questions", after))
        }
        HypothesisCommand::Remove(id) => {
            let known = stated(ground, *id)?;
            if known.verdict.is_some() {
                return Err(Refused::HypothesisDecided(known.code));
            }
            let edit = Edit::delete(*id, RecordKind::Hypothesis);
            Ok(Step::new(format!("removal of {}", known.code), vec![edit]))
        }
        HypothesisCommand::Decide(id, verdict) => {
            let after = Hypothesis {
                verdict: *verdict,
                ..known(ground, *id)?
            };
            Ok(changed(*id, "verdict", after))
        }
        HypothesisCommand::SetRationale(id, rationale) => {
            let after = Hypothesis {
                rationale: rationale.clone(),
                ..known(ground, *id)?
            };
            Ok(typed(*id, "reason for the verdict", after))
        }
    }
}

fn add(ground: &Ground<'_>, audit: RecordId, text: &str) -> Result<Step, Refused> {
    may_be_stated(ground, audit)?;
    let own = ground.register.hypotheses_of(audit);
    let numbers = own.iter().filter_map(|(_, hypothesis)| {
        let digits = hypothesis.code.strip_prefix('H')?;
        digits.parse::<usize>().ok()
    });
    let code = format!("H{}", numbers.max().unwrap_or(0) + 1);
    let hypothesis = Hypothesis {
        audit,
        code,
        text: needed(text)?,
        questions: Vec::new(),
        verdict: None,
        rationale: String::new(),
    };
    Ok(changed(RecordId::fresh(), "statement", hypothesis))
}

fn known(ground: &Ground<'_>, id: RecordId) -> Result<Hypothesis, Refused> {
    let known = ground.register.hypotheses.get(&id).cloned();
    known.ok_or(Refused::Needed("The hypothesis"))
}

/// The hypothesis, as long as it may still be changed.
fn stated(ground: &Ground<'_>, id: RecordId) -> Result<Hypothesis, Refused> {
    let known = known(ground, id)?;
    may_be_stated(ground, known.audit)?;
    Ok(known)
}

fn may_be_stated(ground: &Ground<'_>, audit: RecordId) -> Result<(), Refused> {
    let audit = ground.register.audits.get(&audit);
    let audit = audit.ok_or(Refused::Needed("The audit"))?;
    match audit.state {
        AuditState::Scoping | AuditState::Open => Ok(()),
        _ => Err(Refused::HypothesisFixed),
    }
}

fn needed(text: &str) -> Result<String, Refused> {
    match text.trim() {
        "" => Err(Refused::Needed("The statement to test")),
        text => Ok(text.to_owned()),
    }
}

/// Only questions of the audit's tool, in the order of the form.
fn in_order(ground: &Ground<'_>, known: &Hypothesis, wanted: &[String]) -> Vec<String> {
    let tool = ground.register.tool_of(known.audit);
    let questions = tool.map_or(&[][..], |tool| &tool.questions);
    let ids = questions.iter().map(|question| &question.id);
    ids.filter(|id| wanted.contains(id)).cloned().collect()
}

fn changed(id: RecordId, what: &str, after: Hypothesis) -> Step {
    let label = format!("{what} of {}", after.code);
    Step::new(label, vec![Edit::put(id, after)])
}

fn typed(id: RecordId, what: &str, after: Hypothesis) -> Step {
    Step {
        typing_in: Some(format!("{id} {what}")),
        ..changed(id, what, after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::audit::{Audit, Scope, Verdict};
    use crate::domain::catalogue::Catalogue;
    use crate::domain::record::Record;
    use crate::domain::register::Register;
    use crate::domain::tool::Tool;

    struct Fixture {
        register: Register,
        catalogue: Catalogue,
        audit: RecordId,
    }

    impl Fixture {
        fn new(state: AuditState) -> Self {
            let catalogue = Catalogue::built_in().unwrap();
            let tool = catalogue.tool("neglect").unwrap().clone();
            let audit = RecordId::fresh();
            let record = Audit {
                title: "Neglect".into(),
                tool: tool.name(),
                agencies: vec![],
                state,
                scope: Scope::default(),
                re_audit_of: None,
            };
            let mut register = Register::default();
            register.apply(&Edit::put(Tool::id(&tool.name()), tool));
            register.apply(&Edit::put(audit, record));
            Self {
                register,
                catalogue,
                audit,
            }
        }

        fn run(&mut self, command: &HypothesisCommand) -> Result<RecordId, Refused> {
            let ground = Ground {
                register: &self.register,
                catalogue: &self.catalogue,
                form: None,
                case: None,
                now: chrono::Utc::now(),
            };
            let step = step(&ground, command)?;
            step.edits.iter().for_each(|edit| self.register.apply(edit));
            Ok(step.edits[0].record)
        }

        fn add(&mut self, text: &str) -> Result<RecordId, Refused> {
            let audit = self.audit;
            let text = text.into();
            self.run(&HypothesisCommand::Add { audit, text })
        }
    }

    #[test]
    fn hypotheses_are_stated_worded_and_taken_away_while_an_audit_is_scoped() {
        let mut fixture = Fixture::new(AuditState::Scoping);
        let first = fixture.add(" Tools are used once ").unwrap();
        let second = fixture.add("Plans drift").unwrap();
        assert!(matches!(fixture.add("  "), Err(Refused::Needed(_))));
        fixture.run(&HypothesisCommand::Remove(first)).unwrap();
        let third = fixture.add("Voice is gathered").unwrap();
        // A code that was given is not given again.
        let code = |fixture: &Fixture, id| fixture.register.hypotheses[&id].code.clone();
        assert_eq!(code(&fixture, second), "H2");
        assert_eq!(code(&fixture, third), "H3");
        let wanted = ["C12", "Z99", "C01"].map(str::to_owned).to_vec();
        fixture
            .run(&HypothesisCommand::SetQuestions(second, wanted))
            .unwrap();
        let kept = &fixture.register.hypotheses[&second].questions;
        assert_eq!(kept, &["C01", "C12"]);
    }

    #[test]
    fn the_panel_decides_and_says_why_but_no_longer_rewords() {
        let mut fixture = Fixture::new(AuditState::Scoping);
        let id = fixture.add("Plans drift").unwrap();
        let audit = fixture.register.audits.get_mut(&fixture.audit).unwrap();
        audit.state = AuditState::Panel;
        let verdict = Some(Verdict::PartlyConfirmed);
        fixture
            .run(&HypothesisCommand::Decide(id, verdict))
            .unwrap();
        fixture
            .run(&HypothesisCommand::SetRationale(
                id,
                "In five of nine.".into(),
            ))
            .unwrap();
        let record = fixture.register.get(RecordKind::Hypothesis, id);
        let Some(Record::Hypothesis(kept)) = record else {
            panic!("it is there");
        };
        assert_eq!(kept.verdict, verdict);
        assert_eq!(kept.rationale, "In five of nine.");
        for late in [
            HypothesisCommand::Word(id, "Plans never drift".into()),
            HypothesisCommand::Remove(id),
        ] {
            assert_eq!(fixture.run(&late).unwrap_err(), Refused::HypothesisFixed);
        }
        let audit = fixture.register.audits.get_mut(&fixture.audit).unwrap();
        audit.state = AuditState::Open;
        let refused = fixture.run(&HypothesisCommand::Remove(id)).unwrap_err();
        assert_eq!(refused, Refused::HypothesisDecided("H1".into()));
    }
}
