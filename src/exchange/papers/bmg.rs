//! The paper to the business management group, in the layout of the partnership's board papers:
//! the head with title, date, director and contacts, then eight numbered parts.

use super::{PaperSource, words};
use crate::domain::dates::written_date;
use crate::domain::finding::FindingKind;
use crate::exchange::document::{Grid, Paper, TO_BE_COMPLETED};
use crate::exchange::report::{ActionPart, AuditPart};

/// Makes the paper on one audit.
pub fn bmg_paper(source: &PaperSource<'_>, audit: &AuditPart) -> Paper {
    let title = format!("Multi-agency case audit: {}", audit.title);
    let footer = source.footer(&format!("Paper to the BMG: {}", audit.title), false);
    let mut paper = Paper::new(title.clone(), footer);
    paper.title(title.clone());
    head(source, &mut paper, audit, &title);
    paper.heading(1, "1. Background and proposals");
    paper.hint("Explanatory detail and background to the recommendations");
    background(source, &mut paper, audit);
    results(source, &mut paper, audit);
    findings(source, &mut paper, audit);
    paper.heading(2, "1.8 Actions");
    source.actions_table(&mut paper, &audit.actions.iter().collect::<Vec<_>>());
    implications(source, &mut paper, audit);
    source.about_the_figures(&mut paper);
    paper
}

/// The head of the paper.
fn head(source: &PaperSource<'_>, paper: &mut Paper, audit: &AuditPart, title: &str) {
    let blank = || TO_BE_COMPLETED.to_owned();
    let lead = &audit.scope.words.lead_role;
    let contact = if lead.is_empty() {
        blank()
    } else {
        format!("{lead} (lead auditor): {TO_BE_COMPLETED}")
    };
    let rows = [
        ("Title of paper", title.to_owned()),
        ("Report to", "Business Management Group".to_owned()),
        ("Date", written_date(source.today)),
        ("Relevant director", blank()),
        ("Contact officer(s) and contact details", contact),
        (
            "Other officers who have provided input",
            format!("Auditors of {}", words::listed(&source.agencies(audit))),
        ),
        ("Relevant priorities and objectives", blank()),
        (
            "Summary of issues (including benefits to children and families)",
            summary(source, audit),
        ),
        ("Recommendations", recommendations(audit)),
    ];
    let rows = rows.map(|(name, words)| vec![name.to_owned(), words]);
    paper.table(Grid::of_rows(rows.to_vec()), "");
}

/// What was done, and how many findings of which kind came of it.
fn summary(source: &PaperSource<'_>, audit: &AuditPart) -> String {
    let of = |kind| source.findings(audit, kind).len();
    let (strengths, areas, concerns) = (
        of(FindingKind::Strength),
        of(FindingKind::AreaForImprovement),
        of(FindingKind::PracticeConcern),
    );
    let found = format!(
        "The panel agreed {}, {} and {}.",
        number_of(strengths, "strength", "strengths"),
        number_of(areas, "area for improvement", "areas for improvement"),
        number_of(concerns, "practice concern", "practice concerns"),
    );
    let verdicts: Vec<String> = audit
        .hypotheses
        .iter()
        .filter_map(|hypothesis| {
            let verdict = hypothesis.verdict?.label().to_lowercase();
            Some(format!("{} ({verdict})", hypothesis.code))
        })
        .collect();
    let tested = if verdicts.is_empty() {
        String::new()
    } else {
        format!("\nHypotheses tested: {}.", verdicts.join(", "))
    };
    let question = &audit.scope.words.question;
    let asked = if question.is_empty() {
        String::new()
    } else {
        format!("The audit asked: {question}\n")
    };
    format!("{asked}{}\n{found}{tested}", words::sample(audit))
}

fn number_of(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {one}"),
        1 => format!("one {one}"),
        count => format!("{count} {many}"),
    }
}

fn recommendations(audit: &AuditPart) -> String {
    let mut lines = vec!["The group notes the findings of the audit.".to_owned()];
    let actions = audit.actions.len();
    if actions > 0 {
        let actions = number_of(actions, "action", "actions");
        lines
            .push(format!("The group agrees the {actions} in part 1.8.").replace("the one", "the"));
    }
    let unowned = audit.actions.iter().filter(|action| is_unowned(action));
    let unowned = unowned.count();
    if unowned > 0 {
        let actions = number_of(unowned, "action", "actions");
        lines.push(format!(
            "The group names an owner and a date for {actions} without them."
        ));
    }
    lines.push("The group receives an update on the actions every quarter.".to_owned());
    let numbered = (1..).zip(&lines);
    let numbered: Vec<String> = numbered.map(|(at, line)| format!("{at}. {line}")).collect();
    numbered.join("\n")
}

fn is_unowned(action: &ActionPart) -> bool {
    action.owner_agency.is_empty() || (action.due.is_none() && action.due_term.is_none())
}

/// What was looked at, and how.
fn background(source: &PaperSource<'_>, paper: &mut Paper, audit: &AuditPart) {
    let scope = &audit.scope.words;
    paper.heading(2, "1.1 What we looked at");
    paper.paragraph(scope.question.clone());
    let population = audit.scope.population.map(words::count);
    let rows = [
        ("Tool", audit.tool.title.clone()),
        ("Practice between", words::period(audit)),
        ("Which children", scope.cohort.clone()),
        ("How many there were", population.unwrap_or_default()),
        ("How the cases were picked", scope.method.clone()),
        ("How children were involved", scope.children.clone()),
        ("How parents were involved", scope.parents.clone()),
        ("How carers were involved", scope.carers.clone()),
        (
            "Repeats",
            audit
                .re_audit_of
                .as_ref()
                .map_or_else(String::new, |first| first.title.clone()),
        ),
    ];
    let told = rows.into_iter().filter(|(_, words)| !words.is_empty());
    let told = told.map(|(name, words)| vec![name.to_owned(), words]);
    paper.table(Grid::of_rows(told.collect()), TO_BE_COMPLETED);
    paper.heading(2, "1.2 Who took part");
    paper.paragraph(words::sample(audit));
    source.coverage_table(paper, audit);
}

/// What stands where nothing was kept.
const GONE: &str = "Not known any more: the forms were removed.";

fn results(source: &PaperSource<'_>, paper: &mut Paper, audit: &AuditPart) {
    paper.heading(2, "1.3 Overall grades");
    match source.grades_chart(audit) {
        Some(chart) => paper.picture(chart),
        None if audit.removed.is_some() => paper.paragraph(GONE),
        None => paper.paragraph("This tool gives no grades."),
    }
    paper.heading(2, "1.4 Themes");
    if let Some(chart) = source.themes_chart(audit) {
        paper.picture(chart);
    }
    source.themes_table(paper, audit);
    paper.heading(2, "1.5 Hypotheses");
    source.hypotheses_table(paper, audit);
    paper.heading(2, "1.6 Timescales");
    if audit.removed.is_some() {
        paper.paragraph(GONE);
        return;
    }
    source.timescales_table(paper, audit);
    paper.note("Statutory, local and indicative timescales are never added up. Meeting a timescale is not quality.");
}

fn findings(source: &PaperSource<'_>, paper: &mut Paper, audit: &AuditPart) {
    paper.heading(2, "1.7 Findings");
    let parts = [
        ("What works well", FindingKind::Strength),
        ("What needs to improve", FindingKind::AreaForImprovement),
        ("Practice concerns", FindingKind::PracticeConcern),
    ];
    for (heading, kind) in parts {
        let lines = source.findings(audit, kind);
        let lines = lines
            .into_iter()
            .map(|finding| source.finding_line(finding));
        paper.heading(3, heading);
        paper.bullets(lines.collect(), "None.");
    }
}

/// Parts 2 to 8: filled where the data says something, blank elsewhere.
fn implications(source: &PaperSource<'_>, paper: &mut Paper, audit: &AuditPart) {
    let overdue = audit.actions.iter().filter(|action| action.overdue).count();
    paper.heading(1, "2. Risks");
    paper.hint("Risks in acting, and in not acting");
    let concerns = source.findings(audit, FindingKind::PracticeConcern);
    paper.bullets(
        concerns
            .into_iter()
            .map(|finding| finding.text.clone())
            .collect(),
        "",
    );
    if overdue > 0 {
        let actions = number_of(overdue, "action is", "actions are");
        paper.paragraph(format!("Of the actions in part 1.8, {actions} overdue."));
    }
    paper.paragraph(TO_BE_COMPLETED);
    for heading in ["3. Financial implications", "4. Legal implications"] {
        paper.heading(1, heading);
        paper.paragraph(TO_BE_COMPLETED);
    }
    paper.heading(1, "5. Client group");
    paper.hint("Groups of children, young people or carers who are discussed");
    paper.paragraph_or_blank(&audit.scope.words.cohort);
    paper.heading(1, "6. Impact on equalities issues");
    paper.hint("How the needs of particular groups are met");
    paper.paragraph(TO_BE_COMPLETED);
    paper.heading(1, "7. Outcomes and priorities affected");
    paper.paragraph(TO_BE_COMPLETED);
    paper.heading(1, "8. Contact details");
    paper.paragraph(TO_BE_COMPLETED);
}
