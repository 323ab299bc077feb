//! How long it takes from a changed filter to the tables of the summary, beside the same count in
//! plain SQL on the same file, in the same run. `cargo bench --bench analysis [FORMS]...`
//!
//! Without arguments: 10,000 forms of 40 answers, then 45,000 (1.8 million answers).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use goldthread::analysis::agreement::agreement;
use goldthread::analysis::coverage::coverage;
use goldthread::analysis::missing::missing;
use goldthread::analysis::panel_changes::panel_changes;
use goldthread::analysis::summary::{AuditSummary, summary, themes_across, themes_of_summaries};
use goldthread::analysis::timescales::timescales;
use goldthread::analysis::unknown::unknown;
use goldthread::analysis::{Basis, Facts, Filter};
use goldthread::domain::answer::{Answer, Given, Value};
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::register::Register;
use goldthread::domain::revision::Edit;
use goldthread::session::jobs;
use rusqlite::Connection;

mod generated;
use generated::{ANSWERS, median, register};

const TIMES: usize = 21;
/// Plain SQL takes seconds.
const SQL_TIMES: usize = 3;

/// The same count as the tables' in plain SQL: by audit, question, agency and value.
const SQL: &str = "
    SELECT r.audit, a.question, r.agency, a.value, a.blank, count(*)
    FROM answer a
    JOIN case_form f ON f.id = a.form
    JOIN agency_return r ON r.id = f.agency_return
    JOIN audit_case c ON c.id = f.audit_case
    WHERE f.status = 'submitted' AND (?1 IS NULL OR c.sex = ?1)
    GROUP BY 1, 2, 3, 4, 5";

fn filters() -> [(&'static str, Filter); 2] {
    let girls = Filter {
        sex: Some("F".into()),
        ..Filter::default()
    };
    [("everything", Filter::default()), ("one sex", girls)]
}

/// Every table of every audit, and the themes across them.
fn tables(register: &Register, facts: &Facts, filter: &Filter) -> usize {
    let audits = facts.audits.iter().map(|facts_of| facts_of.audit);
    let summed = audits.filter_map(|own| summary(register, facts, own, Basis::Agency, filter));
    let summed: Vec<AuditSummary> = summed.collect();
    let rows: usize = summed.iter().map(|summed| summed.questions.len()).sum();
    rows + themes_of_summaries(&summed).len()
}

/// What the window counts when the filter of an audit's overview changes.
fn overview(register: &Register, facts: &Facts, filter: &Filter) {
    let own = &facts.audits[0];
    summary(register, facts, own.audit, Basis::Agency, filter).unwrap();
    missing(own, Basis::Agency, filter);
    coverage(register, own.audit, filter);
    panel_changes(register, own, filter);
}

/// Every topic's counts one after another; the window counts a topic when it is opened.
fn topics(register: &Register, facts: &Facts, catalogue: &Catalogue, filter: &Filter) {
    overview(register, facts, filter);
    timescales(&facts.audits[0], catalogue, None, filter);
}

fn sql(db: &Connection, filter: &Filter) -> i64 {
    let mut statement = db.prepare_cached(SQL).unwrap();
    let mut rows = statement.query([&filter.sex]).unwrap();
    let mut answers = 0;
    while let Some(row) = rows.next().unwrap() {
        answers += row.get::<_, i64>(5).unwrap();
    }
    answers
}

/// One answer changed: the facts follow.
fn follow(register: &Register, facts: &mut Facts) -> Duration {
    let (form, _) = register.forms.iter().next().unwrap();
    let mut values = ["yes", "no"].into_iter().cycle();
    median(TIMES, || {
        let mut answer = Answer::empty(*form, "Q1");
        answer.given = Some(Given::Value(Value::one(values.next().unwrap())));
        let edit = Edit::put(Answer::id(*form, "Q1"), answer);
        facts.follow(register, &[edit], Some(*form)).unwrap();
    })
}

fn measure(forms: usize) {
    let folder = tempfile::tempdir_in(".").unwrap();
    let path = folder.path().join("generated.goldthread");
    let start = Instant::now();
    let document = register(&path, forms, 10_000);
    println!(
        "{forms} forms, {} answers (written in {:.1?})",
        forms * ANSWERS,
        start.elapsed()
    );
    let never = AtomicBool::new(false);
    let start = Instant::now();
    let mut facts = jobs::facts(&document, &mut |_| (), &never).unwrap();
    println!(
        "  facts read from the file        {:>10.1?}",
        start.elapsed()
    );
    let register = document.register().clone();
    drop(document);
    let db = Connection::open(&path).unwrap();
    let all = sql(&db, &Filter::default());
    assert_eq!(all as usize, facts.count(), "both count the same answers");
    for (name, filter) in filters() {
        let ours = median(TIMES, || assert!(tables(&register, &facts, &filter) > 0));
        let theirs = median(SQL_TIMES, || assert!(sql(&db, &filter) > 0));
        println!("  {name}: all tables of all audits {ours:>10.1?}   plain SQL {theirs:>10.1?}");
    }
    let one = &facts.audits[0];
    let everything = Filter::default();
    let ours = median(TIMES, || {
        summary(&register, &facts, one.audit, Basis::Agency, &everything).unwrap();
    });
    println!("  one audit's tables              {ours:>10.1?}");
    let ours = median(TIMES, || drop(panel_changes(&register, one, &everything)));
    println!("  one audit's panel changes       {ours:>10.1?}");
    let ours = median(TIMES, || drop(coverage(&register, one.audit, &everything)));
    println!("  one audit's coverage            {ours:>10.1?}");
    let ours = median(TIMES, || drop(missing(one, Basis::Agency, &everything)));
    println!("  one audit's missing answers     {ours:>10.1?}");
    let ours = median(TIMES, || drop(unknown(&register, one)));
    println!("  what cannot be known of it      {ours:>10.1?}");
    let catalogue = Catalogue::built_in().unwrap();
    for (name, filter) in filters() {
        let first = median(TIMES, || overview(&register, &facts, &filter));
        let all = median(TIMES, || topics(&register, &facts, &catalogue, &filter));
        println!("  {name}: one audit's overview   {first:>10.1?}   with timescales {all:>10.1?}");
    }
    let ours = median(TIMES, || {
        drop(themes_across(&facts, Basis::Agency, &everything))
    });
    println!("  themes across all audits        {ours:>10.1?}");
    let start = Instant::now();
    let (found, samples) = agreement(one, &everything);
    let counted = start.elapsed();
    assert!(found.pairs.all > 0 && samples.alphas().count() > 2);
    println!(
        "  one audit's agreement           {counted:>10.1?}   and its alphas {:>10.1?}",
        start.elapsed() - counted
    );
    println!(
        "  one answer changed, followed    {:>10.1?}",
        follow(&register, &mut facts)
    );
}

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![10_000, 45_000]
    } else {
        sizes
    };
    sizes.into_iter().for_each(measure);
}
