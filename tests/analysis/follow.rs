//! Facts that follow changes are the facts that reading the file anew would give.

use std::collections::BTreeMap;

use goldthread::analysis::{Basis, Facts, FactsBuilder, ReadAnew};
use goldthread::domain::agreed_date::AgreedDate;
use goldthread::domain::answer::{Answer, Blank, Given, Value};
use goldthread::domain::case::Case;
use goldthread::domain::form::FormStatus;
use goldthread::domain::id::RecordId;
use goldthread::domain::judgement::Judgement;
use goldthread::domain::key_date::KeyDate;
use goldthread::domain::record::{Record, RecordKind};
use goldthread::domain::register::Register;
use goldthread::domain::revision::Edit;
use goldthread::exchange::summary_json::summary_file;
use proptest::prelude::*;

use super::{Audit, catalogue, generated, small_audit};

/// A register with its answers, and facts that follow.
struct Kept {
    register: Register,
    answers: BTreeMap<RecordId, Record>,
    facts: Facts,
}

impl Kept {
    fn of(audit: &Audit) -> Self {
        let heavy = |record: &Record| matches!(record, Record::Answer(_) | Record::KeyDate(_));
        let edits = audit.edits.iter();
        let answers =
            edits.filter_map(|edit| Some((edit.record, edit.after.clone().filter(heavy)?)));
        Self {
            register: audit.register.clone(),
            answers: answers.collect(),
            facts: audit.facts(),
        }
    }

    fn change(&mut self, edit: &Edit, form: Option<RecordId>) -> Result<(), ReadAnew> {
        self.register.apply(edit);
        if matches!(edit.kind, RecordKind::Answer | RecordKind::KeyDate) {
            match &edit.after {
                Some(record) => drop(self.answers.insert(edit.record, record.clone())),
                None => drop(self.answers.remove(&edit.record)),
            }
        }
        self.facts
            .follow(&self.register, std::slice::from_ref(edit), form)
    }

    fn anew(&self) -> Facts {
        let mut builder = FactsBuilder::new(&self.register);
        for record in self.answers.values() {
            match record {
                Record::Answer(own) => {
                    builder.answer(own.form, &own.question, own.given.as_ref());
                    if own.has_note() {
                        builder.noted(own.form, &own.question);
                    }
                }
                Record::KeyDate(own) => builder.date(own.form, &own.date_id, own.date),
                _ => (),
            }
        }
        builder.finish()
    }

    /// Everything that is said of the facts, on both bases.
    fn said(&self, facts: &Facts) -> Vec<String> {
        let bases = [Basis::Agency, Basis::Panel];
        let said = bases
            .map(|basis| summary_file(&self.register, catalogue(), facts, None, basis, &[]).text());
        said.to_vec()
    }
}

/// A change by small numbers, so that failures can be made smaller.
fn edit(kept: &Kept, audit: RecordId, kind: u8, place: u8, what: u8) -> (Edit, Option<RecordId>) {
    let forms = kept.register.forms_of(audit);
    let (form, agency, record) = forms[usize::from(place) % forms.len()];
    let case = record.case;
    let questions = generated::questions(agency);
    let question = questions[usize::from(what) % questions.len()];
    let dates = ["strategy_s47", "icpc"];
    let date_id = dates[usize::from(what) % 2];
    let day = chrono::NaiveDate::from_ymd_opt(2019, 3, u32::from(what % 20) + 1).unwrap();
    let edit = match kind {
        0 => Edit::delete(Answer::id(form, question), RecordKind::Answer),
        1 => Edit::delete(KeyDate::id(form, date_id), RecordKind::KeyDate),
        2 => Edit::put(
            KeyDate::id(form, date_id),
            KeyDate {
                form,
                date_id: date_id.into(),
                date: day,
            },
        ),
        3 => {
            let mut changed = record.clone();
            changed.status = FormStatus::ALL[usize::from(what) % 5];
            Edit::put(form, changed)
        }
        4 => Edit::delete(Judgement::id(case, Some("G1")), RecordKind::Judgement),
        5 => {
            let value = Value::one(["good", "inadequate"][usize::from(what) % 2]);
            let judgement = Judgement {
                case,
                question: Some("G1".into()),
                value,
                reason: String::new(),
                dissent: String::new(),
            };
            Edit::put(Judgement::id(case, Some("G1")), judgement)
        }
        6 => {
            let agreed = AgreedDate {
                case,
                date_id: date_id.into(),
                date: day,
                reason: String::new(),
            };
            Edit::put(AgreedDate::id(case, date_id), agreed)
        }
        7 => Edit::delete(AgreedDate::id(case, date_id), RecordKind::AgreedDate),
        8 => {
            let mut changed: Case = kept.register.cases[&case].clone();
            changed.sex = Some(["F", "M"][usize::from(what) % 2].into());
            Edit::put(case, changed)
        }
        _ => {
            let mut answer = Answer::empty(form, question);
            answer.given = given(question, what);
            Edit::put(Answer::id(form, question), answer)
        }
    };
    (edit, Some(form))
}

fn given(question: &str, what: u8) -> Option<Given> {
    let pick = |ids: &[&str]| Given::Value(Value::one(ids[usize::from(what / 16) % ids.len()]));
    match (what % 5, question) {
        (0, _) => None,
        (1, _) => Some(Given::Blank(Blank::NotEvidenced)),
        (_, "G1") => Some(pick(&["outstanding", "good", "inadequate"])),
        (_, "Y1") => Some(pick(&["yes", "partly", "no"])),
        (_, "P1") => Some(pick(&["agreed", "silent"])),
        (_, "Z1") => Some(pick(&["yes", "no"])),
        (_, "R1") => Some(Given::Value(Value::Ratio {
            part: 1,
            whole: u32::from(what % 3) + 1,
        })),
        (_, "M1") => Some(Given::Value(Value::Many(vec!["medical".into()]))),
        (_, "N1") => Some(Given::Value(Value::Number(i64::from(what)))),
        (_, "D1") => Some(Given::Value(Value::one("2019-05-05"))),
        _ => Some(Given::Value(Value::one("words"))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn following_is_the_same_as_reading_anew(
        data in generated::audit(4),
        changes in proptest::collection::vec((0..14_u8, any::<u8>(), any::<u8>()), 1..30)
    ) {
        let audit = Audit::of(&data);
        let mut kept = Kept::of(&audit);
        for (kind, place, what) in changes {
            let (edit, form) = edit(&kept, audit.id, kind, place, what);
            prop_assert_eq!(kept.change(&edit, form), Ok(()));
            let anew = kept.anew();
            prop_assert_eq!(kept.facts.count(), anew.count());
            prop_assert_eq!(kept.said(&kept.facts), kept.said(&anew));
        }
    }
}

#[test]
fn what_the_facts_cannot_follow_is_said() {
    let audit = Audit::of(&small_audit::data());
    let (case, record) = audit.register.cases.iter().next().unwrap();
    let mut renamed = record.clone();
    renamed.reference = "R-9".into();
    let moved = audit.register.audits[&audit.id].clone();
    let fewer = goldthread::domain::audit::Audit {
        agencies: vec!["CSC".into()],
        ..moved.clone()
    };
    let later = goldthread::domain::audit::Audit {
        title: "Later".into(),
        ..moved
    };
    let form = *audit.register.forms.keys().next().unwrap();
    let cases = [
        Edit::put(*case, renamed),
        Edit::put(RecordId::fresh(), record.clone()),
        Edit::delete(*case, RecordKind::Case),
        Edit::put(audit.id, fewer),
        Edit::put(RecordId::fresh(), later),
        Edit::delete(form, RecordKind::CaseForm),
    ];
    for edit in cases {
        let mut kept = Kept::of(&audit);
        assert_eq!(kept.change(&edit, None), Err(ReadAnew), "{edit:?}");
    }
    // A title is not counted.
    let mut kept = Kept::of(&audit);
    let mut named = audit.register.audits[&audit.id].clone();
    named.title = "Another".into();
    assert_eq!(kept.change(&Edit::put(audit.id, named), None), Ok(()));
}
