//! Reads a workbook that came back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::cells::{self, Cells};
use super::layout::{FIRST_ROW, Line, TITLE_ROW, column, lines};
use super::problem::{BadWorkbook, CellProblem};
use super::rows::{self, in_words};
use super::sheet::SheetReader;
use super::write::LISTS;
use super::{CaseSheet, Identity, SheetOf, about, complete, form, package, questions, stop};
use crate::domain::flow::Answers;
use crate::domain::form::{AgencyReturn, CaseForm};
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::tool::Tool;
use crate::exchange::{ExchangeError, Result};

/// A workbook that is a return, and says which.
#[derive(Clone, Debug)]
pub struct OpenWorkbook {
    path: PathBuf,
    saved: Option<DateTime<Utc>>,
    identity: Identity,
    expected: Vec<SheetOf>,
    sheets: Vec<(String, Cells)>,
    /// The partnership and the audit it names.
    names: [String; 2],
    /// What is wrong with its first sheet.
    problems: Vec<CellProblem>,
}

/// One sheet of the workbook, and which case should stand on it.
#[derive(Clone, Copy)]
struct Page<'a> {
    expected: &'a SheetOf,
    name: &'a str,
    cells: &'a Cells,
}

impl OpenWorkbook {
    /// Opens a file and reads what it is.
    ///
    /// # Errors
    /// When it cannot be read, is no workbook, no return, of a newer version of the program, or no
    /// longer says which return it is.
    pub fn open(path: &Path) -> Result<Self> {
        let not = |what: String| ExchangeError::NotAWorkbook {
            path: path.to_owned(),
            what,
        };
        let package = package::open(path)?;
        let sheets = cells::read(&package).map_err(not)?;
        let about = sheets.iter().find(|(name, _)| name == about::NAME);
        let format = about.and_then(|(_, cells)| about::format(cells));
        let (Some((_, about)), Some(format)) = (about, format) else {
            return Err(not(format!(
                "it is not a return made by Goldthread, or its sheet “{}” was renamed, taken out or changed",
                about::NAME
            )));
        };
        if format != about::FORMAT {
            return Err(not(
                "it was made by a newer version of Goldthread; merge it with that version".into(),
            ));
        }
        let bad = |problems| ExchangeError::BadWorkbook {
            path: path.to_owned(),
            problems: BadWorkbook::from(problems),
        };
        let identity = about::identity(about).map_err(bad)?;
        let mut problems = Vec::new();
        let expected = about::sheets(about, &mut problems);
        problems.extend(about::strays(about, expected.len() + problems.len()));
        let names = about::names(about);
        Ok(Self {
            path: path.to_owned(),
            saved: package.saved,
            identity,
            expected,
            names,
            sheets,
            problems,
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Which return it is.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The name of the partnership, as it gives it.
    pub fn partnership(&self) -> &str {
        &self.names[0]
    }

    /// The title of the audit, as it gives it.
    pub fn audit(&self) -> &str {
        &self.names[1]
    }

    /// When it was last saved, by the clock of whoever saved it; when it was made, if it does not
    /// say.
    pub fn saved(&self) -> DateTime<Utc> {
        self.saved.unwrap_or(self.identity.made)
    }

    /// Reads every case sheet with the tool of its audit. A sheet of which `as_sent` says that it is
    /// as it was sent out need not be complete: the register has it so already.
    ///
    /// # Errors
    /// Everything that is not as it was sent out or should be, by sheet and cell.
    pub fn read(
        &self,
        tool: &Tool,
        as_sent: &dyn Fn(&CaseSheet) -> bool,
    ) -> std::result::Result<Vec<CaseSheet>, BadWorkbook> {
        if self.identity.tool != tool.name() {
            let message = format!(
                "the workbook was made with {}, and the audit uses {}; ask for a new one",
                self.identity.tool,
                tool.name()
            );
            let problem = CellProblem::at(about::NAME, about::tool_place(), message);
            return Err(BadWorkbook::from(vec![problem]));
        }
        let mut problems = self.problems.clone();
        let mut read = Vec::new();
        let found = self.find_sheets(&mut problems);
        for (expected, found) in self.expected.iter().zip(found) {
            let Some((name, cells)) = found else { continue };
            let page = Page {
                expected,
                name,
                cells,
            };
            read.extend(self.read_sheet(page, tool, as_sent, &mut problems));
        }
        match problems.is_empty() {
            true => Ok(read),
            false => Err(BadWorkbook::from(problems)),
        }
    }

    /// The sheet of each case, and what is wrong with the sheets themselves.
    fn find_sheets(&self, problems: &mut Vec<CellProblem>) -> Vec<Option<(&str, &Cells)>> {
        let case_of = |cells: &Cells| {
            let held = cells.get(&(TITLE_ROW, column::VERSION));
            held.map(in_words)
                .and_then(|id| id.parse::<RecordId>().ok())
        };
        let sheets = || {
            self.sheets
                .iter()
                .map(|(name, cells)| (name.as_str(), cells))
        };
        let mut found = Vec::new();
        for expected in &self.expected {
            let by_name = sheets().find(|(name, _)| *name == expected.sheet);
            let by_case = || sheets().find(|(_, cells)| case_of(cells) == Some(expected.case));
            let sheet = by_name.or_else(|| {
                let renamed = by_case();
                let message = match renamed {
                    Some((name, _)) => {
                        format!("this sheet was renamed to “{name}”; name it as it was")
                    }
                    None => "this sheet is missing; put it back".to_owned(),
                };
                problems.push(CellProblem::of_sheet(&expected.sheet, message));
                renamed
            });
            if let Some((name, cells)) = sheet
                && case_of(cells) != Some(expected.case)
            {
                let message = format!(
                    "this sheet is not the one of {}: its case id was changed, or sheets were renamed",
                    expected.reference
                );
                problems.push(CellProblem::at(name, (TITLE_ROW, column::VERSION), message));
            }
            found.push(sheet);
        }
        let is_found = |name: &str| found.iter().flatten().any(|(found, _)| *found == name);
        for (name, _) in sheets() {
            if ![about::NAME, LISTS].contains(&name) && !is_found(name) {
                let message = "this sheet is not of this return; take it out";
                problems.push(CellProblem::of_sheet(name, message));
            }
        }
        if !sheets().any(|(name, _)| name == LISTS) {
            problems.push(CellProblem::of_sheet(
                LISTS,
                "this sheet is missing; put it back",
            ));
        }
        found
    }

    /// Reads one sheet; what is wrong with it goes to `problems`, in the order of its rows.
    fn read_sheet(
        &self,
        Page {
            expected,
            name,
            cells,
        }: Page<'_>,
        tool: &Tool,
        as_sent: &dyn Fn(&CaseSheet) -> bool,
        problems: &mut Vec<CellProblem>,
    ) -> Option<CaseSheet> {
        let columns = rows::check_columns(name, cells);
        if !columns.is_empty() {
            problems.extend(columns);
            return None;
        }
        let lines = lines(tool, &self.identity.agency);
        let (places, mut found) = rows::find(name, cells, &lines);
        found.extend(rows::check_words(name, cells, &places, tool, &lines));
        found.extend(rows::check_strays(name, cells, &places, &lines));
        let mut reader = SheetReader::new(name, tool, &self.identity.agency, cells, &places);
        let sheet = self.fill(&mut reader, expected, &lines);
        if !as_sent(&sheet) {
            complete::check(&mut reader, &sheet);
        }
        found.append(&mut reader.problems);
        found.sort_by_key(|problem| problem.place);
        problems.extend(found);
        Some(sheet)
    }

    fn fill(
        &self,
        reader: &mut SheetReader<'_>,
        expected: &SheetOf,
        lines: &[Line<'_>],
    ) -> CaseSheet {
        let agency_return = AgencyReturn::id(self.identity.audit, &self.identity.agency);
        let mut sheet = CaseSheet {
            case: expected.case,
            reference: expected.reference.clone(),
            form: CaseForm::new(agency_return, expected.case),
            answers: Answers::new(),
            dates: BTreeMap::new(),
            stop: None,
            versions: BTreeMap::new(),
        };
        for line in lines {
            read_version(reader, *line, &mut sheet);
        }
        questions::read(reader, lines, &mut sheet);
        form::read(reader, lines, &mut sheet);
        sheet.stop = stop::read(reader, &sheet, self.saved());
        sheet
    }
}

/// Reads the revisions that a row was made from.
fn read_version(reader: &mut SheetReader<'_>, line: Line<'_>, sheet: &mut CaseSheet) {
    let written = reader.version(line);
    if written.is_empty() {
        return;
    }
    let ids = written.split_whitespace().map(str::parse::<RevisionId>);
    let ids = ids.collect::<std::result::Result<Vec<_>, _>>();
    match (line.record(sheet.id()), ids) {
        (Some(record), Ok(ids)) => drop(sheet.versions.insert(record, ids)),
        _ => reader.say(line, column::VERSION, CHANGED_VERSION),
    }
}

const CHANGED_VERSION: &str = "the version of this row was changed; take the workbook as it was sent out and copy the answers over";

impl OpenWorkbook {
    /// The problem of a row whose record's version is not one that the register sent out.
    pub fn foreign_version(&self, tool: &Tool, sheet: &CaseSheet, record: RecordId) -> CellProblem {
        let named = self.expected.iter().find(|one| one.case == sheet.case);
        let name = named.map_or(sheet.reference.as_str(), |one| one.sheet.as_str());
        let lines = lines(tool, &self.identity.agency);
        let row = lines
            .iter()
            .position(|line| line.record(sheet.id()) == Some(record));
        let message = "this register does not have the version that this row was made from; the workbook was made from another copy of the register, or the version was changed";
        match row {
            Some(row) => CellProblem::at(name, (FIRST_ROW + row as u32, column::VERSION), message),
            None => CellProblem::of_sheet(name, message),
        }
    }
}
