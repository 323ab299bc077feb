//! Hostile files made by hand, one for each thing that somebody could try, with what the person is
//! told. The program may spend a second on each, 200 MB, and change nothing.

mod documents;
mod histories;
mod packages;
mod texts;

use goldthread::domain::tool::check::read_tool;
use goldthread::exchange::case_csv::read_cases;
use goldthread::session::jobs::{self, MergeRequest};
use goldthread::store::Store;

use super::cost::Meter;
use super::formats::office::{author, never, noon};
use super::formats::{Format, Office};
use super::mutations::MOST;

/// What was made, what it is shown as, how it is made, and words of the answer.
pub type Made = (&'static str, &'static str, fn() -> Vec<u8>, &'static str);

/// Words for what does no harm and need not be refused.
const HARMLESS: &str = "harmless";

/// Shows each file and panics where it is taken, costs too much, or is refused in other words.
fn refuse_all(cases: &[Made]) {
    let _alone = super::alone();
    let mut office = Office::new();
    let mut wrong = Vec::new();
    for (what, kind, make, words) in cases {
        let file = make();
        let meter = Meter::start();
        let why = refusal(&office, kind, &file);
        let cost = meter.stop();
        if !why.contains(words) && *words != HARMLESS {
            wrong.push(format!("{kind}, {what}: {why}"));
        }
        if cost.ms > MOST.ms || cost.kb > MOST.kb {
            wrong.push(format!("{kind}, {what}: {cost:?}"));
        }
        let format = Format::named(kind).unwrap();
        if (format.show)(&mut office, &file) && *words != HARMLESS {
            wrong.push(format!("{kind}, {what}: it is taken"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the person is told.
fn refusal(office: &Office, kind: &str, file: &[u8]) -> String {
    let path = office.put("made", file);
    let document = &office.document;
    let why = match kind {
        "register" => Store::open(&path, None, "office")
            .err()
            .map_or_else(String::new, |error| error.to_string()),
        "return" | "workbook" => {
            let files = vec![path.clone()];
            let request = MergeRequest {
                files,
                ..MergeRequest::default()
            };
            let preview = jobs::merge_preview(document, &request, &mut |_| (), &never()).unwrap();
            preview.files[0].brings.clone().err().unwrap_or_default()
        }
        "decisions" => jobs::preview_decisions(document, &path)
            .err()
            .map_or_else(String::new, |error| error.to_string()),
        "data" => {
            let mut twin = office.twin();
            let loaded = jobs::load(&mut twin, &path, &author(), noon(), &mut |_| (), &never());
            loaded
                .err()
                .map_or_else(String::new, |error| error.to_string())
        }
        "tool" => {
            let text = std::str::from_utf8(file).unwrap();
            let problems = read_tool(text, document.catalogue()).unwrap_err();
            problems[0].to_string()
        }
        "cases" => read_cases(file, &Default::default()).problems[0].to_string(),
        other => panic!("no such kind: {other}"),
    };
    office.clear(&path);
    why
}
