//! What the answers of an audit add up to: a small audit counted by hand, and generated ones counted
//! a second time by a slow program of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod follow;
mod generated;
mod parts;
mod re_audit;
mod recount;
mod recount_days;
mod recounted;
mod session;
mod several;
mod small_audit;
mod unknown;

use std::sync::OnceLock;

use goldthread::analysis::summary::{AuditSummary, summary};
use goldthread::analysis::{Basis, Facts, FactsBuilder, Filter};
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::form::{AgencyReturn, CaseForm};
use goldthread::domain::id::RecordId;
use goldthread::domain::record::Record;
use goldthread::domain::register::Register;
use goldthread::domain::revision::Edit;
use goldthread::domain::tool::Tool;
use goldthread::domain::tool::check::read_tool;
use goldthread::exchange::data_json::load;
use goldthread::exchange::summary_json::summary_file;
use serde_json::Value;

/// The built-in data, read once: the property tests make thousands of audits.
fn catalogue() -> &'static Catalogue {
    static BUILT_IN: OnceLock<Catalogue> = OnceLock::new();
    BUILT_IN.get_or_init(|| Catalogue::built_in().unwrap())
}

struct Audit {
    register: Register,
    edits: Vec<Edit>,
    id: RecordId,
}

impl Audit {
    fn of(data: &Value) -> Self {
        let tool = read_tool(include_str!("../fixtures/tools/rounds.json"), catalogue()).unwrap();
        let mut register = Register::default();
        register.apply(&Edit::put(Tool::id(&tool.name()), tool));
        let mut audit = Self {
            register,
            edits: Vec::new(),
            id: RecordId::fresh(),
        };
        audit.load(data);
        audit
    }

    fn load(&mut self, data: &Value) {
        let loaded = load(&data.to_string(), &self.register, catalogue())
            .unwrap_or_else(|problems| panic!("{problems:#?}"));
        loaded
            .edits
            .iter()
            .for_each(|edit| self.register.apply(edit));
        self.edits.extend(loaded.edits);
        self.id = loaded.audit;
    }

    fn builder(&self) -> FactsBuilder<'_> {
        let mut builder = FactsBuilder::new(&self.register);
        for edit in &self.edits {
            match &edit.after {
                Some(Record::Answer(answer)) => {
                    builder.answer(answer.form, &answer.question, answer.given.as_ref());
                    if answer.has_note() {
                        builder.noted(answer.form, &answer.question);
                    }
                }
                Some(Record::KeyDate(date)) => builder.date(date.form, &date.date_id, date.date),
                _ => (),
            }
        }
        builder
    }

    fn facts(&self) -> Facts {
        self.builder().finish()
    }

    fn summary(&self, basis: Basis, filter: &Filter) -> AuditSummary {
        summary(&self.register, &self.facts(), self.id, basis, filter).unwrap()
    }

    /// The whole summary as JSON.
    fn summary_json(&self, basis: Basis) -> Value {
        let file = summary_file(&self.register, catalogue(), &self.facts(), None, basis, &[]);
        serde_json::from_str(&file.text()).unwrap()
    }

    fn form(&self, agency: &str, reference: &str) -> RecordId {
        let cases = self.register.cases_of(self.id);
        let (case, _) = cases
            .iter()
            .find(|(_, case)| case.reference == reference)
            .unwrap();
        CaseForm::id(AgencyReturn::id(self.id, agency), *case)
    }
}
