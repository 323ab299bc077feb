//! Which forms there should be and which there are. *Not known to us* and *declined* are answers;
//! what nobody answered at all is outstanding.

use std::collections::HashSet;

use super::Filter;
use crate::domain::form::{AgencyReturn, FormStatus};
use crate::domain::id::RecordId;
use crate::domain::register::Register;

/// Forms by where they stand. `expected` is the sum of the other four.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Agencies times cases.
    pub expected: usize,
    /// Sent in.
    pub submitted: usize,
    /// The agency does not know the child.
    pub not_known: usize,
    /// The agency will not fill it in.
    pub declined: usize,
    /// Not started, in progress, or not there at all.
    pub outstanding: usize,
}

impl Coverage {
    fn of(expected: usize) -> Self {
        Self {
            expected,
            outstanding: expected,
            ..Self::default()
        }
    }

    fn count(&mut self, status: FormStatus) {
        let counter = match status {
            FormStatus::Submitted => &mut self.submitted,
            FormStatus::NotKnown => &mut self.not_known,
            FormStatus::Declined => &mut self.declined,
            FormStatus::NotStarted | FormStatus::InProgress => return,
        };
        *counter += 1;
        self.outstanding = self.outstanding.saturating_sub(1);
    }

    fn add(&mut self, other: &Self) {
        self.expected += other.expected;
        self.submitted += other.submitted;
        self.not_known += other.not_known;
        self.declined += other.declined;
        self.outstanding += other.outstanding;
    }
}

/// The coverage of one audit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditCoverage {
    /// How many cases.
    pub cases: usize,
    /// All agencies together.
    pub whole: Coverage,
    /// Each agency by its code, in the audit's order.
    pub by_agency: Vec<(String, Coverage)>,
}

/// Counts the forms of `audit` by the filter's agency and cases.
pub fn coverage(register: &Register, audit: RecordId, filter: &Filter) -> AuditCoverage {
    let Some(record) = register.audits.get(&audit) else {
        return AuditCoverage::default();
    };
    let cases = register.cases.iter();
    let cases: HashSet<RecordId> = cases
        .filter(|(id, case)| case.audit == audit && filter.takes_case(**id, case))
        .map(|(id, _)| *id)
        .collect();
    let codes = record
        .agencies
        .iter()
        .filter(|code| filter.takes_agency(code));
    let mut by_agency: Vec<_> = codes
        .map(|code| (code.clone(), Coverage::of(cases.len())))
        .collect();
    let returns: Vec<Option<RecordId>> = by_agency
        .iter()
        .map(|(code, _)| AgencyReturn::id(audit, code))
        .map(|id| register.returns.contains_key(&id).then_some(id))
        .collect();
    for form in register.forms.values() {
        // Most forms are of other audits: those are told by their return.
        let own = Some(form.agency_return);
        if let Some(at) = returns.iter().position(|of| *of == own)
            && cases.contains(&form.case)
        {
            by_agency[at].1.count(form.status);
        }
    }
    let mut whole = Coverage::default();
    by_agency
        .iter()
        .for_each(|(_, coverage)| whole.add(coverage));
    AuditCoverage {
        cases: cases.len(),
        whole,
        by_agency,
    }
}
