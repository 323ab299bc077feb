//! Who has to be reminded, and a reminder ready for an e-mail.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::dates::written_date;
use crate::domain::form::{AgencyReturn, FormStatus};
use crate::domain::id::RecordId;
use crate::domain::register::Register;

/// One agency of which forms are still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outstanding {
    /// The agency's code.
    pub agency: String,
    /// Its short name.
    pub name: String,
    /// References of the cases whose forms are still to come.
    pub cases: Vec<String>,
    /// When its return is due back.
    pub due: Option<NaiveDate>,
    /// Whole days late; 0 when it is not, or nothing is due.
    pub days_late: i64,
    /// The same in words.
    pub late: Option<String>,
}

/// When the return of `agency` is due back: its own date, otherwise the audit's.
pub fn due_back(register: &Register, audit: RecordId, agency: &str) -> Option<NaiveDate> {
    let own = register.returns.get(&AgencyReturn::id(audit, agency));
    let scope = register.audits.get(&audit).map(|audit| &audit.scope);
    own.and_then(|own| own.due)
        .or(scope.and_then(|scope| scope.due))
}

/// How many days `due` lies behind `today`; 0 when it does not.
pub fn days_late(due: Option<NaiveDate>, today: NaiveDate) -> i64 {
    due.map_or(0, |due| (today - due).num_days().max(0))
}

/// From so many days on the days are not counted any more: what has lain for months is missing, and
/// how long it is late says nothing to anybody.
pub const LONG_AGO: i64 = 90;

/// "3 days late", or "was due 04/12/2020" where that is long ago; nothing where it is not late.
pub fn late_words(due: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    let due = due?;
    match days_late(Some(due), today) {
        0 => None,
        1 => Some("1 day late".into()),
        days @ ..=LONG_AGO => Some(format!("{days} days late")),
        _ => Some(format!("was due {}", written_date(due))),
    }
}

/// How far the forms of an audit are in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormsIn {
    /// Its cases.
    pub cases: usize,
    /// Its forms.
    pub forms: usize,
    /// Those nobody has finished or declined.
    pub open: usize,
    /// Those that were submitted.
    pub submitted: usize,
}

/// How far the forms of every audit are in, going through the register once.
pub fn forms_in(register: &Register) -> BTreeMap<RecordId, FormsIn> {
    let mut all: BTreeMap<RecordId, FormsIn> = BTreeMap::new();
    for case in register.cases.values() {
        all.entry(case.audit).or_default().cases += 1;
    }
    for form in register.forms.values() {
        let returned = register.returns.get(&form.agency_return);
        let Some(part) = returned.filter(|_| register.cases.contains_key(&form.case)) else {
            continue;
        };
        let own = all.entry(part.audit).or_default();
        own.forms += 1;
        own.open += usize::from(form.status.is_open());
        own.submitted += usize::from(form.status == FormStatus::Submitted);
    }
    all
}

/// The agencies of which forms are still to come, those longest late first. A form that was never
/// made (for a case that came later) is still to come too.
pub fn outstanding(register: &Register, audit: RecordId, today: NaiveDate) -> Vec<Outstanding> {
    let agencies = register.audits.get(&audit).map(|audit| &audit.agencies);
    let cases = register.cases_of(audit);
    let of = |code: &String| {
        let open = cases.iter().filter(|(case, _)| {
            let form = register.form_of(audit, code, *case);
            form.is_none_or(|(_, form)| form.status.is_open())
        });
        let due = due_back(register, audit, code);
        Outstanding {
            agency: code.clone(),
            name: register.agency_short(code).to_owned(),
            cases: open.map(|(_, case)| case.reference.clone()).collect(),
            due,
            days_late: days_late(due, today),
            late: late_words(due, today),
        }
    };
    let mut all: Vec<_> = agencies.into_iter().flatten().map(of).collect();
    all.retain(|one| !one.cases.is_empty());
    all.sort_by_key(|one| -one.days_late);
    all
}

impl Outstanding {
    /// "due 04/12/2020, 3 days late"; empty when nothing is due.
    pub fn when(&self) -> String {
        let Some(due) = self.due else {
            return String::new();
        };
        let written = written_date(due);
        match &self.late {
            None => format!("due {written}"),
            Some(late) if self.days_late > LONG_AGO => late.clone(),
            Some(late) => format!("due {written}, {late}"),
        }
    }

    /// "Police: NEG20-03, NEG20-06 (due 04/12/2020, 3 days late)"
    pub fn line(&self) -> String {
        let cases = self.cases.join(", ");
        match self.when().as_str() {
            "" => format!("{}: {cases}", self.name),
            when => format!("{}: {cases} ({when})", self.name),
        }
    }
}

/// The reminder to these agencies, as the text of an e-mail. The references say nothing to anybody
/// who has not got the key.
pub fn reminder(register: &Register, audit: RecordId, to: &[Outstanding]) -> String {
    let record = register.audits.get(&audit);
    let title = record.map_or("", |audit| audit.title.as_str());
    let lead = record.map_or("", |audit| audit.scope.lead_role.trim());
    let who = if lead.is_empty() {
        "The partnership's business office"
    } else {
        lead
    };
    let lines: Vec<_> = to.iter().map(Outstanding::line).collect();
    format!(
        "Subject: {title}: forms still to come\n\nDear colleague,\n\nFor the audit “{title}” these forms have not come back yet:\n\n{}\n\nPlease finish them in your return file, choose “Save my return to send” and send the file back by secure e-mail. If your agency does not know a child, “Not known to us” is an answer; if you cannot fill a form in, decline it and say why. If the date cannot be met, please tell us by when it can.\n\n{who}\n",
        lines.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::audit::{Audit, AuditState, Scope};
    use crate::domain::case::Case;
    use crate::domain::form::{CaseForm, FormStatus};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Two cases; the police have one form in, health none, education was never made any.
    fn register() -> (Register, RecordId) {
        let (mut register, audit) = (Register::default(), RecordId::fresh());
        let scope = Scope {
            due: Some(date("2026-03-01")),
            ..Scope::default()
        };
        register.audits.insert(
            audit,
            Audit {
                title: "Neglect 2026".into(),
                tool: "neglect@1".into(),
                agencies: ["POL", "HP", "EDU"].map(str::to_owned).to_vec(),
                state: AuditState::Open,
                scope,
                re_audit_of: None,
            },
        );
        for number in 1..=2 {
            let case = Case {
                audit,
                reference: format!("NEG26-0{number}"),
                age_band: None,
                sex: None,
                ethnicity: None,
                plan: None,
                same_as: None,
            };
            let id = RecordId::fresh();
            register.cases.insert(id, case);
            for agency in ["POL", "HP"] {
                let part = AgencyReturn::id(audit, agency);
                let mut form = CaseForm::new(part, id);
                if agency == "POL" && number == 1 {
                    form.status = FormStatus::NotKnown;
                }
                register.forms.insert(CaseForm::id(part, id), form);
            }
        }
        let own = AgencyReturn {
            audit,
            agency: "HP".into(),
            issued: None,
            due: Some(date("2026-02-20")),
            merged: None,
            cover: String::new(),
            arrivals: BTreeMap::new(),
        };
        register.returns.insert(AgencyReturn::id(audit, "HP"), own);
        (register, audit)
    }

    #[test]
    fn how_far_forms_are_in_is_what_the_forms_of_the_audit_say() {
        let (mut register, audit) = register();
        let part = |agency: &str| AgencyReturn {
            agency: agency.into(),
            ..register.returns[&AgencyReturn::id(audit, "HP")].clone()
        };
        let police = part("POL");
        let own = FormsIn {
            cases: 2,
            forms: 2,
            open: 2,
            submitted: 0,
        };
        assert_eq!(forms_in(&register)[&audit], own, "a return is missing");
        register
            .returns
            .insert(AgencyReturn::id(audit, "POL"), police);
        let first = register
            .forms
            .values_mut()
            .find(|form| form.status.is_open());
        first.unwrap().status = FormStatus::Submitted;
        let counted = forms_in(&register)[&audit];
        let forms = register.forms_of(audit);
        let open = forms.iter().filter(|(_, _, form)| form.status.is_open());
        assert_eq!((counted.forms, counted.open), (forms.len(), open.count()));
        assert_eq!((counted.open, counted.submitted), (2, 1));
    }

    #[test]
    fn what_is_late_for_months_is_told_by_its_date() {
        let late = |today: &str| late_words(Some(date("2026-03-01")), date(today));
        for (today, words) in [
            ("2026-03-01", None),
            ("2026-03-02", Some("1 day late")),
            ("2026-05-30", Some("90 days late")),
            ("2026-05-31", Some("was due 01/03/2026")),
        ] {
            assert_eq!(late(today).as_deref(), words, "{today}");
        }
        assert_eq!(late_words(None, date("2026-03-02")), None);
        let (register, audit) = register();
        let all = outstanding(&register, audit, date("2027-03-02"));
        assert_eq!(all[1].line(), "POL: NEG26-02 (was due 01/03/2026)");
    }

    #[test]
    fn those_longest_late_stand_first_with_their_cases() {
        let (register, audit) = register();
        let lines = |today| {
            let all = outstanding(&register, audit, date(today));
            all.iter().map(Outstanding::line).collect::<Vec<_>>()
        };
        assert_eq!(
            lines("2026-03-02"),
            [
                "HP: NEG26-01, NEG26-02 (due 20/02/2026, 10 days late)",
                "POL: NEG26-02 (due 01/03/2026, 1 day late)",
                "EDU: NEG26-01, NEG26-02 (due 01/03/2026, 1 day late)",
            ]
        );
        assert_eq!(
            lines("2026-02-20")[0],
            "POL: NEG26-02 (due 01/03/2026)",
            "nobody is late on the day"
        );
    }

    #[test]
    fn a_reminder_names_the_audit_and_only_those_it_is_for() {
        let (register, audit) = register();
        let all = outstanding(&register, audit, date("2026-03-02"));
        let text = reminder(&register, audit, &all[1..2]);
        assert!(text.contains("Neglect 2026") && text.contains("POL: NEG26-02"));
        assert!(!text.contains("HP:"), "{text}");
    }
}
