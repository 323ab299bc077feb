//! The panel's judgements.

use super::{Ground, Step};
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::record::RecordKind;
use crate::domain::revision::Edit;
use crate::domain::tool::Tool;
use crate::session::command::{JudgeCommand, Refused};
use crate::session::panel::OpenCase;

/// The reason kept with what all agencies agree on.
pub const ALL_AGREE: &str = "All agencies agree";

fn open_case<'a>(ground: &Ground<'a>, case: RecordId) -> Result<&'a OpenCase, Refused> {
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

pub(super) fn agree_all(ground: &Ground<'_>, case: RecordId) -> Result<Step, Refused> {
    let open = open_case(ground, case)?;
    let agreed = open.to_agree(ground.register);
    let edits = agreed.into_iter().map(|(question, value)| {
        let judgement = Judgement {
            case,
            question: Some(question.id.clone()),
            value: value.clone(),
            reason: ALL_AGREE.into(),
            dissent: String::new(),
        };
        Edit::put(Judgement::id(case, Some(&question.id)), judgement)
    });
    let edits: Vec<Edit> = edits.collect();
    if edits.is_empty() {
        return Err(Refused::NothingToAgree);
    }
    let label = format!("what all agencies agree on, {}", open.reference);
    Ok(Step::new(label, edits))
}
