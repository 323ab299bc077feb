//! The report as plain tables: what stands on the sheets of the workbook and in the CSV files. One
//! description for both, with the meaning of every column, so that the two never differ.

mod about;
mod actions;
mod answers;
mod counts;
mod findings;
mod table;

use super::data_json::FormContents;
use super::report::{AuditPart, Report};
use crate::analysis::Filter;
use crate::domain::catalogue::Catalogue;
use crate::domain::register::Register;

pub(super) use about::{ALWAYS_WHOLE, basis_in_words};
pub use table::{Column, Field, Table};

/// What the tables are made from.
#[derive(Clone, Copy)]
pub struct TablesSource<'a> {
    /// The figures.
    pub report: &'a Report,
    /// Names of agencies, grades and questions.
    pub register: &'a Register,
    /// Names of themes.
    pub catalogue: &'a Catalogue,
    /// The part that is counted: answers and judgements outside of it are left out.
    pub filter: &'a Filter,
    /// Every form's answers, for the table of answers; never given when published.
    pub answers: Option<&'a FormContents>,
    /// Whether what people wrote under the questions goes in too.
    pub with_notes: bool,
}

/// Every table of an export, in order.
pub fn tables(source: &TablesSource<'_>) -> Vec<Table> {
    let mut tables = vec![
        source.about(),
        source.coverage(),
        source.grades(),
        source.questions(),
        source.themes(),
        source.timescales(),
        source.findings(),
        source.actions(),
        source.updates(),
    ];
    if let Some(contents) = source.answers {
        tables.push(source.answers(contents));
        tables.push(source.judgements());
    }
    tables
}

impl<'a> TablesSource<'a> {
    fn published(&self) -> bool {
        self.report.suppression.is_some()
    }

    fn audits(&self) -> impl Iterator<Item = &'a AuditPart> {
        self.report.audits.iter()
    }

    /// The agency's full name.
    fn agency(&self, code: &str) -> String {
        let agency = self.register.agency(code);
        agency.map_or_else(|| code.to_owned(), |agency| agency.name.clone())
    }

    fn theme(&self, id: &str) -> String {
        let theme = self.catalogue.theme(id);
        theme.map_or_else(|| id.to_owned(), |theme| theme.name.clone())
    }
}
