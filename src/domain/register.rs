//! Every record of a document in memory, except answers and key dates, which are many and are
//! read form by form.

use std::collections::{BTreeMap, BTreeSet};

use super::action::{Action, ActionUpdate};
use super::agreed_date::AgreedDate;
use super::attendance::Attendance;
use super::audit::{Audit, Hypothesis};
use super::case::Case;
use super::concern::ConcernFollowUp;
use super::dismissal::Dismissal;
use super::finding::Finding;
use super::form::{AgencyReturn, CaseForm};
use super::id::RecordId;
use super::judgement::Judgement;
use super::partnership::{Agency, Partnership};
use super::record::{Record, RecordKind};
use super::retention::Retention;
use super::revision::Edit;
use super::safety_stop::SafetyStop;
use super::tool::Tool;

/// The light records of one document, by kind and id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// The partnership; one, once the document is set up.
    pub partnerships: BTreeMap<RecordId, Partnership>,
    /// Agencies.
    pub agencies: BTreeMap<RecordId, Agency>,
    /// Frozen tools.
    pub tools: BTreeMap<RecordId, Tool>,
    /// Audits, in the order they were made.
    pub audits: BTreeMap<RecordId, Audit>,
    /// Hypotheses.
    pub hypotheses: BTreeMap<RecordId, Hypothesis>,
    /// Cases.
    pub cases: BTreeMap<RecordId, Case>,
    /// Every reference that a case has or ever had: a sentence may outlive its case.
    pub references: BTreeSet<String>,
    /// Agencies' returns.
    pub returns: BTreeMap<RecordId, AgencyReturn>,
    /// Forms.
    pub forms: BTreeMap<RecordId, CaseForm>,
    /// Safety stops.
    pub safety_stops: BTreeMap<RecordId, SafetyStop>,
    /// Panel judgements.
    pub judgements: BTreeMap<RecordId, Judgement>,
    /// Key dates the panel agreed.
    pub agreed_dates: BTreeMap<RecordId, AgreedDate>,
    /// Who was at the panel.
    pub attendances: BTreeMap<RecordId, Attendance>,
    /// What was done about practice concerns.
    pub concern_follow_ups: BTreeMap<RecordId, ConcernFollowUp>,
    /// Suggested findings that were set aside.
    pub dismissals: BTreeMap<RecordId, Dismissal>,
    /// Findings.
    pub findings: BTreeMap<RecordId, Finding>,
    /// Actions.
    pub actions: BTreeMap<RecordId, Action>,
    /// Notes on actions.
    pub action_updates: BTreeMap<RecordId, ActionUpdate>,
    /// How long forms are kept.
    pub retentions: BTreeMap<RecordId, Retention>,
}

impl Register {
    /// Puts in one record. Answers and key dates are not held here and are passed over.
    pub fn put(&mut self, id: RecordId, record: Record) {
        match record {
            Record::Partnership(record) => drop(self.partnerships.insert(id, record)),
            Record::Agency(record) => drop(self.agencies.insert(id, record)),
            Record::Tool(record) => drop(self.tools.insert(id, record)),
            Record::Audit(record) => drop(self.audits.insert(id, record)),
            Record::Hypothesis(record) => drop(self.hypotheses.insert(id, record)),
            Record::Case(record) => {
                self.references.insert(record.reference.clone());
                self.cases.insert(id, record);
            }
            Record::AgencyReturn(record) => drop(self.returns.insert(id, record)),
            Record::CaseForm(record) => drop(self.forms.insert(id, record)),
            Record::SafetyStop(record) => drop(self.safety_stops.insert(id, record)),
            Record::Judgement(record) => drop(self.judgements.insert(id, record)),
            Record::AgreedDate(record) => drop(self.agreed_dates.insert(id, record)),
            Record::Attendance(record) => drop(self.attendances.insert(id, record)),
            Record::ConcernFollowUp(record) => drop(self.concern_follow_ups.insert(id, record)),
            Record::Dismissal(record) => drop(self.dismissals.insert(id, record)),
            Record::Finding(record) => drop(self.findings.insert(id, record)),
            Record::Action(record) => drop(self.actions.insert(id, record)),
            Record::ActionUpdate(record) => drop(self.action_updates.insert(id, record)),
            Record::Retention(record) => drop(self.retentions.insert(id, record)),
            Record::Answer(_) | Record::KeyDate(_) => (),
        }
    }

    /// Takes out one record.
    pub fn remove(&mut self, kind: RecordKind, id: RecordId) {
        match kind {
            RecordKind::Partnership => drop(self.partnerships.remove(&id)),
            RecordKind::Agency => drop(self.agencies.remove(&id)),
            RecordKind::Tool => drop(self.tools.remove(&id)),
            RecordKind::Audit => drop(self.audits.remove(&id)),
            RecordKind::Hypothesis => drop(self.hypotheses.remove(&id)),
            RecordKind::Case => drop(self.cases.remove(&id)),
            RecordKind::AgencyReturn => drop(self.returns.remove(&id)),
            RecordKind::CaseForm => drop(self.forms.remove(&id)),
            RecordKind::SafetyStop => drop(self.safety_stops.remove(&id)),
            RecordKind::Judgement => drop(self.judgements.remove(&id)),
            RecordKind::AgreedDate => drop(self.agreed_dates.remove(&id)),
            RecordKind::Attendance => drop(self.attendances.remove(&id)),
            RecordKind::ConcernFollowUp => drop(self.concern_follow_ups.remove(&id)),
            RecordKind::Dismissal => drop(self.dismissals.remove(&id)),
            RecordKind::Finding => drop(self.findings.remove(&id)),
            RecordKind::Action => drop(self.actions.remove(&id)),
            RecordKind::ActionUpdate => drop(self.action_updates.remove(&id)),
            RecordKind::Retention => drop(self.retentions.remove(&id)),
            RecordKind::Answer | RecordKind::KeyDate => (),
        }
    }

    /// A copy of one record; never an answer or key date.
    pub fn get(&self, kind: RecordKind, id: RecordId) -> Option<Record> {
        match kind {
            RecordKind::Partnership => self.partnerships.get(&id).cloned().map(Record::Partnership),
            RecordKind::Agency => self.agencies.get(&id).cloned().map(Record::Agency),
            RecordKind::Tool => self.tools.get(&id).cloned().map(Record::Tool),
            RecordKind::Audit => self.audits.get(&id).cloned().map(Record::Audit),
            RecordKind::Hypothesis => self.hypotheses.get(&id).cloned().map(Record::Hypothesis),
            RecordKind::Case => self.cases.get(&id).cloned().map(Record::Case),
            RecordKind::AgencyReturn => self.returns.get(&id).cloned().map(Record::AgencyReturn),
            RecordKind::CaseForm => self.forms.get(&id).cloned().map(Record::CaseForm),
            RecordKind::SafetyStop => self.safety_stops.get(&id).cloned().map(Record::SafetyStop),
            RecordKind::Judgement => self.judgements.get(&id).cloned().map(Record::Judgement),
            RecordKind::AgreedDate => self.agreed_dates.get(&id).cloned().map(Record::AgreedDate),
            RecordKind::Attendance => self.attendances.get(&id).cloned().map(Record::Attendance),
            RecordKind::ConcernFollowUp => self
                .concern_follow_ups
                .get(&id)
                .cloned()
                .map(Record::ConcernFollowUp),
            RecordKind::Dismissal => self.dismissals.get(&id).cloned().map(Record::Dismissal),
            RecordKind::Finding => self.findings.get(&id).cloned().map(Record::Finding),
            RecordKind::Action => self.actions.get(&id).cloned().map(Record::Action),
            RecordKind::ActionUpdate => self
                .action_updates
                .get(&id)
                .cloned()
                .map(Record::ActionUpdate),
            RecordKind::Retention => self.retentions.get(&id).cloned().map(Record::Retention),
            RecordKind::Answer | RecordKind::KeyDate => None,
        }
    }

    /// Carries out one edit.
    pub fn apply(&mut self, edit: &Edit) {
        match &edit.after {
            Some(record) => self.put(edit.record, record.clone()),
            None => self.remove(edit.kind, edit.record),
        }
    }

    /// The partnership.
    pub fn partnership(&self) -> Option<&Partnership> {
        self.partnerships.values().next()
    }

    /// Whether every case in this document is invented.
    pub fn is_worked_example(&self) -> bool {
        self.partnership()
            .is_some_and(|partnership| partnership.worked_example)
    }

    /// The frozen tool called `name` (`slug@version`).
    pub fn tool(&self, name: &str) -> Option<&Tool> {
        self.tools.get(&Tool::id(name))
    }

    /// The newest frozen tool with this slug.
    pub fn tool_of_slug(&self, slug: &str) -> Option<&Tool> {
        let own = self.tools.values().filter(|tool| tool.slug == slug);
        own.max_by_key(|tool| tool.version)
    }

    /// The frozen tool of an audit.
    pub fn tool_of(&self, audit: RecordId) -> Option<&Tool> {
        self.tool(&self.audits.get(&audit)?.tool)
    }

    /// The agency with this code.
    pub fn agency(&self, code: &str) -> Option<&Agency> {
        self.agencies.get(&Agency::id(code))
    }

    /// A short name for an agency; its code when it is unknown.
    pub fn agency_short<'a>(&'a self, code: &'a str) -> &'a str {
        self.agency(code)
            .map_or(code, |agency| agency.short.as_str())
    }

    /// The audit with exactly this id or title.
    pub fn find_audit(&self, name: &str) -> Option<RecordId> {
        let by_id = name.parse().ok().filter(|id| self.audits.contains_key(id));
        by_id.or_else(|| {
            let mut audits = self.audits.iter();
            audits
                .find(|(_, audit)| audit.title == name)
                .map(|(id, _)| *id)
        })
    }

    /// The audits in time order: by the start of the practice looked at, then as they were made.
    pub fn audits_in_order(&self) -> Vec<(RecordId, &Audit)> {
        let mut audits: Vec<_> = self.audits.iter().map(|(id, audit)| (*id, audit)).collect();
        audits.sort_by_key(|(id, audit)| (audit.scope.to.or(audit.scope.from), *id));
        audits
    }

    /// The cases of an audit by reference.
    pub fn cases_of(&self, audit: RecordId) -> Vec<(RecordId, &Case)> {
        let cases = self.cases.iter().map(|(id, case)| (*id, case));
        let mut cases: Vec<_> = cases.filter(|(_, case)| case.audit == audit).collect();
        cases.sort_by(|a, b| a.1.reference.cmp(&b.1.reference));
        cases
    }

    /// The hypotheses of an audit by code.
    pub fn hypotheses_of(&self, audit: RecordId) -> Vec<(RecordId, &Hypothesis)> {
        let all = self
            .hypotheses
            .iter()
            .map(|(id, hypothesis)| (*id, hypothesis));
        let mut own: Vec<_> = all
            .filter(|(_, hypothesis)| hypothesis.audit == audit)
            .collect();
        own.sort_by(|a, b| a.1.code.cmp(&b.1.code));
        own
    }

    /// The findings of an audit in their order.
    pub fn findings_of(&self, audit: RecordId) -> Vec<(RecordId, &Finding)> {
        let all = self.findings.iter().map(|(id, finding)| (*id, finding));
        let mut own: Vec<_> = all.filter(|(_, finding)| finding.audit == audit).collect();
        own.sort_by_key(|(id, finding)| (finding.number, *id));
        own
    }

    /// How long the forms of an audit are kept; nothing is set where nobody did.
    pub fn retention_of(&self, audit: RecordId) -> Retention {
        let own = self.retentions.get(&Retention::id(audit)).cloned();
        own.unwrap_or_else(|| Retention::of(audit))
    }

    /// Whether the forms of an audit were removed at the end of their retention.
    pub fn forms_removed(&self, audit: RecordId) -> bool {
        let own = self.retentions.get(&Retention::id(audit));
        own.is_some_and(|own| own.removed.is_some())
    }

    /// The actions that answer a finding, in the order they were made.
    pub fn actions_from(&self, finding: RecordId) -> Vec<(RecordId, &Action)> {
        let all = self.actions.iter().map(|(id, action)| (*id, action));
        all.filter(|(_, action)| action.finding == Some(finding))
            .collect()
    }

    /// The actions of an audit: in the order of the findings they answer, those without last.
    pub fn actions_of(&self, audit: RecordId) -> Vec<(RecordId, &Action)> {
        let all = self.actions.iter().map(|(id, action)| (*id, action));
        let mut own: Vec<_> = all.filter(|(_, action)| action.audit == audit).collect();
        let number = |action: &Action| {
            let finding = action.finding.and_then(|id| self.findings.get(&id));
            finding.map_or(u32::MAX, |finding| finding.number)
        };
        own.sort_by_key(|(id, action)| (number(action), *id));
        own
    }

    /// The notes on an action's progress, oldest first.
    pub fn updates_of(&self, action: RecordId) -> Vec<&ActionUpdate> {
        let all = self.action_updates.values();
        let mut own: Vec<_> = all.filter(|update| update.action == action).collect();
        own.sort_by_key(|update| update.at);
        own
    }

    /// The form of `agency` for `case` in `audit`, with its id.
    pub fn form_of(
        &self,
        audit: RecordId,
        agency: &str,
        case: RecordId,
    ) -> Option<(RecordId, &CaseForm)> {
        let id = CaseForm::id(AgencyReturn::id(audit, agency), case);
        self.forms.get(&id).map(|form| (id, form))
    }

    /// The forms of an audit: id, agency and form, case by case and agency by agency.
    pub fn forms_of(&self, audit: RecordId) -> Vec<(RecordId, &str, &CaseForm)> {
        let agencies = self
            .audits
            .get(&audit)
            .map_or(&[][..], |audit| &audit.agencies);
        let cases = self.cases_of(audit).into_iter();
        cases
            .flat_map(|(case, _)| {
                let form = move |code: &'_ String| {
                    let (id, form) = self.form_of(audit, code, case)?;
                    Some((
                        id,
                        self.returns.get(&form.agency_return)?.agency.as_str(),
                        form,
                    ))
                };
                agencies.iter().filter_map(form)
            })
            .collect()
    }

    /// Audit, agency code and case of a form.
    pub fn place_of(&self, form: RecordId) -> Option<(RecordId, &str, RecordId)> {
        let form = self.forms.get(&form)?;
        let agency_return = self.returns.get(&form.agency_return)?;
        Some((
            agency_return.audit,
            agency_return.agency.as_str(),
            form.case,
        ))
    }

    /// The safety stop of a form.
    pub fn safety_stop(&self, form: RecordId) -> Option<&SafetyStop> {
        self.safety_stops.get(&SafetyStop::id(form))
    }

    /// Safety stops that nobody has completed yet, with their forms.
    pub fn open_safety_stops(&self) -> Vec<(RecordId, &SafetyStop)> {
        let stops = self.safety_stops.values();
        stops
            .filter(|stop| !stop.is_resolved())
            .map(|stop| (stop.form, stop))
            .collect()
    }
}
