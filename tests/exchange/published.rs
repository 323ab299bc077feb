//! Published tables: what a person needs for attacking them, and what they hide and show.

use std::collections::BTreeMap;

use goldthread::analysis::suppression::Suppression;
use goldthread::analysis::{Basis, Facts, FactsBuilder, Filter};
use goldthread::domain::answer::{Blank, Given, Value};
use goldthread::domain::audit::{Audit, AuditState, Scope};
use goldthread::domain::case::Case;
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::form::{AgencyReturn, CaseForm, FormStatus};
use goldthread::domain::id::RecordId;
use goldthread::domain::judgement::Judgement;
use goldthread::domain::register::Register;
use goldthread::domain::tool::Tool;
use goldthread::exchange::report::{ReportRequest, report};
use goldthread::exchange::tables::{Field, Table, TablesSource, tables};

const AGENCIES: [&str; 4] = ["CSC", "POL", "GP", "EDU"];

/// Numbers by chance, the same for the same seed (xorshift).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % most
    }

    fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }
}

/// An audit that never was: its register and facts.
pub struct Invented {
    pub catalogue: &'static Catalogue,
    pub register: Register,
    pub facts: Facts,
    pub audit: RecordId,
    pub cases: usize,
}

fn built_in() -> &'static Catalogue {
    static BUILT_IN: std::sync::OnceLock<Catalogue> = std::sync::OnceLock::new();
    BUILT_IN.get_or_init(|| Catalogue::built_in().unwrap())
}

impl Invented {
    /// An audit of so many cases, answered by chance: some questions nearly always well, some
    /// nearly never, some half and half.
    pub fn new(seed: u64, cases: usize) -> Self {
        let chance = &mut Chance::new(seed);
        let catalogue = built_in();
        let tool = catalogue.tool("neglect").unwrap().clone();
        let mut register = Register::default();
        for agency in &catalogue.agencies {
            register.agencies.insert(RecordId::fresh(), agency.clone());
        }
        let audit = RecordId::fresh();
        register.audits.insert(
            audit,
            Audit {
                title: "Invented".into(),
                tool: tool.name(),
                agencies: AGENCIES.map(str::to_owned).to_vec(),
                state: AuditState::Panel,
                scope: Scope::default(),
                re_audit_of: None,
            },
        );
        register.tools.insert(Tool::id(&tool.name()), tool.clone());
        let well: BTreeMap<&str, usize> = tool
            .questions
            .iter()
            .map(|question| (question.id.as_str(), [2, 50, 90, 100][chance.below(4)]))
            .collect();
        let (sent_in, blank) = ([70, 95, 100][chance.below(3)], [0, 5, 30][chance.below(3)]);
        let mut given = Vec::new();
        for at in 0..cases {
            let case = RecordId::fresh();
            register.cases.insert(case, a_case(audit, at));
            if chance.percent(80) {
                let judgement = judgement(case, chance);
                register
                    .judgements
                    .insert(Judgement::id(case, None), judgement);
            }
            for code in AGENCIES {
                let agency_return = AgencyReturn::id(audit, code);
                register
                    .returns
                    .insert(agency_return, a_return(audit, code));
                let id = CaseForm::id(agency_return, case);
                let mut form = CaseForm::new(agency_return, case);
                if chance.percent(sent_in) {
                    form.status = FormStatus::Submitted;
                    form.overall = chance.percent(95).then(|| grade(chance));
                    given.extend(answers(&tool, code, id, &well, blank, chance));
                }
                register.forms.insert(id, form);
            }
        }
        if let Some(own) = register.audits.get_mut(&audit) {
            own.state = AuditState::FindingsAgreed;
        }
        let mut builder = FactsBuilder::new(&register);
        for (form, question, given) in &given {
            builder.answer(*form, question, Some(given));
        }
        Self {
            catalogue,
            facts: builder.finish(),
            register,
            audit,
            cases,
        }
    }

    /// Its tables, as they stand or as they are published.
    pub fn tables(&self, publish: Option<Suppression>) -> Vec<Table> {
        let request = ReportRequest {
            audits: &[self.audit],
            basis: Basis::Agency,
            filter: &Filter::default(),
            publish,
            now: "2020-07-01T12:00:00Z".parse().unwrap(),
            by: "chair",
        };
        let report = report(&self.register, self.catalogue, &self.facts, &request).unwrap();
        tables(&TablesSource {
            report: &report,
            register: &self.register,
            catalogue: self.catalogue,
            filter: &Filter::default(),
            answers: None,
            with_notes: false,
        })
    }

    /// How many of the audit's agencies are asked a question.
    pub fn asked_of(&self, code: &str) -> Vec<usize> {
        let tool = self.register.tool_of(self.audit).unwrap();
        let question = tool.questions.iter().find(|question| question.code == code);
        let question = question.unwrap();
        (0..AGENCIES.len())
            .filter(|at| question.is_for(AGENCIES[*at]))
            .collect()
    }
}

fn a_case(audit: RecordId, at: usize) -> Case {
    Case {
        audit,
        reference: format!("INV-{at:02}"),
        age_band: None,
        sex: None,
        ethnicity: None,
        plan: None,
        same_as: None,
    }
}

fn a_return(audit: RecordId, code: &str) -> AgencyReturn {
    AgencyReturn {
        audit,
        agency: code.into(),
        issued: None,
        due: None,
        merged: None,
        cover: String::new(),
        arrivals: Default::default(),
    }
}

fn grade(chance: &mut Chance) -> String {
    ["outstanding", "good", "requires_improvement", "inadequate"][chance.below(4)].into()
}

fn judgement(case: RecordId, chance: &mut Chance) -> Judgement {
    Judgement {
        case,
        question: None,
        value: Value::One(grade(chance)),
        reason: String::new(),
        dissent: String::new(),
    }
}

fn answers(
    tool: &Tool,
    code: &str,
    form: RecordId,
    well: &BTreeMap<&str, usize>,
    blank: usize,
    chance: &mut Chance,
) -> Vec<(RecordId, String, Given)> {
    let asked = tool.questions.iter().filter(|question| {
        question.is_for(code) && question.is_scored() && question.asked_if.is_none()
    });
    asked
        .filter_map(|question| {
            if chance.percent(blank) {
                let blank = Given::Blank(Blank::NotEvidenced);
                return Some((form, question.id.clone(), blank));
            }
            let wanted = chance.percent(well[question.id.as_str()]);
            let options = tool.options(question);
            let option = options.iter().find(|option| option.favourable == wanted)?;
            let value = match question.kind {
                goldthread::domain::tool::Kind::PickMany => Value::Many(vec![option.id.clone()]),
                _ => Value::One(option.id.clone()),
            };
            Some((form, question.id.clone(), Given::Value(value)))
        })
        .collect()
}

/// A table's rows by the names of its columns.
pub fn rows<'a>(tables: &'a [Table], name: &str) -> Vec<BTreeMap<&'a str, &'a Field>> {
    let table = tables.iter().find(|table| table.name == name).unwrap();
    let names = || table.columns.iter().map(|column| column.name.as_str());
    table
        .rows
        .iter()
        .map(|row| names().zip(row).collect())
        .collect()
}

/// The count in a field, where it is shown.
pub fn count(field: &Field) -> Option<i64> {
    match field {
        Field::Count(count) => Some(*count as i64),
        _ => None,
    }
}

/// The words in a field.
pub fn words(field: &Field) -> &str {
    match field {
        Field::Text(text) => text,
        _ => "",
    }
}
