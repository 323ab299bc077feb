//! Answers case by case. Never published; what people wrote goes in only when asked for.

use super::{Field, Table, TablesSource};
use crate::domain::answer::{Answer, Blank, Given, Note, Value};
use crate::domain::flow::FormState;
use crate::domain::form::FormStatus;
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::tool::{Kind, Question, Tool};
use crate::exchange::data_json::FormContents;

/// What stands for words where they are left out.
const WRITTEN: &str = "(written answer, left out)";

impl TablesSource<'_> {
    /// Every answer on the submitted forms. What was answered before another answer changed and is
    /// asked no longer counts nowhere, and stands nowhere.
    pub(super) fn answers(&self, contents: &FormContents) -> Table {
        let mut table = Table::new(
            "Answers",
            "Every answer on the submitted forms to a question that is asked.",
        )
        .column("Audit", 28, "Title of the audit.")
        .column("Case", 12, "Reference of the case.")
        .column("Agency", 26, "Who answered.")
        .column("Code", 8, "Printed code of the question.")
        .column("Question", 60, "The question.")
        .written_column(
            "Answer",
            26,
            "The answer in words, or a number or date as such.",
        )
        .column(
            "Blank",
            24,
            "Not applicable or not evidenced, where there is no answer.",
        )
        .column("Good practice", 13, "Marked as good practice.")
        .column("Practice concern", 15, "Marked as a practice concern.");
        if self.with_notes {
            for note in Note::ALL {
                table = table.written_column(note.label(), 60, "What the auditor wrote.");
            }
        }
        let mut rows = Vec::new();
        for audit in self.audits() {
            let Some(tool) = self.register.tool_of(audit.record) else {
                continue;
            };
            for (form, agency, record) in self.register.forms_of(audit.record) {
                let (FormStatus::Submitted, Some((answers, _))) =
                    (record.status, contents.get(&form))
                else {
                    continue;
                };
                if !self.takes(record.case) || !self.filter.takes_agency(agency) {
                    continue;
                }
                let names = || -> Vec<Field> {
                    vec![
                        (&audit.title).into(),
                        self.reference(record.case).into(),
                        self.agency(agency).into(),
                    ]
                };
                let state = FormState {
                    tool,
                    agency,
                    answers,
                };
                let asked = state.asked().into_iter();
                let asked = asked.filter(|question| self.filter.takes_question(question));
                rows.extend(asked.filter_map(|question| {
                    let answer = answers.get(&question.id)?;
                    let mut row = names();
                    row.extend(self.answer(tool, question, answer));
                    Some(row)
                }));
            }
        }
        table.rows(rows)
    }

    fn answer(&self, tool: &Tool, question: &Question, answer: &Answer) -> Vec<Field> {
        let mut fields = vec![(&question.code).into(), (&question.text).into()];
        fields.extend(match &answer.given {
            Some(Given::Value(value)) => [self.value(tool, question, value), Field::Empty],
            Some(Given::Blank(blank)) => [Field::Empty, blank_in_words(*blank).into()],
            None => [Field::Empty, Field::Empty],
        });
        fields.push(answer.good_practice.into());
        fields.push(answer.practice_concern.into());
        if self.with_notes {
            fields.extend(Note::ALL.map(|note| answer.note(note).into()));
        }
        fields
    }

    fn value(&self, tool: &Tool, question: &Question, value: &Value) -> Field {
        match value {
            Value::Number(number) => Field::Number(*number as f64),
            Value::One(_) if question.kind == Kind::Text && !self.with_notes => WRITTEN.into(),
            Value::One(text) if question.kind == Kind::Date => match text.parse() {
                Ok(date) => Field::Date(date),
                Err(_) => text.into(),
            },
            value => tool.words(question, value).into(),
        }
    }

    /// What the panel judged, held apart from what the agencies answered.
    pub(super) fn judgements(&self) -> Table {
        let mut table = Table::new("Judgements", "What the panel judged.")
            .column("Audit", 28, "Title of the audit.")
            .column("Case", 12, "Reference of the case.")
            .column(
                "Code",
                10,
                "Printed code of the question; Overall for the whole case.",
            )
            .written_column("Judgement", 26, "The panel’s value.");
        if self.with_notes {
            table = table.written_column("Reason", 60, "Why.").written_column(
                "Dissent",
                60,
                "Who saw it differently, and why.",
            );
        }
        let mut rows = Vec::new();
        for audit in self.audits() {
            let Some(tool) = self.register.tool_of(audit.record) else {
                continue;
            };
            let cases = self.register.cases_of(audit.record).into_iter();
            for (case, record) in cases.filter(|(case, _)| self.takes(*case)) {
                let names =
                    || -> Vec<Field> { vec![(&audit.title).into(), (&record.reference).into()] };
                let own = self.judgements_on(tool, case).into_iter();
                rows.extend(own.map(|(question, judgement)| {
                    let mut row = names();
                    row.extend(self.judgement(tool, question, judgement));
                    row
                }));
            }
        }
        table.rows(rows)
    }

    /// Whether the part that is counted takes this case.
    fn takes(&self, case: RecordId) -> bool {
        let record = self.register.cases.get(&case);
        record.is_some_and(|record| self.filter.takes_case(case, record))
    }

    /// The judgements on a case: overall first, then in the order of the form. Of an agency's part
    /// those on the questions that it is asked; the overall one is of no section and no theme.
    fn judgements_on<'a>(
        &'a self,
        tool: &'a Tool,
        case: RecordId,
    ) -> Vec<(Option<&'a Question>, &'a Judgement)> {
        let filter = self.filter;
        let taken = tool.questions.iter().filter(|question| {
            let agency = filter.agency.as_deref();
            filter.takes_question(question) && agency.is_none_or(|code| question.is_for(code))
        });
        let whole = filter.section.is_none() && filter.theme.is_none();
        let overall = whole.then_some(None);
        let questions = overall.into_iter().chain(taken.map(Some));
        questions
            .filter_map(|question| {
                let id = Judgement::id(case, question.map(|question| question.id.as_str()));
                Some((question, self.register.judgements.get(&id)?))
            })
            .collect()
    }

    fn judgement(
        &self,
        tool: &Tool,
        question: Option<&Question>,
        judgement: &Judgement,
    ) -> Vec<Field> {
        let mut fields = match question {
            Some(question) => vec![
                (&question.code).into(),
                self.value(tool, question, &judgement.value),
            ],
            None => {
                let grade = judgement.value.chosen().first();
                vec![
                    "Overall".into(),
                    grade.map(|grade| tool.grade_label(grade)).into(),
                ]
            }
        };
        if self.with_notes {
            fields.extend([(&judgement.reason).into(), (&judgement.dissent).into()]);
        }
        fields
    }

    fn reference(&self, case: RecordId) -> &str {
        let case = self.register.cases.get(&case);
        case.map_or("", |case| case.reference.as_str())
    }
}

fn blank_in_words(blank: Blank) -> &'static str {
    match blank {
        Blank::NotApplicable => "Not applicable",
        Blank::NotEvidenced => "Not evidenced",
    }
}
