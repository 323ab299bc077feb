//! What a form asks next and what it still misses. Pure functions of tool, agency and answers.

use std::collections::BTreeMap;

use super::answer::{Answer, Given, Value};
use super::form::CaseForm;
use super::safety_stop::SafetyStop;
use super::tool::{Kind, Question, SafetyStep, Section, Tool};

/// The answers of one form by question id.
pub type Answers = BTreeMap<String, Answer>;

/// A form as far as the flow needs it.
#[derive(Clone, Copy)]
pub struct FormState<'a> {
    /// The tool version the form is filled in with.
    pub tool: &'a Tool,
    /// The agency that fills it in.
    pub agency: &'a str,
    /// Its answers so far.
    pub answers: &'a Answers,
}

/// How far a section or a whole form is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Questions answered (a blank is an answer).
    pub answered: usize,
    /// Questions asked at the moment.
    pub asked: usize,
}

impl Progress {
    /// Whether nothing is left.
    pub fn is_complete(self) -> bool {
        self.answered == self.asked
    }
}

/// Something that has to be done before a form can be submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The question has no answer.
    Answer(String),
    /// The answer has to say why.
    Note(String),
    /// The safety question has to be answered again, because of this alarming answer.
    SafetyAgain {
        /// The safety question.
        question: String,
        /// The alarming answer's question.
        because: String,
    },
    /// The safety stop is open.
    SafetyStop,
    /// The auditor's role is not given.
    Role,
    /// The overall grade is not given.
    Overall,
    /// The overall grade has to say why.
    OverallReason,
}

impl<'a> FormState<'a> {
    /// The questions asked of this agency now, in the order of the form.
    pub fn asked(&self) -> Vec<&'a Question> {
        let questions = self.tool.questions.iter();
        questions.filter(|question| self.asks(question)).collect()
    }

    /// Whether `question` is asked now.
    pub fn asks(&self, question: &Question) -> bool {
        question.is_for(self.agency)
            && question.asked_if.as_ref().is_none_or(|condition| {
                let Some(earlier) = self.tool.question(&condition.question) else {
                    return false;
                };
                self.asks(earlier)
                    && self.value(&condition.question).is_some_and(|value| {
                        value.chosen().iter().any(|id| condition.is.contains(id))
                    })
            })
    }

    /// The sections in which this agency is asked anything, in order.
    pub fn sections(&self) -> Vec<&'a Section> {
        let asked = self.asked();
        let sections = self.tool.sections.iter();
        sections
            .filter(|section| asked.iter().any(|question| question.section == section.id))
            .collect()
    }

    fn value(&self, question: &str) -> Option<&'a Value> {
        self.answers.get(question).and_then(Answer::value)
    }

    /// Whether the question has an answer or a blank.
    pub fn is_answered(&self, question: &str) -> bool {
        self.answers
            .get(question)
            .is_some_and(|answer| answer.given.is_some())
    }

    /// Whether the answer given has to say why and does not.
    pub fn lacks_note(&self, question: &Question) -> bool {
        self.answers.get(&question.id).is_some_and(|answer| {
            !answer.has_note()
                && answer
                    .value()
                    .is_some_and(|value| self.tool.needs_note(question, value))
        })
    }

    /// How far one section is.
    pub fn progress_in(&self, section: &str) -> Progress {
        self.count(|question| question.section == section)
    }

    /// How far the whole form is.
    pub fn progress(&self) -> Progress {
        self.count(|_| true)
    }

    fn count(&self, counts: impl Fn(&Question) -> bool) -> Progress {
        let asked: Vec<_> = self.asked().into_iter().filter(|q| counts(q)).collect();
        Progress {
            answered: asked.iter().filter(|q| self.is_answered(&q.id)).count(),
            asked: asked.len(),
        }
    }

    /// The first unanswered question after `from` (after the last one it starts again from the
    /// top); from the top when `from` is not given.
    pub fn next_unanswered(&self, from: Option<&str>) -> Option<&'a Question> {
        let asked = self.asked();
        let here = from.and_then(|from| asked.iter().position(|question| question.id == from));
        let start = here.map_or(0, |here| here + 1);
        let (before, after) = asked.split_at(start.min(asked.len()));
        after
            .iter()
            .chain(before)
            .find(|question| !self.is_answered(&question.id))
            .copied()
    }

    /// Questions whose answers raise an alarm short of a stop: those that make the safety
    /// question to be answered again.
    pub fn alarms(&self) -> Vec<&'a Question> {
        let asked = self.asked().into_iter();
        asked
            .filter(|question| {
                question
                    .safety
                    .as_ref()
                    .is_some_and(|s| s.then == SafetyStep::AskAgain)
                    && self
                        .value(&question.id)
                        .is_some_and(|value| question.alarms_at(value))
            })
            .collect()
    }

    /// The alarming answers in whose knowledge the safety question has not been answered yet.
    pub fn unseen_alarms(&self) -> Vec<&'a Question> {
        let Some(safety) = &self.tool.safety_question else {
            return Vec::new();
        };
        let seen = self
            .answers
            .get(safety)
            .map_or(&[][..], |a| a.in_view_of.as_slice());
        let alarms = self.alarms().into_iter();
        alarms
            .filter(|question| !seen.contains(&question.id))
            .collect()
    }

    /// The safety question's answer, when it holds the form.
    pub fn unsafe_answer(&self) -> Option<&'a str> {
        let question = self.tool.question(self.tool.safety_question.as_deref()?)?;
        let value = self.value(&question.id)?;
        question
            .alarms_at(value)
            .then(|| value.chosen().first().map(String::as_str))?
    }

    /// Everything that stands between this form and being submitted, the safety stop first, then
    /// in the order of the form.
    pub fn missing(&self, form: &CaseForm, stop: Option<&SafetyStop>) -> Vec<Missing> {
        let mut missing = Vec::new();
        if stop.map_or(self.unsafe_answer().is_some(), |stop| !stop.is_resolved()) {
            missing.push(Missing::SafetyStop);
        }
        if let Some(question) = &self.tool.safety_question {
            let again = |alarm: &Question| Missing::SafetyAgain {
                question: question.clone(),
                because: alarm.id.clone(),
            };
            missing.extend(self.unseen_alarms().into_iter().map(again));
        }
        if form.role.trim().is_empty() {
            missing.push(Missing::Role);
        }
        for question in self.asked() {
            if !self.is_answered(&question.id) {
                missing.push(Missing::Answer(question.id.clone()));
            } else if self.lacks_note(question) {
                missing.push(Missing::Note(question.id.clone()));
            }
        }
        missing.extend(self.missing_overall(form));
        missing
    }

    fn missing_overall(&self, form: &CaseForm) -> Option<Missing> {
        if !self
            .tool
            .questions
            .iter()
            .any(|question| question.kind == Kind::Grade)
        {
            // A tool without grades has no overall grade either.
            return None;
        }
        let Some(overall) = &form.overall else {
            return Some(Missing::Overall);
        };
        let scale = self.tool.scale(&self.tool.grade_scale)?;
        let explained = !form.overall_reason.trim().is_empty();
        let needed = scale.value(overall).is_some_and(|value| value.needs_note);
        (needed && !explained).then_some(Missing::OverallReason)
    }
}

/// The answer to the safety question as it is kept: with the alarms it was given in view of.
pub fn with_alarms_in_view(state: FormState<'_>, mut answer: Answer) -> Answer {
    if state.tool.safety_question.as_deref() == Some(answer.question.as_str())
        && matches!(answer.given, Some(Given::Value(_)))
    {
        answer.in_view_of = state.alarms().into_iter().map(|q| q.id.clone()).collect();
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Blank;
    use crate::domain::catalogue::Catalogue;
    use crate::domain::id::RecordId;

    struct Fixture {
        tool: Tool,
        form: CaseForm,
        answers: Answers,
    }

    impl Fixture {
        fn new(slug: &str) -> Self {
            let tool = Catalogue::built_in().unwrap().tool(slug).unwrap().clone();
            let form = CaseForm::new(RecordId::fresh(), RecordId::fresh());
            Self {
                tool,
                form,
                answers: Answers::new(),
            }
        }

        fn state(&self) -> FormState<'_> {
            FormState {
                tool: &self.tool,
                agency: "CSC",
                answers: &self.answers,
            }
        }

        fn give(&mut self, question: &str, value: &str) {
            let mut answer = Answer::empty(RecordId::fresh(), question);
            answer.given = Some(Given::Value(Value::one(value)));
            let answer = with_alarms_in_view(self.state(), answer);
            self.answers.insert(question.into(), answer);
        }

        fn missing(&self, stop: Option<&SafetyStop>) -> Vec<Missing> {
            self.state().missing(&self.form, stop)
        }
    }

    #[test]
    fn a_condition_opens_and_closes_its_question() {
        let mut neglect = Fixture::new("neglect");
        let asks = |fixture: &Fixture| fixture.state().asked().iter().any(|q| q.id == "N04a");
        assert!(!asks(&neglect));
        neglect.give("N04", "partly");
        assert!(asks(&neglect));
        neglect.give("N04", "no");
        assert!(!asks(&neglect));
    }

    #[test]
    fn only_the_questions_of_the_agency_are_asked() {
        let neglect = Fixture::new("neglect");
        let police = FormState {
            agency: "POL",
            ..neglect.state()
        };
        assert!(police.asked().iter().all(|question| question.is_for("POL")));
        assert!(police.asked().iter().all(|question| question.id != "N08"));
        assert!(police.asked().iter().any(|question| question.id == "N06"));
    }

    #[test]
    fn next_unanswered_goes_on_and_then_round() {
        let mut neglect = Fixture::new("neglect");
        assert_eq!(neglect.state().next_unanswered(None).unwrap().id, "C01");
        neglect.give("C01", "good");
        let second = neglect
            .state()
            .next_unanswered(Some("C01"))
            .unwrap()
            .id
            .clone();
        assert_eq!(second, "C02");
        let last = neglect.state().asked().last().unwrap().id.clone();
        assert_eq!(
            neglect.state().next_unanswered(Some(&last)).unwrap().id,
            "C02"
        );
    }

    #[test]
    fn a_blank_is_an_answer_and_a_weak_grade_needs_a_note() {
        let mut neglect = Fixture::new("neglect");
        let mut answer = Answer::empty(RecordId::fresh(), "C01");
        answer.given = Some(Given::Blank(Blank::NotEvidenced));
        neglect.answers.insert("C01".into(), answer);
        assert!(neglect.state().is_answered("C01"));
        neglect.give("C03", "inadequate");
        assert!(neglect.missing(None).contains(&Missing::Note("C03".into())));
        neglect.answers.get_mut("C03").unwrap().worries = "No history".into();
        assert!(!neglect.missing(None).contains(&Missing::Note("C03".into())));
    }

    #[test]
    fn an_unsafe_answer_holds_the_form_until_the_stop_is_resolved() {
        let mut neglect = Fixture::new("neglect");
        neglect.give("C15b", "unsure");
        assert_eq!(neglect.missing(None)[0], Missing::SafetyStop);
        let mut stop = SafetyStop::open(RecordId::fresh(), "unsure", chrono::Utc::now());
        assert_eq!(neglect.missing(Some(&stop))[0], Missing::SafetyStop);
        // Changing the answer afterwards does not make the stop go away by itself.
        neglect.give("C15b", "yes");
        assert_eq!(neglect.missing(Some(&stop))[0], Missing::SafetyStop);
        stop.opened_in_error = "Wrong key".into();
        assert!(!neglect.missing(Some(&stop)).contains(&Missing::SafetyStop));
    }

    #[test]
    fn an_alarming_answer_asks_the_safety_question_again() {
        let mut referrals = Fixture::new("sexual-abuse-referrals");
        referrals.give("C15b", "yes");
        referrals.give("A03", "inadequate");
        let again = Missing::SafetyAgain {
            question: "C15b".into(),
            because: "A03".into(),
        };
        assert!(referrals.missing(None).contains(&again));
        referrals.give("C15b", "yes");
        assert!(!referrals.missing(None).contains(&again));
    }
}
