//! How far a register is with its first audit: the steps for somebody who does this for the first
//! time, read from the state of the file.

use super::Session;
use crate::domain::audit::AuditState;
use crate::domain::id::RecordId;
use crate::domain::register::Register;

/// One step of an audit, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstStep {
    /// Choose a tool, agree the scope, enter the cases.
    Make,
    /// Give every agency its form.
    SendOut,
    /// Bring the returns together.
    Merge,
    /// Hold the panel day.
    Panel,
    /// Agree the findings.
    Findings,
    /// Say what changes.
    Actions,
    /// Tell the BMG.
    Report,
}

impl FirstStep {
    /// Every step in order.
    pub const ALL: [Self; 7] = [
        Self::Make,
        Self::SendOut,
        Self::Merge,
        Self::Panel,
        Self::Findings,
        Self::Actions,
        Self::Report,
    ];
}

/// Where the first audit stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstAudit {
    /// The audit, once it is made.
    pub audit: Option<RecordId>,
    /// The steps that are done.
    pub done: Vec<FirstStep>,
}

impl FirstAudit {
    /// The first step that is not done.
    pub fn next(&self) -> Option<FirstStep> {
        let mut steps = FirstStep::ALL.into_iter();
        steps.find(|step| !self.done.contains(step))
    }

    /// Of a register with one audit or none; nothing once the first is reported.
    pub fn of(register: &Register) -> Option<Self> {
        let audits = register.audits_in_order();
        let (audit, state) = match audits.as_slice() {
            [] => (None, None),
            [(id, audit)] => (Some(*id), Some(audit.state)),
            _ => return None,
        };
        if matches!(state, Some(AuditState::Reported | AuditState::Closed)) {
            return None;
        }
        let is_done = |step: &FirstStep| audit.is_some_and(|audit| done(register, audit, *step));
        let done = FirstStep::ALL.into_iter().filter(is_done).collect();
        Some(Self { audit, done })
    }
}

fn done(register: &Register, audit: RecordId, step: FirstStep) -> bool {
    let mut returns = register.returns.values().filter(|own| own.audit == audit);
    match step {
        FirstStep::Make => !register.cases_of(audit).is_empty(),
        FirstStep::SendOut => returns.any(|own| own.issued.is_some()) || all_in(register, audit),
        FirstStep::Merge => all_in(register, audit),
        FirstStep::Panel => register.judgements.values().any(|own| {
            let case = register.cases.get(&own.case);
            case.is_some_and(|case| case.audit == audit)
        }),
        FirstStep::Findings => !register.findings_of(audit).is_empty(),
        FirstStep::Actions => !register.actions_of(audit).is_empty(),
        FirstStep::Report => false,
    }
}

/// Whether every form has its end.
fn all_in(register: &Register, audit: RecordId) -> bool {
    let forms = register.forms_of(audit);
    !forms.is_empty() && forms.iter().all(|(_, _, form)| !form.status.is_open())
}

impl Session {
    /// Where the first audit of a real register stands; nothing in a return, in the worked example,
    /// in a read-only copy, and once there is more than a first audit.
    pub fn first_audit(&self) -> Option<FirstAudit> {
        let file = &self.file;
        let example = self.register.is_worked_example();
        let guided = !file.is_return && !file.read_only && !example;
        guided.then(|| FirstAudit::of(&self.register)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::audit::{Audit, Scope};
    use crate::domain::case::Case;
    use crate::domain::form::{AgencyReturn, CaseForm, FormStatus};
    use crate::domain::record::Record;

    fn audit(title: &str) -> Audit {
        Audit {
            title: title.into(),
            tool: "neglect@1".into(),
            agencies: vec!["GP".into()],
            state: AuditState::Open,
            scope: Scope::default(),
            re_audit_of: None,
        }
    }

    #[test]
    fn steps_are_done_as_the_file_says() {
        let mut register = Register::default();
        let next = |register: &Register| FirstAudit::of(register).and_then(|first| first.next());
        assert_eq!(next(&register), Some(FirstStep::Make));
        let id = RecordId::fresh();
        register.put(id, Record::Audit(audit("First")));
        assert_eq!(next(&register), Some(FirstStep::Make), "it has no case yet");
        let case = RecordId::fresh();
        let own = Case {
            audit: id,
            reference: "NEG26-01".into(),
            age_band: None,
            sex: None,
            ethnicity: None,
            plan: None,
            same_as: None,
        };
        register.put(case, Record::Case(own));
        assert_eq!(next(&register), Some(FirstStep::SendOut));
        let returned = AgencyReturn::id(id, "GP");
        let form = CaseForm {
            status: FormStatus::Submitted,
            ..CaseForm::new(returned, case)
        };
        register.put(
            returned,
            Record::AgencyReturn(AgencyReturn {
                audit: id,
                agency: "GP".into(),
                issued: None,
                due: None,
                merged: None,
                cover: String::new(),
                arrivals: std::collections::BTreeMap::new(),
            }),
        );
        register.put(CaseForm::id(returned, case), Record::CaseForm(form));
        assert_eq!(
            next(&register),
            Some(FirstStep::Panel),
            "typed in, not sent out"
        );
        register.put(RecordId::fresh(), Record::Audit(audit("Second")));
        assert_eq!(FirstAudit::of(&register), None);
    }
}
