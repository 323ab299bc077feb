//! Files in and out: exact round trips, what is refused and how, outputs against their schemas.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod attack;
mod exports;
mod hostile;
mod invented;
mod office;
mod published;
mod refused;
mod round_trip;
mod schemas;
mod solver;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::record::Record;
use goldthread::domain::register::Register;
use goldthread::domain::revision::Edit;
use goldthread::domain::tool::Tool;
use goldthread::domain::tool::check::read_tool;
use goldthread::exchange::data_json::{FormContents, Loaded, export, load};
use serde_json::Value;

/// A register in memory, with everything that files in and out need of a document.
struct Desk {
    catalogue: Catalogue,
    register: Register,
    contents: FormContents,
}

impl Desk {
    /// A register that knows the small tool of `fixtures/tools/rounds.json`.
    fn new() -> Self {
        // Read once: the property test makes hundreds of desks.
        static BUILT_IN: OnceLock<Catalogue> = OnceLock::new();
        let catalogue = BUILT_IN
            .get_or_init(|| Catalogue::built_in().unwrap())
            .clone();
        let tool = read_tool(include_str!("../fixtures/tools/rounds.json"), &catalogue).unwrap();
        let mut register = Register::default();
        register.apply(&Edit::put(Tool::id(&tool.name()), tool));
        Self {
            catalogue,
            register,
            contents: BTreeMap::new(),
        }
    }

    /// Loads data; panics with the problems where it is refused.
    fn load(&mut self, data: &Value) -> Loaded {
        let loaded = load(&data.to_string(), &self.register, &self.catalogue)
            .unwrap_or_else(|problems| panic!("{problems:#?}"));
        for edit in &loaded.edits {
            self.register.apply(edit);
            match edit.after.clone() {
                Some(Record::Answer(answer)) => {
                    let (answers, _) = self.contents.entry(answer.form).or_default();
                    answers.insert(answer.question.clone(), answer);
                }
                Some(Record::KeyDate(date)) => {
                    let (_, dates) = self.contents.entry(date.form).or_default();
                    dates.insert(date.date_id, date.date);
                }
                _ => (),
            }
        }
        loaded
    }

    /// The problems for which data is refused, one a line.
    fn refusal(&self, text: &str) -> Vec<String> {
        match load(text, &self.register, &self.catalogue) {
            Ok(_) => Vec::new(),
            Err(bad) => bad.problems.iter().map(ToString::to_string).collect(),
        }
    }

    /// The text of what is exported of a loaded audit.
    fn export(&self, loaded: &Loaded) -> String {
        let data = export(&self.register, loaded.audit, &self.contents);
        data.unwrap().text()
    }
}

/// A whole file in canonical form, with every field there is.
fn complete() -> Value {
    serde_json::from_str(include_str!("../fixtures/data/complete.json")).unwrap()
}
