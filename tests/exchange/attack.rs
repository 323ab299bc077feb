//! The attack on publications: everything that is published of invented audits, and everything
//! anybody can know besides (how many cases, which agencies, who is asked what), is put together and
//! every hidden count tried for another value that fits.

use std::collections::BTreeMap;

use goldthread::analysis::suppression::Suppression;
use goldthread::exchange::tables::{Field, Table};

use super::published::{Invented, count, rows, words};
use super::solver::Puzzle;

/// How a publication was made.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rule {
    /// As the program publishes.
    Ours(Suppression),
    /// Only counts from 1 to 5 hidden, nothing else: what most people would do by hand.
    SmallOnly,
    /// As ours, but the questions of a theme each by themselves.
    QuestionsAlone(Suppression),
}

/// Whether a count is shown.
fn shown(rule: Rule, published: &Field, truth: i64) -> bool {
    match rule {
        Rule::Ours(_) => {
            if let Some(count) = count(published) {
                assert_eq!(count, truth, "a count that is shown is the count");
            }
            count(published).is_some()
        }
        Rule::SmallOnly => truth == 0 || truth > 5,
        Rule::QuestionsAlone(rule) => rule.is_open(truth as usize),
    }
}

struct Attack<'a> {
    audit: &'a Invented,
    rule: Rule,
    truth: Vec<Table>,
    published: Vec<Table>,
}

/// Cells hidden, cells shown, and the names of those worked out.
#[derive(Debug, Default)]
struct Outcome {
    hidden: usize,
    shown: usize,
    worked_out: Vec<String>,
}

impl Outcome {
    fn add(&mut self, puzzle: &Puzzle) {
        let cells = puzzle.unknowns.iter().filter(|unknown| unknown.cell);
        for cell in cells {
            *if cell.shown {
                &mut self.shown
            } else {
                &mut self.hidden
            } += 1;
        }
        let found = puzzle.worked_out().into_iter();
        self.worked_out
            .extend(found.map(|cell| format!("{} = {}", cell.name, cell.truth)));
    }

    fn merge(&mut self, other: Self) {
        self.hidden += other.hidden;
        self.shown += other.shown;
        self.worked_out.extend(other.worked_out);
    }
}

impl<'a> Attack<'a> {
    fn on(audit: &'a Invented, rule: Rule) -> Outcome {
        let publish = match rule {
            Rule::Ours(own) | Rule::QuestionsAlone(own) => own,
            Rule::SmallOnly => Suppression::default(),
        };
        let attack = Self {
            audit,
            rule,
            truth: audit.tables(None),
            published: audit.tables(Some(publish)),
        };
        let mut outcome = Outcome::default();
        outcome.add(&attack.forms_and_grades());
        outcome.add(&attack.panel());
        let themes = rows(&attack.published, "Themes");
        for theme in &themes {
            outcome.add(&attack.theme(words(theme["Theme"])));
        }
        for rule in 0..rows(&attack.truth, "Timescales").len() {
            outcome.add(&attack.timescale(rule));
        }
        outcome
    }

    fn cell(
        &self,
        puzzle: &mut Puzzle,
        name: &str,
        published: &Field,
        truth: i64,
        most: i64,
    ) -> usize {
        puzzle.cell(name, truth, most, shown(self.rule, published, truth))
    }

    /// Answers that are there, by question: what each agency gave.
    fn scored(&self) -> BTreeMap<String, (i64, i64)> {
        let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        for row in rows(&self.truth, "Questions") {
            if let (Some(favourable), Some(scored)) =
                (count(row["Favourable"]), count(row["Scored"]))
            {
                let sum = sums.entry(words(row["Code"]).to_owned()).or_default();
                sum.0 += favourable;
                sum.1 += scored;
            }
        }
        sums
    }

    /// Forms and the grades on them, with what missing answers tell of missing forms.
    fn forms_and_grades(&self) -> Puzzle {
        let mut puzzle = Puzzle::default();
        let cases = self.audit.cases as i64;
        let by_agency = rows(&self.truth, "Coverage");
        let expected = cases * by_agency.len() as i64;
        let missing: Vec<usize> = by_agency
            .iter()
            .map(|row| cases - count(row["Submitted"]).unwrap())
            .map(|missing| puzzle.hidden("missing", missing, cases))
            .collect();
        let not_submitted: i64 = missing.iter().map(|at| puzzle.unknowns[*at].truth).sum();
        let coverage = &rows(&self.published, "Coverage")[0];
        let submitted = self.cell(
            &mut puzzle,
            "submitted",
            coverage["Submitted"],
            expected - not_submitted,
            expected,
        );
        let whole = puzzle.known(expected);
        let mut all = missing.clone();
        all.push(submitted);
        puzzle.sum(&all, whole);
        let mut parts = self.grade_cells(&mut puzzle, "All agencies", expected);
        let grades = parts.clone();
        let graded: i64 = parts.iter().map(|at| puzzle.unknowns[*at].truth).sum();
        parts.push(puzzle.hidden("ungraded", expected - not_submitted - graded, expected));
        puzzle.sum(&parts, submitted);
        self.band_of_grades(&mut puzzle, "All agencies", grades);
        self.missing_answers(&mut puzzle, &missing);
        puzzle
    }

    /// Where it is published how many answers are missing, to a question or under a theme, no more
    /// forms of those asked can be missing. `missing` are the forms missing by agency.
    fn missing_answers(&self, puzzle: &mut Puzzle, missing: &[usize]) {
        let truth = self.scored();
        let themes = rows(&self.published, "Themes");
        for theme in &themes {
            let questions = rows(&self.published, "Questions").into_iter();
            let own: Vec<_> = questions
                .filter(|row| row["Theme"] == theme["Theme"])
                .collect();
            let mut asked_under_theme = Vec::new();
            for row in &own {
                let asked = self.audit.asked_of(words(row["Code"]));
                self.bound_forms(puzzle, missing, &asked, row["Scored"]);
                asked_under_theme.extend(asked);
            }
            self.bound_forms(puzzle, missing, &asked_under_theme, theme["Scored"]);
            let scored = own.iter().map(|row| truth[words(row["Code"])].1).sum();
            if count(theme["Scored"]).is_none() {
                self.few_missing(puzzle, missing, &asked_under_theme, scored);
            }
        }
    }

    /// So many answers of the agencies asked (each as often as it is asked) are published.
    fn bound_forms(&self, puzzle: &mut Puzzle, missing: &[usize], asked: &[usize], scored: &Field) {
        let Some(scored) = count(scored) else { return };
        let askable = (self.audit.cases * asked.len()) as i64;
        let whole = puzzle.known(askable - scored);
        let mut parts: Vec<usize> = asked.iter().map(|at| missing[*at]).collect();
        let forms: i64 = parts.iter().map(|at| puzzle.unknowns[*at].truth).sum();
        parts.push(puzzle.hidden("blank", askable - scored - forms, askable));
        puzzle.sum(&parts, whole);
    }

    /// A theme is hidden since few answers are missing: so few that not many forms can be.
    fn few_missing(&self, puzzle: &mut Puzzle, missing: &[usize], asked: &[usize], scored: i64) {
        let Rule::Ours(rule) = self.rule else { return };
        let times = |at: &usize| asked.iter().filter(|other| *other == at).count();
        let per_form = asked.iter().map(times).max().unwrap_or(0);
        let few = rule.fewest_missing(per_form) as i64;
        let all = (self.audit.cases * asked.len()) as i64 - scored;
        if !(1..few).contains(&all) {
            return;
        }
        let mut parts: Vec<usize> = asked.iter().map(|at| missing[*at]).collect();
        let forms: i64 = parts.iter().map(|at| puzzle.unknowns[*at].truth).sum();
        parts.push(puzzle.hidden("blank", all - forms, few));
        parts.push(puzzle.hidden("fewer", few - 1 - all, few));
        let whole = puzzle.known(few - 1);
        puzzle.sum(&parts, whole);
    }

    fn grade_cells(&self, puzzle: &mut Puzzle, by: &str, most: i64) -> Vec<usize> {
        let (truth, published) = (grades_by(&self.truth, by), grades_by(&self.published, by));
        ["Outstanding", "Good", "Requires improvement", "Inadequate"]
            .map(|grade| {
                let name = format!("{by}: {grade}");
                self.cell(
                    puzzle,
                    &name,
                    &published[grade],
                    count(&truth[grade]).unwrap(),
                    most,
                )
            })
            .to_vec()
    }

    /// The word beside hidden grades.
    fn band_of_grades(&self, puzzle: &mut Puzzle, by: &str, grades: Vec<usize>) {
        let row = grades_by(&self.published, by);
        let band = words(&row["In words"]).to_owned();
        if self.rule != Rule::SmallOnly && !band.is_empty() {
            puzzle.condition(move |values| {
                let of = |at: usize| values[grades[at]];
                let whole: i64 = grades.iter().map(|at| values[*at]).sum();
                fits(&band, of(0) + of(1), whole)
            });
        }
    }

    fn panel(&self) -> Puzzle {
        let mut puzzle = Puzzle::default();
        let cases = self.audit.cases as i64;
        let mut parts = self.grade_cells(&mut puzzle, "Panel", cases);
        let grades = parts.clone();
        let judged: i64 = parts.iter().map(|at| puzzle.unknowns[*at].truth).sum();
        parts.push(puzzle.hidden("not judged", cases - judged, cases));
        let whole = puzzle.known(cases);
        puzzle.sum(&parts, whole);
        self.band_of_grades(&mut puzzle, "Panel", grades);
        puzzle
    }

    /// A theme and its questions.
    fn theme(&self, theme: &str) -> Puzzle {
        let mut puzzle = Puzzle::default();
        let scored = self.scored();
        let published = rows(&self.published, "Questions").into_iter();
        let own: Vec<_> = published
            .filter(|row| words(row["Theme"]) == theme)
            .collect();
        let (mut favourable, mut all, mut most) = (Vec::new(), Vec::new(), 0);
        for row in &own {
            let code = words(row["Code"]);
            let (part, whole) = scored[code];
            let askable = (self.audit.cases * self.audit.asked_of(code).len()) as i64;
            let part = self.cell(
                &mut puzzle,
                &format!("{code} favourable"),
                row["Favourable"],
                part,
                askable,
            );
            let whole = self.cell(
                &mut puzzle,
                &format!("{code} scored"),
                row["Scored"],
                whole,
                askable,
            );
            let rest = puzzle.unknowns[whole].truth - puzzle.unknowns[part].truth;
            let rest = puzzle.hidden("rest", rest, askable);
            puzzle.sum(&[part, rest], whole);
            favourable.push(part);
            all.push(whole);
            most += askable;
        }
        let mut published = rows(&self.published, "Themes").into_iter();
        let row = published.find(|row| words(row["Theme"]) == theme).unwrap();
        let total = |puzzle: &Puzzle, parts: &[usize]| {
            parts
                .iter()
                .map(|at| puzzle.unknowns[*at].truth)
                .sum::<i64>()
        };
        let (part, whole) = (total(&puzzle, &favourable), total(&puzzle, &all));
        let ours = match self.rule {
            Rule::QuestionsAlone(own) => Rule::Ours(own),
            other => other,
        };
        let part = puzzle.cell(
            format!("{theme} favourable"),
            part,
            most,
            shown(ours, row["Favourable"], part),
        );
        let whole = puzzle.cell(
            format!("{theme} scored"),
            whole,
            most,
            shown(ours, row["Scored"], whole),
        );
        puzzle.sum(&favourable, part);
        puzzle.sum(&all, whole);
        let band = words(row["In words"]).to_owned();
        if self.rule != Rule::SmallOnly && !band.is_empty() {
            puzzle.condition(move |values| fits(&band, values[part], values[whole]));
        }
        puzzle
    }

    fn timescale(&self, at: usize) -> Puzzle {
        let mut puzzle = Puzzle::default();
        let cases = self.audit.cases as i64;
        let truth = &rows(&self.truth, "Timescales")[at];
        let published = &rows(&self.published, "Timescales")[at];
        let names = [
            "Met",
            "Missed",
            "One way only",
            "Cannot compute",
            "No limit",
        ];
        let parts = names.map(|name| {
            let own = count(truth[name]).unwrap();
            self.cell(&mut puzzle, name, published[name], own, cases)
        });
        let whole = puzzle.known(cases);
        puzzle.sum(&parts, whole);
        puzzle
    }
}

/// The row of grades given by somebody.
fn grades_by(tables: &[Table], by: &str) -> BTreeMap<String, Field> {
    let mut rows = rows(tables, "Grades").into_iter();
    let row = rows.find(|row| words(row["Given by"]) == by).unwrap();
    row.into_iter()
        .map(|(name, field)| (name.to_owned(), field.clone()))
        .collect()
}

/// What the words mean, as the publication says.
fn fits(band: &str, part: i64, whole: i64) -> bool {
    match band {
        "few or none" => part * 3 < whole || part == 0,
        "about half" => part > 0 && part * 3 >= whole && part * 3 <= whole * 2,
        "most or all" => part > 0 && part * 3 > whole * 2,
        other => panic!("no such word: {other}"),
    }
}

#[test]
fn no_hidden_count_of_a_publication_can_be_worked_out_and_not_everything_is_hidden() {
    let mut outcome = Outcome::default();
    for seed in 0..40 {
        let audit = Invented::new(seed, 4 + seed as usize % 23);
        for threshold in [3, 5, 9] {
            let rule = Rule::Ours(Suppression::new(threshold).unwrap());
            outcome.merge(Attack::on(&audit, rule));
        }
    }
    assert_eq!(outcome.worked_out, Vec::<String>::new());
    // Counted, not assumed: both happen, and often.
    let all = outcome.hidden + outcome.shown;
    println!("{} of {all} cells are shown", outcome.shown);
    assert!(
        outcome.shown * 5 > all,
        "{} of {all} are shown",
        outcome.shown
    );
    assert!(
        outcome.hidden * 5 > all,
        "{} of {all} are hidden",
        outcome.hidden
    );
}

#[test]
fn the_attack_succeeds_where_a_rule_is_left_out() {
    let usual = Suppression::default();
    for rule in [Rule::SmallOnly, Rule::QuestionsAlone(usual)] {
        let mut worked_out = 0;
        for seed in 0..6 {
            let audit = Invented::new(seed, 12 + seed as usize);
            worked_out += Attack::on(&audit, rule).worked_out.len();
        }
        println!("{rule:?}: {worked_out} worked out");
        assert!(worked_out > 10, "{rule:?}: {worked_out}");
    }
}
