//! Hostile text in notes, findings and actions: every export opens, shows it as words, and nothing
//! in it becomes a formula, markup or a hidden part. Files are read back by other libraries.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, SheetVisible, Xlsx};
use goldthread::analysis::suppression::Suppression;
use goldthread::analysis::{Basis, Filter};
use goldthread::exchange::csv_files::csv_files;
use goldthread::exchange::document::Paper;
use goldthread::exchange::papers::{
    AgencyContents, FilledForm, PaperSource, Year, agency_paper, annual_paper, bmg_paper, briefing,
    form_paper,
};
use goldthread::exchange::report::{Report, ReportRequest, report};
use goldthread::exchange::tables::{Table, TablesSource, tables};
use goldthread::exchange::xlsx::workbook;
use quick_xml::events::Event;

use super::schemas::{facts, now};
use super::{Desk, complete};

/// What a note may hold, and what is shown of it.
fn texts() -> Vec<(String, String)> {
    let long = "n".repeat(32_767);
    let same = [
        "=1+1",
        "=HYPERLINK(\"http://x\",\"y\")",
        "+441150000000",
        "-2+3",
        "@SUM(A1:A9)",
        "\tTab first",
        "<w:p>&amp; ]]> \"quoted\" 'single'</w:t>",
        "👧🏽 in school",
        "\u{200f}שלום\u{200e}",
        "_x0041_ not an escape",
        long.as_str(),
    ];
    let mut texts: Vec<_> = same
        .iter()
        .map(|text| ((*text).to_owned(), (*text).to_owned()))
        .collect();
    for (text, shown) in [
        ("\r=1+1", "\n=1+1"),
        ("a\0b\u{1b}c", "abc"),
        ("\u{202e}desrever\u{202c}", "desrever"),
    ] {
        texts.push((text.to_owned(), shown.to_owned()));
    }
    texts
}

/// A register with this text wherever a person can write.
fn desk(text: &str) -> Desk {
    let mut desk = Desk::new();
    desk.load(&complete());
    for (answers, _) in desk.contents.values_mut() {
        for answer in answers.values_mut() {
            answer.worked = text.to_owned();
            answer.so_what = text.to_owned();
        }
    }
    for finding in desk.register.findings.values_mut() {
        finding.text = text.to_owned();
    }
    for action in desk.register.actions.values_mut() {
        action.what = text.to_owned();
        action.owner_role = text.to_owned();
        action.evidence_of_impact = text.to_owned();
    }
    for hypothesis in desk.register.hypotheses.values_mut() {
        hypothesis.rationale = text.to_owned();
    }
    for audit in desk.register.audits.values_mut() {
        audit.scope.question = text.to_owned();
        audit.scope.cohort = text.to_owned();
    }
    desk
}

fn reported(desk: &Desk, publish: Option<Suppression>, filter: &Filter) -> Report {
    let request = ReportRequest {
        audits: &[],
        basis: Basis::Agency,
        filter,
        publish,
        now: now(),
        by: "chair",
    };
    report(&desk.register, &desk.catalogue, &facts(desk), &request).unwrap()
}

fn all_tables(desk: &Desk, with_notes: bool) -> Vec<Table> {
    tables(&TablesSource {
        report: &reported(desk, None, &Filter::default()),
        register: &desk.register,
        catalogue: &desk.catalogue,
        filter: &Filter::default(),
        answers: Some(&desk.contents),
        with_notes,
    })
}

#[test]
fn a_workbook_shows_hostile_text_as_words_and_hides_nothing() {
    for (text, shown) in texts() {
        let bytes = workbook("Title", &all_tables(&desk(&text), true), now()).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert!(book.vba_project().unwrap().is_none());
        let sheets = book.sheets_metadata().to_vec();
        assert!(
            sheets
                .iter()
                .all(|sheet| sheet.visible == SheetVisible::Visible)
        );
        for sheet in book.sheet_names() {
            let formulas = book.worksheet_formula(&sheet).unwrap();
            let found = formulas
                .used_cells()
                .filter(|(_, _, formula)| !formula.is_empty());
            assert_eq!(found.count(), 0, "{sheet}: {text:.20}");
        }
        let mut found = 0;
        for sheet in ["Findings", "Actions", "Answers"] {
            let range = book.worksheet_range(sheet).unwrap();
            found += range
                .used_cells()
                .filter(|(_, _, cell)| matches!(cell, Data::String(words) if *words == shown))
                .count();
        }
        assert!(found > 5, "{found} cells hold {shown:.30}");
    }
}

#[test]
fn a_workbook_has_typed_cells_dates_choices_and_headings_that_stay() {
    let bytes = workbook("Title", &all_tables(&desk("text"), false), now()).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let actions = book.worksheet_range("Actions").unwrap();
    let headings: Vec<String> = actions
        .rows()
        .next()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        headings.join(" | "),
        "Action id | Finding | What will change | Owner agency | Owner role | Due term | Due | Status | Evidence of impact | Update"
    );
    let row = actions.rows().nth(1).unwrap();
    assert!(matches!(row[6], Data::DateTime(_)), "{:?}", row[6]);
    assert!(
        row[0]
            .to_string()
            .parse::<goldthread::domain::id::RecordId>()
            .is_ok()
    );
    let coverage = book.worksheet_range("Coverage").unwrap();
    assert!(matches!(coverage.rows().nth(1).unwrap()[2], Data::Float(_)));
    let answers = book.worksheet_range("Answers").unwrap();
    assert_eq!(
        answers.rows().next().unwrap().len(),
        9,
        "no notes unless asked"
    );
    let parts = parts(bytes);
    let sheets = parts
        .iter()
        .filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
    for (name, xml) in sheets {
        for needed in ["state=\"frozen\"", "<autoFilter ", "<cols>"] {
            assert!(xml.contains(needed), "{name} has no {needed}");
        }
    }
    let lists = parts
        .iter()
        .filter(|(_, xml)| xml.contains("<dataValidations"));
    assert_eq!(lists.count(), 1);
    let lists = parts
        .iter()
        .find(|(_, xml)| xml.contains("<dataValidations"))
        .unwrap();
    assert!(lists.1.contains("Within three months") && lists.1.contains("In progress"));
}

#[test]
fn csv_files_are_rfc_4180_with_a_dictionary_and_no_formula() {
    for (text, shown) in texts() {
        let tables = all_tables(&desk(&text), true);
        let files = csv_files(&tables).unwrap();
        assert_eq!(files.len(), tables.len() + 1);
        let mut found = 0;
        for (name, bytes) in &files {
            let text = std::str::from_utf8(bytes)
                .unwrap()
                .strip_prefix('\u{feff}')
                .unwrap();
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text.as_bytes());
            for record in reader.records() {
                // Of unequal length it would be refused here.
                for field in &record.unwrap() {
                    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
                    assert!(!formula, "{name}: {field:.20}");
                    found += usize::from(field.strip_prefix('\'').unwrap_or(field) == shown);
                }
            }
        }
        assert!(found > 5, "{found} fields hold {shown:.30}");
        let dictionary = &files.last().unwrap().1;
        let dictionary = String::from_utf8_lossy(dictionary);
        let columns: usize = tables.iter().map(|table| table.columns.len()).sum();
        assert!(
            dictionary.lines().count() > columns,
            "every column is explained"
        );
    }
}

/// The parts of a zipped document that are text.
pub(super) fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        if (name.ends_with(".xml") || name.ends_with(".rels"))
            && file.read_to_string(&mut text).is_ok()
        {
            parts.push((name, text));
        }
    }
    parts
}

/// The words of a document, a paragraph a line; panics where its XML is not well-formed.
pub(super) fn words(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut words, mut open) = (String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => open = tag.name().as_ref() == "w:t",
            Event::End(tag) => {
                open = false;
                if tag.name().as_ref() == "w:p" {
                    words.push('\n');
                }
            }
            Event::Empty(tag) => match tag.name().as_ref() {
                "w:br" => words.push('\n'),
                "w:tab" => words.push('\t'),
                _ => (),
            },
            Event::Text(text) if open => words.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if open => {
                let name = reference.into_inner();
                let known = quick_xml::escape::unescape(&format!("&{name};"))
                    .unwrap()
                    .into_owned();
                words.push_str(&known);
            }
            Event::Eof => return words,
            _ => (),
        }
    }
}

/// Every paper there is, of a register, with its name.
fn papers(desk: &Desk) -> Vec<(&'static str, Paper)> {
    let whole = reported(desk, None, &Filter::default());
    let own = reported(
        desk,
        None,
        &Filter {
            agency: Some("CSC".into()),
            ..Filter::default()
        },
    );
    let published = reported(desk, Some(Suppression::default()), &Filter::default());
    let source = |report| PaperSource {
        report,
        register: &desk.register,
        catalogue: &desk.catalogue,
        today: now().date_naive(),
    };
    let id = *desk.register.audits.keys().next().unwrap();
    let contents: AgencyContents = desk
        .contents
        .iter()
        .map(|(form, (answers, _))| (*form, answers.clone()))
        .collect();
    let tool = desk.register.tool_of(id).unwrap();
    let (form, (answers, dates)) = desk.contents.iter().next().unwrap();
    let filled = FilledForm {
        reference: "RND-10",
        form: &desk.register.forms[form],
        answers,
        dates,
    };
    let audit = |report: &'static str| match report {
        "own" => own.audit(id).unwrap(),
        "published" => published.audit(id).unwrap(),
        _ => whole.audit(id).unwrap(),
    };
    vec![
        ("bmg", bmg_paper(&source(&whole), audit("whole"))),
        (
            "published",
            bmg_paper(&source(&published), audit("published")),
        ),
        ("briefing", briefing(&source(&whole), audit("whole"))),
        (
            "agency",
            agency_paper(&source(&own), audit("own"), "CSC", &contents),
        ),
        (
            "annual",
            annual_paper(&source(&whole), "2019-20".parse::<Year>().unwrap()),
        ),
        ("blank", form_paper(tool, None, None, "footer")),
        (
            "filled",
            form_paper(tool, Some(("CSC", "Social care")), Some(&filled), "footer"),
        ),
    ]
}

#[test]
fn papers_show_hostile_text_as_words_and_are_well_formed() {
    for (text, shown) in texts() {
        for (name, paper) in papers(&desk(&text)) {
            let parts = parts(paper.docx(now()).unwrap());
            assert!(
                parts.iter().all(|(part, _)| !part.contains("vba")),
                "{name}"
            );
            for (_, xml) in &parts {
                words(xml);
                let odd = xml
                    .chars()
                    .find(|letter| letter.is_control() && !"\n\t\r".contains(*letter));
                assert_eq!(odd, None, "{name}");
            }
            let document = &parts
                .iter()
                .find(|(part, _)| part == "word/document.xml")
                .unwrap()
                .1;
            if name != "blank" {
                // Headings are one line; everywhere else the text stands as it is.
                assert!(
                    words(document).contains(&shown),
                    "{name} does not show {shown:.30}"
                );
            }
        }
    }
}

#[test]
fn papers_have_real_headings_header_rows_page_numbers_and_words_for_pictures() {
    for (name, paper) in papers(&desk("text")) {
        let parts = parts(paper.docx(now()).unwrap());
        let part = |wanted: &str| {
            let found = parts.iter().find(|(part, _)| part == wanted);
            found.map_or("", |(_, xml)| xml.as_str())
        };
        let document = part("word/document.xml");
        assert!(
            document.contains("w:pStyle w:val=\"Heading1\"") || name == "blank",
            "{name}"
        );
        assert!(part("word/styles.xml").contains("w:name w:val=\"heading 1\""));
        assert!(part("word/styles.xml").contains("w:lang w:val=\"en-GB\""));
        assert!(part("docProps/core.xml").contains("<dc:title>"), "{name}");
        let footer = parts
            .iter()
            .find(|(part, _)| part.starts_with("word/footer"));
        let footer = &footer.unwrap().1;
        assert!(
            footer.contains("PAGE") && footer.contains("NUMPAGES"),
            "{name}"
        );
        if ["bmg", "agency", "annual"].contains(&name) {
            assert!(document.contains("<w:tblHeader />"), "{name}");
        }
        assert!(
            !document.contains("w:hRule=\"atLeast\""),
            "{name}: a header row is not marked"
        );
        let pictures = document.matches("<wp:docPr ").count();
        assert_eq!(pictures, document.matches(" descr=\"").count(), "{name}");
        assert!(!document.contains("descr=\"\""), "{name}");
        assert_eq!(
            pictures > 0,
            ["bmg", "published", "annual"].contains(&name),
            "{name}"
        );
    }
}

#[test]
fn feedback_for_one_agency_holds_nothing_of_another() {
    let mut desk = desk("text");
    for (form, (answers, _)) in &mut desk.contents {
        let form = &desk.register.forms[form];
        let agency = &desk.register.returns[&form.agency_return].agency;
        for answer in answers.values_mut() {
            answer.practice_concern = true;
            answer.worked = format!("written by {agency}");
        }
    }
    for (finding, code) in desk
        .register
        .findings
        .values_mut()
        .zip(["POL", "HP"].iter().cycle())
    {
        finding.text = format!("finding about {code}");
        finding.agencies = vec![(*code).to_owned()];
    }
    for action in desk.register.actions.values_mut() {
        action.what = "action of POL".into();
        action.owner_agency = "POL".into();
    }
    let papers = papers(&desk);
    let (_, paper) = papers.iter().find(|(name, _)| *name == "agency").unwrap();
    let parts = parts(paper.docx(now()).unwrap());
    let document = &parts
        .iter()
        .find(|(part, _)| part == "word/document.xml")
        .unwrap()
        .1;
    let words = words(document);
    for other in [
        "Police",
        "POL",
        "HP",
        "Health",
        "written by",
        "finding about",
        "action of",
    ] {
        assert!(!words.contains(other), "{other}");
    }
}
