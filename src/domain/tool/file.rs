//! From a tool file to a whole tool: the shared core and the scales are put in.

use super::{Scale, Section, Tool};

/// A tool file that names a core or scale that is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Incomplete {
    /// The core is unknown.
    #[error("it builds on “{0}”, which this program does not have")]
    Core(String),
    /// A scale is unknown.
    #[error("it grades on the scale “{0}”, which this program does not have")]
    Scale(String),
}

/// Puts the core's sections and questions and the scales used into `own`, and brings the questions
/// into the order of the form: by section, the core's first.
///
/// # Errors
/// [`Incomplete`] when the core or a scale it names is not among `cores` and `scales`.
pub fn complete(own: Tool, cores: &[Tool], scales: &[Scale]) -> Result<Tool, Incomplete> {
    let mut tool = match own.core.clone() {
        None => own,
        Some(name) => {
            let core = cores.iter().find(|core| core.name() == name);
            on_core(own, core.ok_or(Incomplete::Core(name))?)
        }
    };
    for id in [
        tool.grade_scale.clone(),
        super::scale::YES_PARTLY_NO.to_owned(),
    ] {
        if tool.scale(&id).is_none() {
            let scale = scales.iter().find(|scale| scale.id == id);
            tool.scales
                .push(scale.cloned().ok_or(Incomplete::Scale(id))?);
        }
    }
    let order = |sections: &[Section], id: &str| sections.iter().position(|s| s.id == id);
    let sections = tool.sections.clone();
    // Stable: within a section the core's questions stay before the tool's own.
    tool.questions
        .sort_by_key(|question| order(&sections, &question.section));
    Ok(tool)
}

fn on_core(own: Tool, core: &Tool) -> Tool {
    let mut questions = core.questions.clone();
    questions.extend(own.questions);
    let mut key_dates = core.key_dates.clone();
    key_dates.extend(own.key_dates);
    Tool {
        core: None,
        sections: core.sections.clone(),
        safety_question: own.safety_question.or_else(|| core.safety_question.clone()),
        questions,
        key_dates,
        ..own
    }
}
