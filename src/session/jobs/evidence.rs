//! Reads what findings rest on: the marked answers, and what changed under each finding since it
//! was kept.

use std::collections::BTreeMap;

use crate::analysis::suggestions::Marked;
use crate::domain::answer::{Answer, Flag, Given, Note};
use crate::domain::finding::Finding;
use crate::domain::flow::FormState;
use crate::domain::form::FormStatus;
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::record::{Record, RecordKind};
use crate::domain::tool::Tool;
use crate::session::document::Document;
use crate::session::evidence::{Changed, Evidence};
use crate::store;

/// Reads the evidence of a whole register.
///
/// # Errors
/// When the file cannot be read.
pub fn evidence(document: &Document) -> store::Result<Evidence> {
    let mut changed = BTreeMap::new();
    for (id, finding) in &document.register().findings {
        if document.register().forms_removed(finding.audit) {
            // It rests on what was counted then; nobody has changed that.
            continue;
        }
        let found = Under { document, finding }.changes(*id)?;
        if !found.is_empty() {
            changed.insert(*id, found);
        }
    }
    Ok(Evidence {
        marks: marks(document)?,
        changed,
    })
}

/// Marks on submitted forms, of questions that are still asked there.
fn marks(document: &Document) -> store::Result<Vec<Marked>> {
    let mut by_form: BTreeMap<RecordId, Vec<Answer>> = BTreeMap::new();
    for answer in document.store().marked_answers()? {
        by_form.entry(answer.form).or_default().push(answer);
    }
    let register = document.register();
    let mut marks = Vec::new();
    for (form, answers) in by_form {
        let submitted = register.forms.get(&form);
        let submitted = submitted.is_some_and(|form| form.status == FormStatus::Submitted);
        let Some((audit, agency, case)) = register.place_of(form).filter(|_| submitted) else {
            continue;
        };
        let Some(tool) = register.tool_of(audit) else {
            continue;
        };
        let content = document.form_content(form)?;
        let state = FormState {
            tool,
            agency,
            answers: &content.answers,
        };
        let place = |answer: &Answer, flag| Marked {
            audit,
            case,
            agency: agency.to_owned(),
            form,
            question: answer.question.clone(),
            flag,
            words: words_to(answer, flag),
        };
        for question in state.asked() {
            let own = answers.iter().find(|answer| answer.question == question.id);
            for flag in [Flag::GoodPractice, Flag::PracticeConcern] {
                marks.extend(
                    own.filter(|a| a.flag(flag))
                        .map(|answer| place(answer, flag)),
                );
            }
        }
    }
    Ok(marks)
}

/// The note that goes with a mark.
fn words_to(answer: &Answer, flag: Flag) -> String {
    let note = match flag {
        Flag::GoodPractice => Note::Worked,
        Flag::PracticeConcern => Note::Worries,
    };
    answer.note(note).trim().to_owned()
}

/// What lies under one finding.
struct Under<'a> {
    document: &'a Document,
    finding: &'a Finding,
}

impl Under<'_> {
    fn changes(&self, id: RecordId) -> store::Result<Vec<Changed>> {
        let store = self.document.store();
        let register = self.document.register();
        let (Some(kept), Some(tool)) = (
            store.finding_kept(id, self.finding)?,
            register.tool_of(self.finding.audit),
        ) else {
            return Ok(Vec::new());
        };
        let mut changes = Vec::new();
        for place in self.rests_on() {
            let since = store.changed_since(kept, place.kind(), place.record())?;
            if let Some(since) = since {
                changes.extend(place.changed(tool, since.before.as_ref(), since.after.as_ref()));
            }
        }
        Ok(changes)
    }

    /// The judgements on its cases and questions, and the answers of its agencies on submitted
    /// forms. Without cases it rests on every case, without agencies on every agency; without
    /// questions on what the panel judged of its cases overall.
    fn rests_on(&self) -> Vec<Place> {
        let register = self.document.register();
        let finding = self.finding;
        let every = || {
            register
                .cases_of(finding.audit)
                .into_iter()
                .map(|(id, _)| id)
        };
        let cases: Vec<RecordId> = match finding.cases.as_slice() {
            [] if finding.questions.is_empty() => Vec::new(),
            [] => every().collect(),
            own => own.to_vec(),
        };
        let mut places = Vec::new();
        for case in cases {
            if finding.questions.is_empty() {
                places.push(Place::judged(case, None));
            }
            for question in &finding.questions {
                places.push(Place::judged(case, Some(question)));
                places.extend(self.answered(case, question));
            }
        }
        places
    }

    fn answered(&self, case: RecordId, question: &str) -> Vec<Place> {
        let register = self.document.register();
        let audit = self.finding.audit;
        let all = register.audits.get(&audit).map(|audit| &audit.agencies);
        let agencies = all.into_iter().flatten().filter(|code| {
            self.finding.agencies.is_empty() || self.finding.agencies.contains(*code)
        });
        agencies
            .filter_map(|agency| {
                let (form, record) = register.form_of(audit, agency, case)?;
                (record.status == FormStatus::Submitted).then(|| Place {
                    case,
                    question: Some(question.to_owned()),
                    answered: Some((agency.clone(), form)),
                })
            })
            .collect()
    }
}

/// A judgement, or with an agency and its form an answer, that a finding rests on.
struct Place {
    case: RecordId,
    question: Option<String>,
    answered: Option<(String, RecordId)>,
}

impl Place {
    fn judged(case: RecordId, question: Option<&str>) -> Self {
        Self {
            case,
            question: question.map(str::to_owned),
            answered: None,
        }
    }

    fn kind(&self) -> RecordKind {
        match self.answered {
            Some(_) => RecordKind::Answer,
            None => RecordKind::Judgement,
        }
    }

    fn record(&self) -> RecordId {
        match &self.answered {
            Some((_, form)) => Answer::id(*form, self.question.as_deref().unwrap_or_default()),
            None => Judgement::id(self.case, self.question.as_deref()),
        }
    }

    /// Nothing where only words or the other fields changed.
    fn changed(
        &self,
        tool: &Tool,
        before: Option<&Record>,
        after: Option<&Record>,
    ) -> Option<Changed> {
        let [before, after] = [before, after].map(|record| self.in_words(tool, record));
        (before != after).then(|| Changed {
            case: self.case,
            agency: self.answered.as_ref().map(|(agency, _)| agency.clone()),
            question: self.question.clone(),
            before,
            after,
        })
    }

    fn in_words(&self, tool: &Tool, record: Option<&Record>) -> String {
        let question = self.question.as_deref().and_then(|id| tool.question(id));
        let value = match record {
            Some(Record::Answer(answer)) => match &answer.given {
                Some(Given::Blank(blank)) => return blank.label().to_owned(),
                Some(Given::Value(value)) => Some(value),
                None => None,
            },
            Some(Record::Judgement(judgement)) => Some(&judgement.value),
            _ => None,
        };
        match (value, question) {
            (Some(value), Some(question)) => tool.words(question, value),
            (Some(value), None) => value
                .chosen()
                .iter()
                .map(|grade| tool.grade_label(grade))
                .collect(),
            (None, _) => "nothing".into(),
        }
    }
}
