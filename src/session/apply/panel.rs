//! The panel's judgements.

use super::{Ground, Step};
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::record::RecordKind;
use crate::domain::revision::Edit;
use crate::domain::tool::Tool;
use crate::session::command::{JudgeCommand, Refused};
use crate::session::panel::OpenCase;

pub(super) fn open_case<'a>(ground: &Ground<'a>, case: RecordId) -> Result<&'a OpenCase, Refused> {
    let open = ground.case.filter(|open| open.case == case);
    open.ok_or(Refused::CaseNotOpen)
}

pub(super) fn judge(ground: &Ground<'_>, judge: &JudgeCommand) -> Result<Step, Refused> {
    let open = open_case(ground, judge.case)?;
    let what = name_of(&open.tool, judge.question.as_deref())?;
    let id = Judgement::id(judge.case, judge.question.as_deref());
    let label = format!("panel judgement on {what}, {}", open.reference);
    let Some(value) = &judge.value else {
        return Ok(Step::new(
            label,
            vec![Edit::delete(id, RecordKind::Judgement)],
        ));
    };
    check(&open.tool, judge, &what)?;
    if judge.question.is_none() && judge.reason.trim().is_empty() {
        needs_no_reason(ground, open, judge)?;
    }
    let known = ground.register.judgements.get(&id);
    // Words on a judgement that stands are typing; another value is a step of its own.
    let typing = known.is_some_and(|known| known.value == *value);
    let judgement = Judgement {
        case: judge.case,
        question: judge.question.clone(),
        value: value.clone(),
        reason: judge.reason.clone(),
        dissent: judge.dissent.clone(),
    };
    Ok(Step {
        typing_in: typing.then(|| format!("{id} words")),
        ..Step::new(label, vec![Edit::put(id, judgement)])
    })
}

/// What is judged, as it is called: the question's printed code, or the overall grade.
fn name_of(tool: &Tool, question: Option<&str>) -> Result<String, Refused> {
    let Some(id) = question else {
        return Ok("the overall grade".into());
    };
    let known = tool.question(id).map(|question| question.code.clone());
    known.ok_or_else(|| Refused::Answer {
        question: id.to_owned(),
        why: "it is not a question of this tool".into(),
    })
}

fn check(tool: &Tool, judge: &JudgeCommand, what: &str) -> Result<(), Refused> {
    let Some(value) = &judge.value else {
        return Ok(());
    };
    let question = judge.question.as_deref().and_then(|id| tool.question(id));
    let refused = match question {
        Some(question) => {
            let options = tool.options(question).into_iter();
            let options: Vec<String> = options.map(|option| option.id).collect();
            question.kind.refuses(value, &options)
        }
        None => {
            let scale = tool.scale(&tool.grade_scale);
            let known = match value.chosen() {
                [id] => scale.is_some_and(|scale| scale.value(id).is_some()),
                _ => false,
            };
            (!known).then(|| "it is not on the scale of this tool".into())
        }
    };
    refused.map_or(Ok(()), |why| {
        Err(Refused::Answer {
            question: what.to_owned(),
            why,
        })
    })
}

/// A grade above what the limiting rules suggest has to say why.
fn needs_no_reason(
    ground: &Ground<'_>,
    open: &OpenCase,
    judge: &JudgeCommand,
) -> Result<(), Refused> {
    let grade = judge
        .value
        .as_ref()
        .and_then(|value| value.chosen().first());
    let ceiling = open.ceiling(ground.register);
    match (ceiling, grade) {
        (Some(ceiling), Some(grade)) if ceiling.is_exceeded_by(&open.tool, grade) => Err(
            Refused::Needed("A reason for a grade above what the limiting rules suggest"),
        ),
        _ => Ok(()),
    }
}

/// The reason kept with a judgement on which the agencies agree: no more than how many answered.
fn agreement(answered: usize) -> String {
    match answered {
        2 => "Both agencies that answered agree".into(),
        count => format!("All {count} agencies that answered agree"),
    }
}

pub(super) fn agree_all(ground: &Ground<'_>, case: RecordId) -> Result<Step, Refused> {
    let open = open_case(ground, case)?;
    let agreed = open.to_agree(ground.register);
    let edits = agreed.into_iter().map(|(question, value)| {
        let judgement = Judgement {
            case,
            question: Some(question.id.clone()),
            value: value.clone(),
            reason: agreement(open.answers_to(question).len()),
            dissent: String::new(),
        };
        Edit::put(Judgement::id(case, Some(&question.id)), judgement)
    });
    let edits: Vec<Edit> = edits.collect();
    if edits.is_empty() {
        return Err(Refused::NothingToAgree);
    }
    let label = format!("what agencies agree on, {}", open.reference);
    Ok(Step::new(label, edits))
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use chrono::Utc;

    use super::*;
    use crate::domain::answer::{Answer, Blank, Given, Value};
    use crate::domain::audit::{Audit, AuditState, Scope};
    use crate::domain::case::Case;
    use crate::domain::catalogue::Catalogue;
    use crate::domain::form::{AgencyReturn, CaseForm, FormStatus};
    use crate::domain::register::Register;
    use crate::session::document::FormContent;

    type Forms<'a> = &'a [(&'a str, FormStatus, &'a [(&'a str, Given)])];

    /// One case of a neglect audit.
    pub(in crate::session::apply) struct Fixture {
        pub(in crate::session::apply) register: Register,
        catalogue: Catalogue,
        pub(in crate::session::apply) open: OpenCase,
    }

    impl Fixture {
        /// With the forms of these agencies.
        pub(in crate::session::apply) fn new(forms: Forms<'_>) -> Self {
            let catalogue = Catalogue::built_in().unwrap();
            let tool = catalogue.tool("neglect").unwrap().clone();
            let (audit, case) = (RecordId::fresh(), RecordId::fresh());
            let mut register = Register::default();
            let record = Audit {
                title: "Neglect".into(),
                tool: tool.name(),
                agencies: forms.iter().map(|(code, ..)| (*code).into()).collect(),
                state: AuditState::Panel,
                scope: Scope::default(),
                re_audit_of: None,
            };
            let named = Case {
                audit,
                reference: "NEG26-01".into(),
                age_band: None,
                sex: None,
                ethnicity: None,
                plan: None,
                same_as: None,
            };
            let edits = [
                Edit::put(Tool::id(&tool.name()), tool),
                Edit::put(audit, record),
                Edit::put(case, named),
            ];
            edits.iter().for_each(|edit| register.apply(edit));
            let contents = fill(&mut register, audit, case, forms);
            let open = OpenCase::new(&register, case, contents).unwrap();
            Self {
                register,
                catalogue,
                open,
            }
        }

        pub(in crate::session::apply) fn ground(&self) -> Ground<'_> {
            Ground {
                register: &self.register,
                catalogue: &self.catalogue,
                form: None,
                case: Some(&self.open),
                now: Utc::now(),
            }
        }

        fn judge(&self, question: Option<&str>, value: &str) -> Result<Step, Refused> {
            let command = JudgeCommand {
                case: self.open.case,
                question: question.map(str::to_owned),
                value: Some(Value::one(value)),
                reason: String::new(),
                dissent: String::new(),
            };
            judge(&self.ground(), &command)
        }
    }

    fn fill(
        register: &mut Register,
        audit: RecordId,
        case: RecordId,
        forms: Forms<'_>,
    ) -> BTreeMap<RecordId, FormContent> {
        let mut contents = BTreeMap::new();
        for (agency, status, answers) in forms {
            let returned = AgencyReturn::id(audit, agency);
            let id = CaseForm::id(returned, case);
            let mut form = CaseForm::new(returned, case);
            form.status = *status;
            register.apply(&Edit::put(id, form));
            let mut content = FormContent::default();
            for (question, given) in *answers {
                let mut answer = Answer::empty(id, question);
                answer.given = Some(given.clone());
                content.answers.insert((*question).into(), answer);
            }
            contents.insert(id, content);
        }
        contents
    }

    fn value(id: &str) -> Given {
        Given::Value(Value::one(id))
    }

    #[test]
    fn only_what_fits_the_question_of_the_open_case_is_kept() {
        let fixture = Fixture::new(&[]);
        let cases = [
            (Some("C01"), "good", true),
            (Some("C01"), "yes", false),
            (Some("C04"), "yes", true),
            (Some("Z99"), "yes", false),
            (None, "good", true),
            (None, "yes", false),
        ];
        for (question, given, kept) in cases {
            let step = fixture.judge(question, given);
            assert_eq!(step.is_ok(), kept, "{question:?} {given}");
        }
        let label = fixture.judge(Some("C01"), "good").unwrap().label;
        assert_eq!(label.unwrap(), "panel judgement on C01, NEG26-01");
        let closed = Ground {
            case: None,
            ..fixture.ground()
        };
        let refused = agree_all(&closed, fixture.open.case).unwrap_err();
        assert_eq!(refused, Refused::CaseNotOpen);
    }

    #[test]
    fn only_what_two_submitted_forms_say_alike_is_agreed() {
        use FormStatus::{InProgress, Submitted};
        let blank = || Given::Blank(Blank::NotEvidenced);
        let care = [
            ("C01", value("good")),
            ("C03", value("good")),
            ("C05", value("good")),
            ("C07", value("good")),
            ("C12", blank()),
        ];
        let police = [
            ("C01", value("good")),
            ("C03", value("inadequate")),
            ("C05", blank()),
            ("C12", blank()),
        ];
        // Not submitted: neither its difference nor its agreement counts.
        let practice = [("C01", value("inadequate")), ("C07", value("good"))];
        let mut fixture = Fixture::new(&[
            ("CSC", Submitted, &care),
            ("POL", Submitted, &police),
            ("GP", InProgress, &practice),
        ]);
        let step = agree_all(&fixture.ground(), fixture.open.case).unwrap();
        let id = Judgement::id(fixture.open.case, Some("C01"));
        let records: Vec<RecordId> = step.edits.iter().map(|edit| edit.record).collect();
        assert_eq!(records, [id]);
        fixture.register.apply(&step.edits[0]);
        let again = agree_all(&fixture.ground(), fixture.open.case);
        assert_eq!(again.unwrap_err(), Refused::NothingToAgree);
    }

    #[test]
    fn a_grade_above_the_ceiling_is_refused_without_a_reason() {
        let unsafe_now = [("C15b", value("no"))];
        let fixture = Fixture::new(&[("GP", FormStatus::Submitted, &unsafe_now)]);
        for (grade, kept) in [("good", false), ("inadequate", true)] {
            assert_eq!(fixture.judge(None, grade).is_ok(), kept, "{grade}");
        }
        let begun = Fixture::new(&[("GP", FormStatus::InProgress, &unsafe_now)]);
        assert!(begun.judge(None, "good").is_ok());
    }
}
