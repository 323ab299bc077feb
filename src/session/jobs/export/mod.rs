//! Writes an export to a file or folder.

mod paper;
mod request;

use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};

use super::{Progress, Watch, check_names};
use crate::analysis::{Basis, Facts, Filter};
use crate::domain::id::RecordId;
use crate::domain::revision::Author;
use crate::exchange::bmg_json::BmgFile;
use crate::exchange::csv_files::csv_files;
use crate::exchange::data_json::{self, FormContents};
use crate::exchange::file;
use crate::exchange::free_text::{Outgoing, outgoing};
use crate::exchange::report::{Report, ReportRequest, report};
use crate::exchange::tables::{Table, TablesSource, tables};
use crate::exchange::xlsx::workbook;
use crate::session::document::Document;
use crate::session::error::{Error, Result};

pub use request::{ExportKind, ExportRequest, FormRequest, PaperKind};

/// An export under way.
struct Export<'a, 'b> {
    document: &'a Document,
    request: &'a ExportRequest,
    author: &'a Author,
    now: DateTime<Utc>,
    watch: &'a mut Watch<'b>,
    /// The texts that go out, from whatever they are written from: each is looked through.
    told: Vec<Outgoing>,
}

/// What is written: the content, and in words what it is.
enum Made {
    File(Vec<u8>, String),
    Folder(Vec<(String, Vec<u8>)>, String),
}

/// Makes an export and returns the line that says what was written.
///
/// # Errors
/// When the document cannot be read, the file cannot be written, the request makes no sense, or the
/// job was cancelled. No half file is left.
pub fn export(
    document: &Document,
    request: &ExportRequest,
    author: &Author,
    report: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<String> {
    request.check()?;
    let watch = &mut Watch { report, cancel };
    let mut export = Export {
        document,
        request,
        author,
        now: Utc::now(),
        watch,
        told: Vec::new(),
    };
    let made = match &request.kind {
        ExportKind::BmgJson => export.bmg()?,
        ExportKind::DataJson => export.data()?,
        ExportKind::ActionsJson => export.actions()?,
        ExportKind::Workbook => export.workbook()?,
        ExportKind::Csv => export.csv()?,
        ExportKind::Paper(paper) => export.paper(paper)?,
    };
    export.watch.step("Looking for names", 0, 0)?;
    let finder = &document.catalogue().identifiers;
    check_names(finder, &export.told, request.names_checked)?;
    export.watch.step("Writing", 0, 0)?;
    let words = match made {
        Made::File(content, words) => {
            file::write(&request.to, &content)?;
            words
        }
        Made::Folder(files, words) => {
            file::write_folder(&request.to, &files)?;
            words
        }
    };
    let example = if document.register().is_worked_example() {
        " (worked example, invented cases)"
    } else {
        ""
    };
    let to = request.to.display();
    Ok(format!("Exported {words}{example} to {to}."))
}

/// Says how many audits a publication leaves out.
fn left_out(held_back: usize) -> String {
    match held_back {
        0 => String::new(),
        1 => ", without 1 audit whose findings are not agreed yet".to_owned(),
        count => format!(", without {count} audits whose findings are not agreed yet"),
    }
}

impl Export<'_, '_> {
    fn facts(&mut self) -> Result<Facts> {
        let facts = super::facts::read(self.document, self.watch)?;
        self.watch.step("Summing up", 0, 0)?;
        Ok(facts)
    }

    /// The report on these audits.
    fn report(&mut self, audits: &[RecordId], basis: Basis, filter: &Filter) -> Result<Report> {
        let facts = self.facts()?;
        let wanted = ReportRequest {
            audits,
            basis,
            filter,
            publish: self.request.publish,
            now: self.now,
            by: &self.author.role,
        };
        let document = self.document;
        let made = report(document.register(), document.catalogue(), &facts, &wanted)?;
        Ok(made)
    }

    fn whole_report(&mut self) -> Result<Report> {
        let audits: Vec<RecordId> = self.request.audit.into_iter().collect();
        self.told_report(&audits)
    }

    /// The report on these audits as it goes out; its texts are kept to be looked through.
    fn told_report(&mut self, audits: &[RecordId]) -> Result<Report> {
        let report = self.report(audits, self.request.basis, &self.request.filter)?;
        self.tell(&report);
        Ok(report)
    }

    /// Keeps the texts of a report that goes out.
    fn tell(&mut self, report: &Report) {
        self.told
            .extend(outgoing(&BmgFile::of(report.clone()).text()));
    }

    /// How many audits went into what, and whether small numbers are hidden.
    fn words(&self, report: &Report, into: &str) -> String {
        let audits = match report.audits() {
            1 => "1 audit".to_owned(),
            count => format!("{count} audits"),
        };
        let hidden = match self.request.publish {
            Some(_) => " with small numbers hidden",
            None => "",
        };
        format!("{audits} {into}{hidden}{}", left_out(report.held_back()))
    }

    fn bmg(&mut self) -> Result<Made> {
        let report = self.whole_report()?;
        let words = self.words(&report, "for the BMG");
        let text = BmgFile::of(report).text();
        Ok(Made::File(text.into_bytes(), words))
    }

    fn data(&mut self) -> Result<Made> {
        let audit = self.request.audit.ok_or(Error::WhichAudit)?;
        let contents = self.contents(&[audit])?;
        let register = self.document.register();
        let data = data_json::export(register, audit, &contents)
            .ok_or_else(|| Error::NoAudit(audit.to_string()))?;
        let title = register.audits.get(&audit);
        let title = title.map_or("", |audit| audit.title.as_str());
        let words = format!("the case-level data of “{title}”");
        let text = data.text();
        self.told.extend(outgoing(&text));
        Ok(Made::File(text.into_bytes(), words))
    }

    fn actions(&mut self) -> Result<Made> {
        let file = super::action_plan(self.document, self.request.audit, self.now)?;
        let actions = match file.count() {
            1 => "1 action".to_owned(),
            count => format!("{count} actions"),
        };
        let words = format!("{actions} for the BMG to decide on");
        let text = file.text();
        self.told.extend(outgoing(&text));
        Ok(Made::File(text.into_bytes(), words))
    }

    /// What stands on the forms of these audits.
    fn contents(&mut self, audits: &[RecordId]) -> Result<FormContents> {
        let register = self.document.register();
        let forms: Vec<RecordId> = audits
            .iter()
            .flat_map(|audit| register.forms_of(*audit))
            .map(|(form, ..)| form)
            .collect();
        let mut contents = FormContents::new();
        for (at, form) in forms.iter().enumerate() {
            self.watch.step("Reading forms", at, forms.len())?;
            let content = self.document.form_content(*form)?;
            contents.insert(*form, (content.answers, content.dates));
        }
        Ok(contents)
    }

    fn tables(&mut self, into: &str) -> Result<(Vec<Table>, String)> {
        let report = self.whole_report()?;
        let audits: Vec<RecordId> = report.audit_ids().collect();
        // Answers case by case are never published.
        let with_answers = self.request.publish.is_none();
        let contents = with_answers.then(|| self.contents(&audits)).transpose()?;
        let tables = tables(&TablesSource {
            report: &report,
            register: self.document.register(),
            catalogue: self.document.catalogue(),
            filter: &self.request.filter,
            answers: contents.as_ref(),
            with_notes: self.request.with_notes,
        });
        self.told.extend(tables.iter().flat_map(Table::written));
        let words = self.words(&report, into);
        Ok((tables, words))
    }

    fn workbook(&mut self) -> Result<Made> {
        let (tables, words) = self.tables("as a workbook")?;
        let partnership = self.document.register().partnership();
        let title = partnership.map_or_else(String::new, |own| own.name.clone());
        let bytes = workbook(
            &format!("{title}: multi-agency case audits"),
            &tables,
            self.now,
        )?;
        Ok(Made::File(bytes, words))
    }

    fn csv(&mut self) -> Result<Made> {
        let (tables, words) = self.tables("as CSV files")?;
        Ok(Made::Folder(csv_files(&tables)?, words))
    }
}
