//! A list of cases from a CSV file or pasted from a spreadsheet: references, and for each as much
//! of age band, sex, ethnicity group, plan and earlier reference as there is.

mod columns;
mod rows;

use std::collections::BTreeSet;
use std::fmt;

use crate::domain::case::{
    AGE_BANDS, BadReference, Choices, ETHNICITY_GROUPS, PLANS, SEXES, check_reference,
};
use crate::domain::plain::told;

use columns::{Column, plain};

/// One case of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedCase {
    /// Its row in the list, from 1, the heading included.
    pub row: u64,
    /// The audit reference.
    pub reference: String,
    /// Age band.
    pub age_band: Option<String>,
    /// Sex.
    pub sex: Option<String>,
    /// Ethnicity group.
    pub ethnicity: Option<String>,
    /// Plan.
    pub plan: Option<String>,
    /// Its reference in the audit that this one repeats, where the same child was read there.
    pub same_as: Option<String>,
}

/// What is known of the audit that a list is for.
#[derive(Clone, Debug, Default)]
pub struct ListedFor {
    /// References of the cases that it has already.
    pub references: BTreeSet<String>,
    /// References in the audit that it repeats; `None` where it repeats none.
    pub earlier: Option<BTreeSet<String>>,
    /// Those of them that its cases are said to be already.
    pub named: BTreeSet<String>,
}

/// What is wrong with a row. `Display` is "Row 4: …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// The row, from 1; 0 for the list as a whole.
    pub row: u64,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            0 => f.write_str(&self.message),
            row => write!(f, "Row {row}: {}", self.message),
        }
    }
}

/// A list as it was read: the cases that are in order, and what is wrong with the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseList {
    /// Cases in order, without problems.
    pub cases: Vec<ListedCase>,
    /// Problems by row.
    pub problems: Vec<RowProblem>,
}

/// Reads a list of cases for an audit. The separator may be a comma, a semicolon or a tab; empty
/// rows are passed over.
pub fn read_cases(bytes: &[u8], audit: &ListedFor) -> CaseList {
    let mut list = CaseList::default();
    if bytes.len() > MOST_BYTES {
        list.say(0, "The list is larger than 1 MB, which no audit's is.");
        return list;
    }
    let Some(text) = rows::decoded(bytes) else {
        list.say(
            0,
            "The list is not text; save it as CSV (UTF-8) and try again.",
        );
        return list;
    };
    let mut rows = rows::rows(&text, &mut list).into_iter().peekable();
    let heading = rows.next_if(|(_, cells)| columns::is_heading(cells));
    let columns = match &heading {
        Some((row, cells)) => columns::named(*row, cells, &mut list),
        None => columns::usual(),
    };
    let mut seen = Seen {
        references: BTreeSet::new(),
        named: audit.named.clone(),
    };
    for (row, cells) in rows {
        read_row(row, &cells, &columns, audit, &mut seen, &mut list);
    }
    if list.cases.is_empty() && list.problems.is_empty() {
        list.say(0, "There is no case reference in the list.");
    }
    list.problems.truncate(MOST_PROBLEMS);
    list
}

/// The largest list that is read. One of a thousand cases has about 30,000 bytes.
const MOST_BYTES: usize = 1_000_000;
/// How many problems are told.
const MOST_PROBLEMS: usize = 200;

impl CaseList {
    fn say(&mut self, row: u64, message: impl Into<String>) {
        self.problems.push(RowProblem {
            row,
            message: told(&message.into()),
        });
    }
}

/// What stood in the rows before.
struct Seen {
    references: BTreeSet<String>,
    /// Earlier references that a case is said to be.
    named: BTreeSet<String>,
}

fn read_row(
    row: u64,
    cells: &[String],
    columns: &[Option<Column>],
    audit: &ListedFor,
    seen: &mut Seen,
    list: &mut CaseList,
) {
    let mut case = ListedCase {
        row,
        ..ListedCase::default()
    };
    let before = list.problems.len();
    for (at, cell) in cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty())
    {
        let mut choose = |what: &str, choices: Choices| {
            let chosen = choice(cell, choices);
            if chosen.is_none() {
                list.say(row, not_a_choice(cell, what, choices));
            }
            chosen
        };
        match columns.get(at) {
            Some(Some(Column::Reference)) => case.reference.clone_from(cell),
            Some(Some(Column::AgeBand)) => case.age_band = choose("an age band", AGE_BANDS),
            Some(Some(Column::Sex)) => case.sex = choose("a sex", SEXES),
            Some(Some(Column::Ethnicity)) => {
                case.ethnicity = choose("an ethnicity group", ETHNICITY_GROUPS);
            }
            Some(Some(Column::Plan)) => case.plan = choose("a plan", PLANS),
            Some(Some(Column::SameAs)) => match earlier_problem(cell, audit, seen) {
                Ok(()) => case.same_as = Some(cell.clone()),
                Err(message) => list.say(row, format!("in the column same_as, {message}")),
            },
            Some(None) => (),
            None => list.say(row, "there are more cells than columns"),
        }
    }
    if let Err(message) = reference_problem(&case.reference, audit, seen) {
        list.say(row, message);
    }
    if list.problems.len() == before {
        list.cases.push(case);
    }
}

/// Whether the reference can be taken. It is noted as seen either way.
fn reference_problem(reference: &str, audit: &ListedFor, seen: &mut Seen) -> Result<(), String> {
    check_reference(reference).map_err(|error| match error {
        BadReference::Empty => "there is no reference".to_owned(),
        other => format!("“{reference}”: {other}"),
    })?;
    if audit.references.contains(reference) {
        return Err(format!("the audit has a case {reference} already"));
    }
    if !seen.references.insert(reference.to_owned()) {
        return Err(format!("{reference} is in the list twice"));
    }
    Ok(())
}

/// Whether the same child can have been read under this reference. It is noted as named either way.
fn earlier_problem(reference: &str, audit: &ListedFor, seen: &mut Seen) -> Result<(), String> {
    let Some(earlier) = &audit.earlier else {
        return Err(format!(
            "“{reference}” is given, but this audit repeats no other: choose one under “Re-audit of” first, or leave the column out"
        ));
    };
    if !earlier.contains(reference) {
        return Err(format!(
            "“{reference}” is no case of the audit that this one repeats: give its reference there, or leave the cell empty"
        ));
    }
    if !seen.named.insert(reference.to_owned()) {
        return Err(format!(
            "{reference} is said to be another case of this audit already"
        ));
    }
    Ok(())
}

/// The choice with this id or these words, whatever the capitals.
fn choice(cell: &str, choices: Choices) -> Option<String> {
    let wanted = plain(cell);
    let mut choices = choices.iter();
    choices
        .find(|(id, label)| plain(id) == wanted || plain(label) == wanted)
        .map(|(id, _)| (*id).to_owned())
}

fn not_a_choice(cell: &str, what: &str, choices: Choices) -> String {
    let ids: Vec<_> = choices.iter().map(|(id, _)| *id).collect();
    format!("“{cell}” is not {what}; use {}", ids.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// For an audit that has a case OLD-1 and repeats none.
    fn read(text: &str) -> CaseList {
        let audit = ListedFor {
            references: BTreeSet::from(["OLD-1".to_owned()]),
            ..ListedFor::default()
        };
        read_cases(text.as_bytes(), &audit)
    }

    /// For an audit that repeats one with the cases N-1 to N-3, of which N-3 is named already.
    fn read_again(text: &str) -> CaseList {
        let audit = ListedFor {
            earlier: Some(["N-1", "N-2", "N-3"].map(ToOwned::to_owned).into()),
            named: BTreeSet::from(["N-3".to_owned()]),
            ..ListedFor::default()
        };
        read_cases(text.as_bytes(), &audit)
    }

    #[test]
    fn the_same_child_is_named_by_its_earlier_reference() {
        for text in [
            "ref,same_as\nA-1,N-2\nA-2,\nA-3,N-1\n",
            "Same child as;Case\nN-2;A-1\n;A-2\nN-1;A-3\n",
            "A-1,,,,,N-2\nA-2\nA-3,,,,,N-1\n",
        ] {
            let list = read_again(text);
            assert_eq!(list.problems, [], "{text}");
            let named = list.cases.iter().map(|case| case.same_as.as_deref());
            let named: Vec<_> = named.collect();
            assert_eq!(named, [Some("N-2"), None, Some("N-1")], "{text}");
        }
    }

    #[test]
    fn an_earlier_reference_that_cannot_be_is_refused_by_row_and_column() {
        let refused = "Row 3: in the column same_as, ";
        for (earlier, why) in [
            ("N-9", "“N-9” is no case of the audit that this one repeats"),
            ("n-1", "“n-1” is no case"),
            (
                "N-1",
                "N-1 is said to be another case of this audit already",
            ),
            (
                "N-3",
                "N-3 is said to be another case of this audit already",
            ),
        ] {
            let list = read_again(&format!("ref,same_as\nA-1,N-1\nA-2,{earlier}\n"));
            let told = list.problems[0].to_string();
            assert!(told.starts_with(&format!("{refused}{why}")), "{told}");
            assert_eq!((list.problems.len(), references(&list)), (1, vec!["A-1"]));
        }
        let list = read("ref,same_as\nA-1,\nA-2,N-1\n");
        let told = list.problems[0].to_string();
        assert!(told.starts_with(&format!(
            "{refused}“N-1” is given, but this audit repeats no other"
        )));
        assert_eq!(references(&list), ["A-1"]);
    }

    fn references(list: &CaseList) -> Vec<&str> {
        list.cases
            .iter()
            .map(|case| case.reference.as_str())
            .collect()
    }

    #[test]
    fn lists_as_people_have_them() {
        let cases = [
            ("plain", "NEG20-01\nNEG20-02\n"),
            ("CRLF and an empty line", "NEG20-01\r\n\r\nNEG20-02\r\n"),
            ("byte order mark", "\u{feff}ref\nNEG20-01\nNEG20-02"),
            (
                "quotes",
                "\"ref\",\"sex\"\n\"NEG20-01\",\"F\"\n\"NEG20-02\",\"\"\n",
            ),
            ("pasted", "Case ref\tSex\nNEG20-01\tFemale\nNEG20-02\tM\n"),
            (
                "semicolons",
                "REF;PLAN\nNEG20-01;CP\nNEG20-02;child protection\n",
            ),
            ("another order", "sex,ref\nF,NEG20-01\n,NEG20-02\n"),
            ("no heading", "NEG20-01,5-9,F\nNEG20-02,unborn,U\n"),
            ("empty cells", ",,\nref,,\nNEG20-01,,\nNEG20-02,,\n"),
        ];
        for (what, text) in cases {
            let list = read(text);
            assert_eq!(list.problems, [], "{what}");
            assert_eq!(references(&list), ["NEG20-01", "NEG20-02"], "{what}");
        }
    }

    #[test]
    fn ids_and_labels_are_understood() {
        let list = read(
            "ref,age_band,sex,ethnicity,plan\n\
             A-1,5-9,f,White,cp\n\
             A-2,5 to 9,Female,\"Black, Black British, Caribbean or African\",Child protection\n\
             A-3,Unborn,not known or not stated,not_stated,none\n",
        );
        assert_eq!(list.problems, []);
        let of = |at: usize| {
            let case = &list.cases[at];
            let fields = [&case.age_band, &case.sex, &case.ethnicity, &case.plan];
            fields.map(|field| field.as_deref().unwrap())
        };
        assert_eq!(of(0), ["5-9", "F", "white", "CP"]);
        assert_eq!(of(1), ["5-9", "F", "black", "CP"]);
        assert_eq!(of(2), ["unborn", "U", "not_stated", "none"]);
    }

    #[test]
    fn problems_are_told_by_row() {
        let cases = [
            ("ref\nA-1\n\nAlice\n", "Row 4: “Alice”: use letters"),
            ("\r\n\r\nref\r\nA-1\r\n\r\nAlice", "Row 6: “Alice”"),
            ("ref,sex\nA-1,X\n", "Row 2: “X” is not a sex; use F, M, U"),
            ("A-1\nA-2\nA-1\n", "Row 3: A-1 is in the list twice"),
            ("A-1\nOLD-1\n", "Row 2: the audit has a case OLD-1 already"),
            ("ref,sex\n,F\n", "Row 2: there is no reference"),
            (
                "ref,name\nA-1,Alice\n",
                "Row 1: the column “name” is not one of",
            ),
            (
                "ref,ref\nA-1,A-2\n",
                "Row 1: the column “ref” is there twice",
            ),
            ("ref\nA-1,F\n", "Row 2: there are more cells than columns"),
            ("", "There is no case reference in the list."),
        ];
        for (text, expected) in cases {
            let list = read(text);
            let told: Vec<_> = list.problems.iter().map(ToString::to_string).collect();
            assert!(
                told.iter().any(|line| line.starts_with(expected)),
                "{text:?}: {told:?}"
            );
        }
        let binary = read_cases(&[0x50, 0x4b, 0xff, 0x00], &ListedFor::default());
        assert_eq!(binary.problems[0].row, 0);
    }

    #[test]
    fn a_spreadsheets_unicode_text_is_read() {
        let text = "ref\tsex\r\nA-1\tF\r\n";
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(
            references(&read_cases(&bytes, &ListedFor::default())),
            ["A-1"]
        );
    }

    #[test]
    fn rows_with_problems_do_not_keep_the_others_out() {
        let list = read("ref,sex\nA-1,F\nA-2,X\nA-3,M\n");
        assert_eq!(references(&list), ["A-1", "A-3"]);
        assert_eq!(list.problems.len(), 1);
    }
}
