//! Feedback for one agency: its forms, its answers, the findings and actions that concern it, and
//! nothing of any other agency.

use std::collections::BTreeMap;

use super::{PaperSource, words};
use crate::domain::answer::{Given, Value};
use crate::domain::concern::ConcernFollowUp;
use crate::domain::dates::written_date;
use crate::domain::finding::FindingKind;
use crate::domain::flow::{Answers, FormState};
use crate::domain::form::FormStatus;
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::tool::{Question, Tool};
use crate::exchange::document::{Grid, Paper, TO_BE_COMPLETED};
use crate::exchange::report::{AuditPart, FindingPart, SpreadPart};

/// The answers on the agency's own forms, by form.
pub type AgencyContents = BTreeMap<RecordId, Answers>;

/// Makes the feedback for the agency with this code. The report is filtered to it.
pub fn agency_paper(
    source: &PaperSource<'_>,
    audit: &AuditPart,
    code: &str,
    contents: &AgencyContents,
) -> Paper {
    let name = source.register.agency(code);
    let name = name.map_or(code, |agency| agency.name.as_str());
    let title = format!("Feedback for {name}: {}", audit.title);
    let mut paper = Paper::new(title.clone(), source.footer(&title, true));
    paper.title(title);
    paper.paragraph(format!(
        "For the quality assurance representative of {name}. It holds this agency’s own answers, and the findings and actions that concern it."
    ));
    let own = Own {
        source,
        audit,
        code,
        contents,
    };
    paper.heading(1, "Your forms");
    match audit.removed {
        Some(removed) => paper.paragraph(removed.in_words()),
        None => own.forms_and_answers(&mut paper),
    }
    own.findings(&mut paper);
    paper.heading(1, "Your actions");
    let actions = audit.actions.iter();
    let actions: Vec<_> = actions
        .filter(|action| action.owner_agency == code)
        .collect();
    source.actions_table(&mut paper, &actions);
    source.about_the_figures(&mut paper);
    paper
}

/// The agency's overall grades of its own practice.
fn grades(source: &PaperSource<'_>, paper: &mut Paper, audit: &AuditPart) {
    let tool = source.register.tool_of(audit.record);
    let own = audit.grades.by_agency.iter().flatten().next();
    let (Some(tool), Some(own)) = (tool, own) else {
        return;
    };
    paper.heading(2, "Your overall grades");
    let given = own.counts.0.iter();
    let given =
        given.map(|(id, count)| format!("{}: {}", tool.grade_label(id), words::count(*count)));
    paper.paragraph(given.collect::<Vec<_>>().join(" · "));
}

fn answers(paper: &mut Paper, audit: &AuditPart) {
    paper.heading(1, "Your answers, question by question");
    let mut grid = Grid::headed(&[
        ("Code", 4),
        ("Question", 18),
        ("Speak well of practice", 6),
        ("Not applicable", 6),
        ("Not evidenced", 6),
    ]);
    for part in &audit.questions {
        let Some(share) = &part.share else { continue };
        let blank =
            |count: fn(&SpreadPart) -> usize| part.spread.as_ref().map_or(0, count).to_string();
        grid.row([
            part.code.clone(),
            part.text.clone(),
            words::share(share),
            blank(|spread| spread.not_applicable),
            blank(|spread| spread.not_evidenced),
        ]);
    }
    paper.table(grid, "No answers yet.");
}

struct Own<'a> {
    source: &'a PaperSource<'a>,
    audit: &'a AuditPart,
    code: &'a str,
    contents: &'a AgencyContents,
}

impl<'a> Own<'a> {
    fn forms_and_answers(&self, paper: &mut Paper) {
        self.source.coverage_table(paper, self.audit);
        grades(self.source, paper, self.audit);
        answers(paper, self.audit);
        self.differences(paper);
        self.concerns(paper);
    }

    fn tool(&self) -> Option<&'a Tool> {
        self.source.register.tool_of(self.audit.record)
    }

    /// What the agency is asked on a form with these answers.
    fn asked(&self, answers: &'a Answers) -> Vec<&'a Question> {
        let state = self.tool().map(|tool| FormState {
            tool,
            agency: self.code,
            answers,
        });
        state.map_or_else(Vec::new, |state| state.asked())
    }

    /// The agency's submitted forms: case, its reference, answers.
    fn forms(&self) -> Vec<(RecordId, RecordId, &'a str, &'a Answers)> {
        let register = self.source.register;
        let forms = register.forms_of(self.audit.record).into_iter();
        forms
            .filter(|(_, agency, form)| {
                *agency == self.code && form.status == FormStatus::Submitted
            })
            .filter_map(|(id, _, form)| {
                let case = register.cases.get(&form.case)?;
                Some((
                    id,
                    form.case,
                    case.reference.as_str(),
                    self.contents.get(&id)?,
                ))
            })
            .collect()
    }

    /// Where the panel's judgement is not the agency's answer, also where that says nothing.
    fn differences(&self, paper: &mut Paper) {
        paper.heading(1, "Where the panel judged differently");
        let mut grid = Grid::headed(&[
            ("Case", 3),
            ("Question", 8),
            ("Your answer", 4),
            ("The panel’s judgement", 4),
        ]);
        let Some(tool) = self.tool() else { return };
        for (_, case, reference, answers) in self.forms() {
            for question in self.asked(answers) {
                let given = answers.get(&question.id).and_then(|own| own.given.as_ref());
                let Some(judged) = self.judgement(case, &question.id) else {
                    continue;
                };
                let given = match given {
                    Some(Given::Value(value)) if value == judged => continue,
                    Some(Given::Value(value)) => tool.words(question, value),
                    Some(Given::Blank(blank)) => blank.label().to_owned(),
                    None => "Unanswered".to_owned(),
                };
                grid.row([
                    reference.to_owned(),
                    format!("{} {}", question.code, question.text),
                    given,
                    tool.words(question, judged),
                ]);
            }
        }
        paper.table(grid, "Nowhere.");
    }

    fn judgement(&self, case: RecordId, question: &str) -> Option<&'a Value> {
        let id = Judgement::id(case, Some(question));
        let judgement = self.source.register.judgements.get(&id)?;
        Some(&judgement.value)
    }

    /// The practice concerns marked on the agency's own forms, and what came of them.
    fn concerns(&self, paper: &mut Paper) {
        paper.heading(1, "Practice concerns to follow up");
        let mut grid = Grid::headed(&[
            ("Case", 6),
            ("Question", 12),
            ("Own review done", 7),
            ("By", 7),
            ("Outcome", 9),
        ]);
        for (form, _, reference, answers) in self.forms() {
            for question in self.asked(answers) {
                let marked = answers.get(&question.id);
                if marked.is_some_and(|answer| answer.practice_concern) {
                    let place = format!("{} {}", question.code, question.text);
                    let done = self.follow_up(form, &question.id);
                    grid.row([reference.to_owned(), place].into_iter().chain(done));
                }
            }
        }
        paper.table(grid, "None was marked on your forms.");
    }

    fn follow_up(&self, form: RecordId, question: &str) -> [String; 3] {
        let id = ConcernFollowUp::id(form, question);
        let done = self.source.register.concern_follow_ups.get(&id);
        let blank = |words: Option<String>| {
            let words = words.filter(|words| !words.is_empty());
            words.unwrap_or_else(|| TO_BE_COMPLETED.to_owned())
        };
        [
            blank(done.and_then(|done| done.reviewed.map(written_date))),
            blank(done.map(|done| done.by_role.clone())),
            blank(done.map(|done| done.outcome.clone())),
        ]
    }

    /// Findings about this agency, and about all agencies. Who else a finding names is not said.
    fn findings(&self, paper: &mut Paper) {
        paper.heading(1, "Findings that concern you");
        let parts = [
            ("What works well", FindingKind::Strength),
            ("What needs to improve", FindingKind::AreaForImprovement),
            ("Practice concerns", FindingKind::PracticeConcern),
        ];
        for (heading, kind) in parts {
            let findings = self.source.findings(self.audit, kind).into_iter();
            let own = findings.filter(|finding| self.concerns_us(finding));
            paper.heading(2, heading);
            paper.bullets(own.map(|finding| finding.text.clone()).collect(), "None.");
        }
    }

    fn concerns_us(&self, finding: &FindingPart) -> bool {
        finding.agencies.is_empty() || finding.agencies.iter().any(|code| code == self.code)
    }
}
