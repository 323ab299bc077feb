//! Forms, their answers and their key dates.

use std::collections::BTreeSet;

use super::super::contents::{AnswerData, FormData};
use super::super::records;
use super::{Check, no_question, of, refused};
use crate::domain::answer::Given;
use crate::domain::flow::FormState;
use crate::domain::form::FormStatus;
use crate::domain::id::RecordId;
use crate::domain::tool::{Question, Tool};

impl Check<'_> {
    pub(super) fn forms(&mut self, tool: &Tool) {
        let mut seen = BTreeSet::new();
        let data = self.data;
        for (at, form) in data.forms.iter().enumerate() {
            let pointer = format!("/forms/{at}");
            self.knows_case(&format!("{pointer}/case"), &form.case);
            self.takes_part(&format!("{pointer}/agency"), &[&form.case], &form.agency);
            if !seen.insert(of(form)) {
                let message = "there is a form of this agency for this case already";
                self.say(&pointer, &of(form), message);
            }
            self.form_head(tool, &pointer, form);
            self.answers(tool, &pointer, form);
            self.key_dates(tool, &pointer, form);
        }
    }

    fn form_head(&mut self, tool: &Tool, pointer: &str, form: &FormData) {
        let about = of(form);
        let empty = form.answers.is_empty() && form.dates.is_empty();
        if !matches!(form.status, FormStatus::InProgress | FormStatus::Submitted) && !empty {
            let message = format!(
                "a form that is “{}” holds no answers or dates",
                form.status.label()
            );
            self.say(format!("{pointer}/status"), &about, message);
        }
        if form.status == FormStatus::Declined && form.declined_reason.trim().is_empty() {
            let message = "a form that was declined says why in “declined_reason”";
            self.say(pointer, &about, message);
        }
        if let Some(overall) = &form.overall {
            self.grade(tool, &format!("{pointer}/overall"), &about, overall);
        }
    }

    fn answers(&mut self, tool: &Tool, pointer: &str, form: &FormData) {
        // Which form it is does not matter for what is asked.
        let nowhere = RecordId::derived("form", &[]);
        let answers = records::answers(nowhere, form);
        let state = FormState {
            tool,
            agency: &form.agency,
            answers: &answers,
        };
        for (id, answer) in &form.answers {
            let pointer = format!("{pointer}/answers/{id}");
            let about = [form.case.as_str(), &form.agency, id];
            match tool.question(id) {
                None => self.say(pointer, &about, no_question(tool, id)),
                Some(question) if !question.is_for(&form.agency) => {
                    let message = format!("{id} is not asked of {}", form.agency);
                    self.say(pointer, &about, message);
                }
                Some(question) if !state.asks(question) => {
                    self.say(pointer, &about, not_asked(question));
                }
                Some(question) => self.answer(tool, question, &pointer, &about, answer),
            }
        }
    }

    fn answer(
        &mut self,
        tool: &Tool,
        question: &Question,
        pointer: &str,
        about: &[&str],
        answer: &AnswerData,
    ) {
        if let Some(Given::Value(value)) = &answer.given
            && let Some(why) = refused(tool, question, value)
        {
            self.say(format!("{pointer}/value"), about, why);
        }
        let in_view_of = format!("{pointer}/in_view_of");
        if !answer.in_view_of.is_empty() && tool.safety_question.as_ref() != Some(&question.id) {
            let message = "only the safety question is answered in view of others";
            self.say(in_view_of, about, message);
        } else {
            self.question_list(tool, &in_view_of, &answer.in_view_of);
        }
    }

    fn key_dates(&mut self, tool: &Tool, pointer: &str, form: &FormData) {
        for (id, _) in &form.dates {
            if !tool.key_dates.iter().any(|date| date.id == *id) {
                let message = format!("there is no key date “{id}” in {}", tool.name());
                self.say(format!("{pointer}/dates/{id}"), &of(form), message);
            }
        }
    }
}

fn not_asked(question: &Question) -> String {
    match &question.asked_if {
        Some(condition) => format!(
            "{} is asked only when {} is {}",
            question.id,
            condition.question,
            condition.is.join(" or ")
        ),
        None => format!("{} is not asked", question.id),
    }
}
