//! The two-page learning briefing for practitioners: what we looked at, what works well, what needs
//! to improve, what you can do.

use super::{PaperSource, words};
use crate::domain::finding::FindingKind;
use crate::exchange::document::{Paper, TO_BE_COMPLETED};
use crate::exchange::report::AuditPart;

/// How many questions to ask oneself: two pages hold no more.
const MOST_QUESTIONS: usize = 5;

/// Makes the briefing on one audit.
pub fn briefing(source: &PaperSource<'_>, audit: &AuditPart) -> Paper {
    let title = format!("Learning briefing: {}", audit.title);
    let mut paper = Paper::new(title.clone(), source.footer(&title, false));
    paper.title(title);
    paper.heading(1, "What we looked at");
    paper.paragraph_or_blank(&audit.scope.words.question);
    let agencies = words::listed(&source.agencies(audit));
    paper.paragraph(format!(
        "{} {agencies} each read their own records; a panel of all of them agreed what follows.",
        words::sample(audit),
    ));
    let parts = [
        ("What works well", FindingKind::Strength),
        ("What needs to improve", FindingKind::AreaForImprovement),
    ];
    for (heading, kind) in parts {
        let findings = source.findings(audit, kind).into_iter();
        let lines = findings.map(|finding| finding.text.clone());
        paper.heading(1, heading);
        paper.bullets(lines.collect(), TO_BE_COMPLETED);
    }
    paper.heading(1, "What you can do");
    paper.paragraph("With your next case, ask yourself and your supervisor:");
    paper.bullets(questions(source, audit), TO_BE_COMPLETED);
    paper.heading(1, "What will change");
    let actions = audit.actions.iter().map(|action| action.what.clone());
    paper.bullets(actions.collect(), "No action has been agreed yet.");
    paper.note(words::about(source.report));
    if source.report.suppression.is_some() {
        paper.note("Small numbers are hidden. Sentences written by people are not changed: read them before publishing.");
    }
    paper
}

/// The questions of the tool on which the areas for improvement rest, each once.
fn questions(source: &PaperSource<'_>, audit: &AuditPart) -> Vec<String> {
    let Some(tool) = source.register.tool_of(audit.record) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    // The first question of every finding before the second of any.
    let findings = source.findings(audit, FindingKind::AreaForImprovement);
    let longest = findings.iter().map(|finding| finding.questions.len()).max();
    for at in 0..longest.unwrap_or(0) {
        for finding in &findings {
            let question = finding.questions.get(at).and_then(|id| tool.question(id));
            if let Some(question) = question
                && !lines.contains(&question.text)
            {
                lines.push(question.text.clone());
            }
        }
    }
    lines.truncate(MOST_QUESTIONS);
    lines
}
