//! Writes the workbook.

use chrono::{Datelike as _, NaiveDate, NaiveTime};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, Formula, Note, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::about::{self, Look};
use super::layout::{
    Entry, FIRST_ROW, HEAD_ROW, HEADINGS, HELP_ROW, Line, TITLE_ROW, column, lines,
};
use super::lists::ListOf;
use super::named::named;
use super::sheet::{LARGEST_NUMBER, YEARS};
use super::styles::Styles;
use super::text::plain;
use super::words::{code, look_for, words};
use super::{CaseSheet, Cover, Identity, SheetOf, form, heights, questions, stop};
use crate::domain::answer::Value;
use crate::domain::dates::written_date;
use crate::domain::tool::{LONGEST_TEXT, Tool};
use crate::exchange::{ExchangeError, Result};

/// The sheet of lists.
pub(super) const LISTS: &str = "Lists";

/// What a cell shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    Empty,
    Text(String),
    Date(NaiveDate),
    Time(NaiveTime),
    Number(i64),
}

impl Shown {
    /// Words; an empty text leaves the cell empty.
    pub(super) fn text(text: &str) -> Self {
        match plain(text) {
            empty if empty.is_empty() => Self::Empty,
            text => Self::Text(text),
        }
    }
}

/// Makes the workbook of one agency.
///
/// # Errors
/// When something on a form does not fit into a cell.
pub fn write(
    identity: &Identity,
    cover: &Cover,
    tool: &Tool,
    sheets: &[CaseSheet],
) -> Result<Vec<u8>> {
    let draw = || {
        let mut writer = Writer {
            book: Workbook::new(),
            styles: Styles::new(),
            tool,
            lists: Vec::new(),
        };
        writer.properties(identity, cover)?;
        let named = named(sheets);
        writer.about(identity, cover, &named)?;
        for (sheet, named) in sheets.iter().zip(&named) {
            writer.case(identity, cover, sheet, named)?;
        }
        writer.write_lists()?;
        writer.book.save_to_buffer()
    };
    fits(sheets)?;
    let odd = |error: String| ExchangeError::NotForWorkbook(error);
    let package = draw().map_err(|error: XlsxError| odd(error.to_string()))?;
    heights::let_grow(&package).map_err(|error| odd(error.to_string()))
}

/// Whether every date lies in the years that a workbook takes.
fn fits(sheets: &[CaseSheet]) -> Result<()> {
    for sheet in sheets {
        let answers = sheet
            .answers
            .values()
            .filter_map(|answer| match answer.value() {
                Some(Value::One(text)) => text.parse::<NaiveDate>().ok(),
                _ => None,
            });
        let contacts = sheet
            .stop
            .iter()
            .flat_map(|stop| [&stop.lead, &stop.front_door]);
        let told = contacts.filter_map(|contact| Some(contact.at?.date()));
        let mut dates = sheet.dates.values().copied().chain(answers).chain(told);
        if let Some(date) = dates.find(|date| !YEARS.contains(&date.year())) {
            let (reference, date) = (&sheet.reference, written_date(date));
            let what = format!("{date} on {reference} is not a date between 1990 and 2100");
            return Err(ExchangeError::NotForWorkbook(what));
        }
    }
    Ok(())
}

/// The widths of the first sheet's columns, in figures.
const ABOUT_WIDTHS: [f64; about::COLUMNS as usize] = [20.0, 92.0, 34.0];

type Written = std::result::Result<(), XlsxError>;

struct Writer<'a> {
    book: Workbook,
    styles: Styles,
    tool: &'a Tool,
    /// The lists used so far: heading, words, and where they stand.
    lists: Vec<(String, Vec<String>)>,
}

impl Writer<'_> {
    fn properties(&mut self, identity: &Identity, cover: &Cover) -> Written {
        let made = ExcelDateTime::from_timestamp(identity.made.timestamp())?;
        let properties = DocProperties::new()
            .set_title(format!("Return for “{}”", cover.audit))
            .set_author("Goldthread")
            .set_company(&cover.partnership)
            .set_creation_datetime(&made);
        self.book.set_properties(&properties);
        Ok(())
    }

    fn about(&mut self, identity: &Identity, cover: &Cover, sheets: &[SheetOf]) -> Written {
        let rows = about::rows(identity, cover, self.tool, sheets);
        let sheet = self.book.add_worksheet();
        sheet.set_name(about::NAME)?;
        for (width, column) in ABOUT_WIDTHS.into_iter().zip(0_u16..) {
            sheet.set_column_width(column, width)?;
        }
        for (row, at) in rows.iter().zip(0_u32..) {
            let (first, rest) = match row.look {
                Look::Title => (&self.styles.title, &self.styles.title),
                Look::Heading => (&self.styles.section, &self.styles.section),
                Look::Plain => (&self.styles.label, &self.styles.says),
                Look::Small => (&self.styles.small, &self.styles.small),
            };
            for (text, column) in row.cells.iter().zip(0_u16..) {
                let style = if column == 0 { first } else { rest };
                if !text.is_empty() {
                    sheet.write_string_with_format(at, column, text, style)?;
                } else if row.look == Look::Heading {
                    sheet.write_blank(at, column, style)?;
                }
            }
            let height = match row.look {
                Look::Title => 24.0,
                Look::Small => 12.0,
                _ => heights::height([(row.cells[1].as_str(), ABOUT_WIDTHS[1])]),
            };
            sheet.set_row_height(at, height)?;
        }
        finish(sheet, &format!("{} – {}", cover.audit, cover.agency));
        Ok(())
    }

    fn case(
        &mut self,
        identity: &Identity,
        cover: &Cover,
        sheet: &CaseSheet,
        named: &SheetOf,
    ) -> Written {
        let lines = lines(self.tool, &identity.agency);
        let lists: Vec<_> = lines.iter().map(|line| self.lists_of(*line)).collect();
        let page = self.book.add_worksheet();
        page.set_name(&named.sheet)?;
        set_up(page, FIRST_ROW + lines.len() as u32)?;
        let title = format!("{}: {}, {}", sheet.reference, cover.audit, cover.agency);
        page.write_string_with_format(TITLE_ROW, 0, title, &self.styles.title)?;
        page.write_string_with_format(TITLE_ROW, column::ID, "Case", &self.styles.small)?;
        let case = sheet.case.to_string();
        page.write_string_with_format(TITLE_ROW, column::VERSION, case, &self.styles.small)?;
        let help = "Fill in the yellow cells. Point at a question to see what good evidence looks like. Never write a name: children are references, people are roles.";
        page.write_string_with_format(HELP_ROW, 0, help, &self.styles.help)?;
        for (heading, at) in HEADINGS.iter().zip(0_u16..) {
            page.write_string_with_format(HEAD_ROW, at, *heading, &self.styles.head)?;
        }
        for ((line, lists), row) in lines.iter().zip(&lists).zip(FIRST_ROW..) {
            let writer = LineWriter {
                page: &mut *page,
                styles: &self.styles,
                tool: self.tool,
                sheet,
                line: *line,
                row,
            };
            writer.write(lists)?;
        }
        finish(page, &format!("{} – {}", sheet.reference, cover.agency));
        Ok(())
    }

    /// Where the lists of a row's answer and of its blanks and marks stand.
    fn lists_of(&mut self, line: Line<'_>) -> Lists {
        let answer = match line.entry() {
            Entry::OneOf(list) => Some(self.list(list)),
            _ => None,
        };
        Lists {
            answer,
            blank: line.has_blank().then(|| self.list(ListOf::Blanks)),
            yes: line.has_notes().then(|| self.list(ListOf::Yes)),
        }
    }

    /// Where a list stands. Lists that offer the same are one.
    fn list(&mut self, list: ListOf<'_>) -> String {
        let words = list.words(self.tool);
        let known = self.lists.iter().position(|(_, known)| *known == words);
        let at = known.unwrap_or_else(|| {
            self.lists.push((list.title(), words.clone()));
            self.lists.len() - 1
        });
        let column = rust_xlsxwriter::utility::column_number_to_name(at as u16);
        format!("={LISTS}!${column}$3:${column}${}", words.len() + 2)
    }

    fn write_lists(&mut self) -> Written {
        let sheet = self.book.add_worksheet();
        sheet.set_name(LISTS)?;
        let title = "What can be chosen in the other sheets. Nothing is to be filled in here.";
        sheet.write_string_with_format(0, 0, title, &self.styles.help)?;
        for ((heading, words), column) in self.lists.iter().zip(0_u16..) {
            sheet.set_column_width(column, 34)?;
            sheet.write_string_with_format(1, column, heading, &self.styles.head)?;
            for (word, row) in words.iter().zip(2_u32..) {
                sheet.write_string_with_format(row, column, word, &self.styles.words)?;
            }
        }
        sheet.set_freeze_panes(2, 0)?;
        self.write_meanings()?;
        Ok(())
    }

    /// What each grade means, under the lists.
    fn write_meanings(&mut self) -> Written {
        let Some(scale) = self.tool.scale(&self.tool.grade_scale) else {
            return Ok(());
        };
        let below = self.lists.iter().map(|(_, words)| words.len()).max();
        let first = below.unwrap_or_default() as u32 + 4;
        let Ok(sheet) = self.book.worksheet_from_name(LISTS) else {
            return Ok(());
        };
        let heading = format!("What the grades mean: {}", scale.title);
        sheet.write_string_with_format(first, 0, heading, &self.styles.section)?;
        for (value, row) in scale.values.iter().zip(first + 1..) {
            sheet.write_string_with_format(row, 0, &value.label, &self.styles.code)?;
            sheet.merge_range(row, 1, row, 3, &value.means, &self.styles.words)?;
            sheet.set_row_height(row, 48)?;
        }
        finish(sheet, LISTS);
        Ok(())
    }
}

/// The ranges of the lists that a row's cells choose from.
struct Lists {
    answer: Option<String>,
    blank: Option<String>,
    yes: Option<String>,
}

/// The widths of the columns, in figures.
const WIDTHS: [f64; column::COUNT as usize] = [
    8.0, 48.0, 24.0, 17.0, 28.0, 28.0, 28.0, 9.0, 9.0, 14.0, 33.0,
];

/// Widths, frozen headings, and what is repeated on every printed page.
fn set_up(page: &mut Worksheet, last_row: u32) -> Written {
    for (width, at) in WIDTHS.into_iter().zip(0_u16..) {
        page.set_column_width(at, width)?;
    }
    page.set_row_height(TITLE_ROW, 24)?;
    page.set_row_height(HEAD_ROW, 33)?;
    // The ids beside the rows are for the program, not for paper.
    page.set_print_area(0, 0, last_row, column::ID - 1)?;
    page.set_freeze_panes(FIRST_ROW, column::ANSWER)?;
    page.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    Ok(())
}

/// Protects the sheet and sets up its printing.
fn finish(sheet: &mut Worksheet, name: &str) {
    // Rows and columns may be made larger: a long note is to be read.
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    let name = name.replace('&', "&&");
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer(format!("&L{name}&RPage &P of &N"));
}

/// Writes one row of a case sheet.
struct LineWriter<'a> {
    page: &'a mut Worksheet,
    styles: &'a Styles,
    tool: &'a Tool,
    sheet: &'a CaseSheet,
    line: Line<'a>,
    row: u32,
}

impl LineWriter<'_> {
    fn write(mut self, lists: &Lists) -> Written {
        let (row, line) = (self.row, self.line);
        let id = line.id();
        self.page
            .write_string_with_format(row, column::ID, id, &self.styles.small)?;
        if let Line::Heading(..) | Line::Section(_) = line {
            return self.heading();
        }
        let (code, words) = (code(line), words(self.tool, line));
        self.page
            .write_string_with_format(row, column::CODE, code, &self.styles.code)?;
        self.page
            .write_string_with_format(row, column::WORDS, &words, &self.styles.words)?;
        if let Line::Question(question) = line
            && let Some(text) = look_for(question)
        {
            let note = note(&text);
            self.page.insert_note(row, column::WORDS, &note)?;
        }
        let mut texts = vec![(column::WORDS, words)];
        for at in column::ANSWER..column::ID {
            if line.is_open(at) {
                let shown = shown(self.tool, self.sheet, line, at);
                self.open_cell(at, lists, &shown)?;
                if let Shown::Text(text) = shown {
                    texts.push((at, text));
                }
            } else {
                self.page.write_blank(row, at, &self.styles.closed)?;
            }
        }
        let texts = texts.iter();
        let texts = texts.map(|(at, text)| (text.as_str(), WIDTHS[usize::from(*at)]));
        self.page.set_row_height(row, heights::height(texts))?;
        self.version()
    }

    fn heading(self) -> Written {
        let words = code(self.line);
        let style = &self.styles.section;
        self.page
            .write_string_with_format(self.row, column::CODE, words, style)?;
        for at in column::WORDS..column::ID {
            self.page.write_blank(self.row, at, style)?;
        }
        self.page.set_row_height(self.row, 20)?;
        Ok(())
    }

    fn version(self) -> Written {
        let record = self.line.record(self.sheet.id());
        let versions = record.and_then(|record| self.sheet.versions.get(&record));
        let ids = versions.into_iter().flatten().map(ToString::to_string);
        let ids = ids.collect::<Vec<_>>().join(" ");
        if !ids.is_empty() {
            let style = &self.styles.small;
            self.page
                .write_string_with_format(self.row, column::VERSION, ids, style)?;
        }
        Ok(())
    }

    fn open_cell(&mut self, at: u16, lists: &Lists, shown: &Shown) -> Written {
        let (row, line, styles) = (self.row, self.line, self.styles);
        let list = |range: &Option<String>| range.as_deref().map(from_list);
        let (style, rule) = match at {
            column::ANSWER => match line.entry() {
                Entry::Date => (&styles.date, Some(date_rule()?)),
                Entry::Time => (&styles.time, Some(time_rule()?)),
                Entry::Number => (&styles.number, Some(number_rule()?)),
                Entry::Text | Entry::Nothing => (&styles.text, Some(text_rule()?)),
                Entry::OneOf(_) => (&styles.choice, list(&lists.answer)),
            },
            column::BLANK => (&styles.choice, list(&lists.blank)),
            at if column::FLAGS.contains(&at) => (&styles.choice, list(&lists.yes)),
            _ => (&styles.text, Some(text_rule()?)),
        };
        if let Some(rule) = rule {
            self.page.add_data_validation(row, at, row, at, &rule)?;
        }
        put(self.page, (row, at), shown, style)
    }
}

/// What stands in an open cell.
fn shown(tool: &Tool, sheet: &CaseSheet, line: Line<'_>, at: u16) -> Shown {
    questions::shown(tool, sheet, line, at)
        .or_else(|| form::shown(tool, sheet, line))
        .or_else(|| stop::shown(sheet, line))
        .unwrap_or(Shown::Empty)
}

fn put(page: &mut Worksheet, (row, at): (u32, u16), shown: &Shown, style: &Format) -> Written {
    match shown {
        Shown::Empty => page.write_blank(row, at, style),
        // Always as a string: nothing that is typed becomes a formula.
        Shown::Text(text) => page.write_string_with_format(row, at, text, style),
        Shown::Date(date) => page.write_datetime_with_format(row, at, date, style),
        Shown::Time(time) => page.write_datetime_with_format(row, at, time, style),
        Shown::Number(number) => page.write_number_with_format(row, at, *number as f64, style),
    }
    .map(drop)
}

fn note(text: &str) -> Note {
    let lines = text.lines().map(|line| 1 + line.chars().count() / 52);
    let height = 16 * lines.sum::<usize>() + 14;
    Note::new(text)
        .add_author_prefix(false)
        .set_width(360)
        .set_height(height as u32)
}

fn from_list(range: &str) -> DataValidation {
    DataValidation::new()
        .allow_list_formula(Formula::new(range))
        .set_error_style(DataValidationErrorStyle::Stop)
}

fn date_rule() -> std::result::Result<DataValidation, XlsxError> {
    let day = |year: i32, month, day| ExcelDateTime::from_ymd(year as u16, month, day);
    let rule = DataValidationRule::Between(day(*YEARS.start(), 1, 1)?, day(*YEARS.end(), 12, 31)?);
    DataValidation::new()
        .allow_date(rule)
        .set_input_message("A date, such as 04/01/2019")?
        .set_error_title("Not a date")?
        .set_error_message("Give a date such as 04/01/2019, or leave the cell empty.")
}

fn time_rule() -> std::result::Result<DataValidation, XlsxError> {
    let rule = DataValidationRule::Between(
        ExcelDateTime::from_hms(0, 0, 0)?,
        ExcelDateTime::from_hms(23, 59, 59)?,
    );
    DataValidation::new()
        .allow_time(rule)
        .set_input_message("A time of day, such as 14:05")?
        .set_error_title("Not a time of day")?
        .set_error_message("Give a time such as 14:05, or leave the cell empty.")
}

fn number_rule() -> std::result::Result<DataValidation, XlsxError> {
    let rule = DataValidationRule::Between(0, LARGEST_NUMBER as i32);
    DataValidation::new()
        .allow_whole_number(rule)
        .set_input_message("A whole number, such as 3")?
        .set_error_title("Not a whole number")?
        .set_error_message("Give a whole number such as 3, or leave the cell empty.")
}

fn text_rule() -> std::result::Result<DataValidation, XlsxError> {
    let most = LONGEST_TEXT as u32;
    DataValidation::new()
        .allow_text_length(DataValidationRule::LessThanOrEqualTo(most))
        .set_error_title("Too long")?
        .set_error_message("A cell takes at most 20,000 characters.")
}
