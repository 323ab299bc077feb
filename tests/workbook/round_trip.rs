//! What is written into a workbook is read from it, whatever is on the forms.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use goldthread::domain::answer::{Answer, Blank, Flag, Given, Note, Value};
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::flow::{Answers, FormState, with_alarms_in_view};
use goldthread::domain::form::{AgencyReturn, CaseForm, FormStatus};
use goldthread::domain::id::{RecordId, RevisionId};
use goldthread::domain::safety_stop::{Contact, SafetyStop};
use goldthread::domain::tool::{Kind, Question, Tool};
use goldthread::exchange::return_workbook::{
    CaseSheet, Cover, Identity, OpenWorkbook, plain, write,
};
use proptest::prelude::*;

use super::office::noon;

/// Random choices; an empty tape gives the simplest form.
struct Tape<'a>(std::slice::Iter<'a, u8>);

impl Tape<'_> {
    fn pick(&mut self, most: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % most
    }

    fn chance(&mut self) -> bool {
        self.pick(2) == 1
    }

    fn words(&mut self) -> String {
        let words = [
            "",
            "Seen at home.",
            "=1+1",
            "- a dash first",
            "+44",
            "@SUM(A1)",
            "42",
            "04/01/2019",
            "TRUE",
            "#N/A",
            "line\nbreak\ttab",
            "“Quoted” & <b>bold</b> 'twice' \"again\"",
            "_x0041_ and _x000D_",
            "👧 é 漢 \u{202e}right to left",
            "Not applicable",
        ];
        words[self.pick(words.len())].to_owned()
    }

    fn date(&mut self) -> NaiveDate {
        let year = 1990 + self.pick(111) as i32;
        NaiveDate::from_ymd_opt(year, 1 + self.pick(12) as u32, 1 + self.pick(28) as u32).unwrap()
    }

    fn given(&mut self, tool: &Tool, question: &Question) -> Option<Given> {
        match self.pick(4) {
            0 => return None,
            1 => return Some(Given::Blank(Blank::ALL[self.pick(2)])),
            _ => (),
        }
        let options = tool.options(question);
        let value = match question.kind {
            Kind::Grade | Kind::YesPartlyNo | Kind::PickOne => {
                Value::One(options[self.pick(options.len())].id.clone())
            }
            Kind::PickMany => {
                let ids = options.into_iter().map(|option| option.id);
                let ids: Vec<_> = ids.filter(|_| self.chance()).collect();
                if ids.is_empty() {
                    return None;
                }
                Value::Many(ids)
            }
            Kind::Date => Value::One(self.date().to_string()),
            Kind::Number => Value::Number([0, 1, 999_999, 1_000_000][self.pick(4)]),
            Kind::Ratio => {
                let whole = 1 + self.pick(200) as u32;
                Value::Ratio {
                    part: self.pick(whole as usize + 1) as u32,
                    whole,
                }
            }
            Kind::Text => match self.words() {
                empty if empty.is_empty() => return None,
                text => Value::One(text),
            },
        };
        Some(Given::Value(value))
    }

    fn answers(&mut self, tool: &Tool, agency: &str, form: RecordId) -> Answers {
        let mut answers = Answers::new();
        for question in tool.questions.iter().filter(|one| one.is_for(agency)) {
            let mut answer = Answer::empty(form, &question.id);
            answer.given = self.given(tool, question);
            for note in Note::ALL {
                *answer.note_mut(note) = self.words();
            }
            for flag in [Flag::GoodPractice, Flag::PracticeConcern] {
                answer.set_flag(flag, self.pick(5) == 4);
            }
            if answer != Answer::empty(form, &question.id) {
                answers.insert(question.id.clone(), answer);
            }
        }
        let state = FormState {
            tool,
            agency,
            answers: &answers,
        };
        let safety = tool
            .safety_question
            .as_ref()
            .and_then(|id| answers.get(id))
            .cloned();
        if let (Some(safety), true) = (safety, self.chance()) {
            let seen = with_alarms_in_view(state, safety);
            answers.insert(seen.question.clone(), seen);
        }
        answers
    }

    fn contact(&mut self) -> Contact {
        let time = NaiveTime::from_hms_opt(
            self.pick(24) as u32,
            self.pick(60) as u32,
            self.pick(60) as u32,
        );
        Contact {
            role: self.words(),
            at: self
                .chance()
                .then(|| NaiveDateTime::new(self.date(), time.unwrap())),
            route: self.words(),
            response: self.words(),
        }
    }

    fn sheet(
        &mut self,
        tool: &Tool,
        agency: &str,
        identity: &Identity,
        number: usize,
    ) -> CaseSheet {
        let case = RecordId::fresh();
        let agency_return = AgencyReturn::id(identity.audit, agency);
        let id = CaseForm::id(agency_return, case);
        let answers = self.answers(tool, agency, id);
        let fields = tool.key_dates.iter().filter(|field| field.is_for(agency));
        let fields: Vec<_> = fields.map(|field| field.id.clone()).collect();
        let dates: BTreeMap<_, _> = fields
            .into_iter()
            .filter_map(|field| self.chance().then(|| (field, self.date())))
            .collect();
        let grades = &tool.scale(&tool.grade_scale).unwrap().values;
        let closed = [FormStatus::InProgress, FormStatus::Submitted][self.pick(2)];
        let form = CaseForm {
            status: closed,
            role: self.words(),
            overall: self
                .chance()
                .then(|| grades[self.pick(grades.len())].id.clone()),
            overall_reason: self.words(),
            ..CaseForm::new(agency_return, case)
        };
        let state = FormState {
            tool,
            agency,
            answers: &answers,
        };
        let because = state.unsafe_answer().map(str::to_owned);
        let mut versions = BTreeMap::from([(id, vec![RevisionId::fresh(), RevisionId::fresh()])]);
        let known = self.chance();
        if known {
            versions.insert(SafetyStop::id(id), vec![RevisionId::fresh()]);
        }
        let stop = (known || because.is_some()).then(|| SafetyStop {
            lead: self.contact(),
            front_door: self.contact(),
            called_999: self.chance(),
            opened_in_error: if because.is_some() {
                String::new()
            } else {
                self.words()
            },
            ..SafetyStop::open(id, because.as_deref().unwrap_or_default(), identity.made)
        });
        CaseSheet {
            case,
            reference: format!("RND/{number}-7"),
            form,
            answers,
            dates,
            stop: stop.filter(|_| tool.safety_question.is_some()),
            versions,
        }
    }
}

fn read_back(tool: &Tool, identity: &Identity, sheets: &[CaseSheet]) -> Vec<CaseSheet> {
    let cover = Cover {
        partnership: "Anywhere".into(),
        audit: "Rounds & more".into(),
        agency: "An agency".into(),
        ..Cover::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("any name.xlsx");
    std::fs::write(&path, write(identity, &cover, tool, sheets).unwrap()).unwrap();
    let open = OpenWorkbook::open(&path).unwrap();
    assert_eq!(open.identity(), identity);
    assert_eq!(open.saved(), identity.made);
    assert_eq!(
        (open.partnership(), open.audit()),
        ("Anywhere", "Rounds & more")
    );
    open.read(tool, &|_| true).unwrap()
}

fn identity(tool: &Tool, agency: &str) -> Identity {
    Identity {
        workbook: RecordId::fresh(),
        partnership: RecordId::fresh(),
        audit: RecordId::fresh(),
        agency: agency.into(),
        tool: tool.name(),
        made: noon(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_is_on_a_form_comes_back(tape in prop::collection::vec(any::<u8>(), 0..700)) {
        let catalogue = Catalogue::built_in().unwrap();
        let mut tape = Tape(tape.iter());
        let tool = &catalogue.tools[tape.pick(catalogue.tools.len())];
        let agency = &catalogue.agencies[tape.pick(catalogue.agencies.len())].code;
        let identity = identity(tool, agency);
        let sheets: Vec<_> = (0..=tape.pick(2))
            .map(|number| tape.sheet(tool, agency, &identity, number))
            .collect();
        prop_assert_eq!(read_back(tool, &identity, &sheets), sheets);
    }
}

#[test]
fn a_form_that_is_not_begun_comes_back_so() {
    let catalogue = Catalogue::built_in().unwrap();
    for tool in &catalogue.tools {
        let identity = identity(tool, "CSC");
        let case = RecordId::fresh();
        let sheet = CaseSheet {
            case,
            reference: "A-1".into(),
            form: CaseForm::new(AgencyReturn::id(identity.audit, "CSC"), case),
            answers: Answers::new(),
            dates: BTreeMap::new(),
            stop: None,
            versions: BTreeMap::new(),
        };
        let sheets = [sheet];
        assert_eq!(read_back(tool, &identity, &sheets), sheets);
    }
}

#[test]
fn what_a_cell_cannot_hold_is_kept_plain_and_what_does_not_fit_is_said() {
    let catalogue = Catalogue::built_in().unwrap();
    let tool = catalogue.tool("neglect").unwrap();
    let identity = identity(tool, "CSC");
    let mut sheet = Tape([].iter()).sheet(tool, "CSC", &identity, 1);
    let long = "x".repeat(20_000);
    sheet.form.role = " \u{1}odd\r\nrole\u{ffff} ".into();
    sheet.form.overall_reason = long.clone();
    let read = read_back(tool, &identity, &[sheet.clone()]);
    assert_eq!(read[0].form.role, plain(&sheet.form.role));
    assert_eq!(read[0].form.role, "\u{fffd}odd\nrole\u{fffd}");
    assert_eq!(read[0].form.overall_reason, long);
    // A cell takes 32,767 units of UTF-16.
    sheet.form.overall_reason = "👧".repeat(20_000);
    let refused = write(&identity, &Cover::default(), tool, &[sheet.clone()]);
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("does not fit into a workbook")
    );
    sheet.form.overall_reason.clear();
    sheet
        .dates
        .insert("referral".into(), "1889-12-13".parse().unwrap());
    let refused = write(&identity, &Cover::default(), tool, &[sheet]).unwrap_err();
    assert!(refused.to_string().contains("13/12/1889"), "{refused}");
}
