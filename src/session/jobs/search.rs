//! Looks for words in how a document stands now: audits, cases, questions, notes, the panel's
//! reasons, hypotheses, findings and actions.

use std::collections::BTreeMap;

use crate::domain::action::Action;
use crate::domain::id::RecordId;
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;
use crate::domain::safety_stop::SafetyStop;
use crate::domain::search::Wanted;
use crate::domain::tool::Kind;
use crate::session::document::Document;
use crate::session::error::{Error, Result};
use crate::session::history::name;
use crate::session::search::{Found, FoundGroup, Group, Hit, Place, SearchRequest};
use crate::store::{DocumentKind, NoteRow};

/// The most that is shown of one sort.
pub const MOST: usize = 50;

/// Of so many the first ones are picked, in the order of what they are called.
const MOST_SORTED: usize = 2_000;

/// How many notes are looked through between two questions whether to stop.
const STEP: usize = 1_000;

/// Looks for words. `stop` is asked now and then whether nobody waits for the result any more.
///
/// # Errors
/// When the file cannot be read, or the search was stopped.
pub fn search(
    document: &Document,
    request: &SearchRequest,
    stop: &dyn Fn() -> bool,
) -> Result<Found> {
    let mut found = Found {
        request: request.clone(),
        groups: Vec::new(),
    };
    let Some(wanted) = Wanted::new(&request.words) else {
        return Ok(found);
    };
    let mut looking = Looking {
        register: document.register(),
        wanted: &wanted,
        only: request.audit,
        is_return: document.store().kind() == DocumentKind::Return,
        groups: BTreeMap::new(),
    };
    looking.audits();
    looking.cases();
    looking.questions();
    looking.forms();
    looking.panel();
    looking.results();
    looking.notes(document, stop)?;
    found.groups = looking.groups.into_values().map(in_order).collect();
    Ok(found)
}

/// The first of a sort. Audits and questions stand in their own order already.
fn in_order(mut found: FoundGroup) -> FoundGroup {
    if !matches!(found.group, Group::Audits | Group::Questions) {
        found.hits.sort_by(|one, other| one.title.cmp(&other.title));
    }
    found.hits.truncate(MOST);
    found
}

/// A search under way.
struct Looking<'a> {
    register: &'a Register,
    wanted: &'a Wanted,
    only: Option<RecordId>,
    is_return: bool,
    groups: BTreeMap<Group, FoundGroup>,
}

impl Looking<'_> {
    /// Keeps something if the words stand in its texts and it is of the audit that is looked in.
    fn look(
        &mut self,
        group: Group,
        audit: Option<RecordId>,
        texts: &[&str],
        hit: impl FnOnce() -> (Place, String),
    ) {
        let shown = group.is_in_returns() || !self.is_return;
        let of_audit = self.only.is_none() || self.only == audit;
        if !shown || !of_audit || !self.wanted.are_in(texts.iter().copied()) {
            return;
        }
        let found = self.groups.entry(group).or_insert(FoundGroup {
            group,
            hits: Vec::new(),
            total: 0,
        });
        found.total += 1;
        if found.hits.len() < MOST_SORTED {
            let (place, title) = hit();
            let touched = texts.iter().find(|text| self.wanted.touch(text));
            let excerpt = self.wanted.excerpt(touched.copied().unwrap_or_default());
            found.hits.push(Hit {
                place,
                title,
                excerpt,
            });
        }
    }

    /// What a record is called.
    fn name_of(register: &Register, kind: RecordKind, id: RecordId) -> String {
        let record = register.get(kind, id);
        record.map_or_else(String::new, |record| name(&record, register))
    }

    fn audits(&mut self) {
        for (id, audit) in self.register.audits_in_order() {
            let scope = &audit.scope;
            let texts = [
                &audit.title,
                &scope.question,
                &scope.cohort,
                &scope.method,
                &scope.children,
                &scope.parents,
                &scope.carers,
            ];
            self.look(Group::Audits, Some(id), &texts.map(String::as_str), || {
                (Place::Audit(id), audit.title.clone())
            });
        }
    }

    fn cases(&mut self) {
        let register = self.register;
        for (id, case) in &register.cases {
            self.look(Group::Cases, Some(case.audit), &[&case.reference], || {
                let title = Self::name_of(register, RecordKind::Case, *id);
                (Place::Case(*id), title)
            });
        }
    }

    /// A question that several audits ask in the same words stands once, with the newest of them.
    fn questions(&mut self) {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for (audit, record) in self.register.audits_in_order().into_iter().rev() {
            let in_audit = self.only.is_none_or(|only| only == audit);
            let Some(tool) = self.register.tool(&record.tool).filter(|_| in_audit) else {
                continue;
            };
            for question in &tool.questions {
                let key = (question.id.as_str(), question.text.as_str());
                if seen.contains(&key) {
                    continue;
                }
                seen.push(key);
                let mut texts = vec![question.text.as_str(), &question.code, &question.hint];
                texts.extend(question.look_for.iter().map(String::as_str));
                self.look(Group::Questions, Some(audit), &texts, || {
                    let title = format!("{} · {}", question.code, tool.title);
                    (Place::Question(audit, question.id.clone()), title)
                });
            }
        }
    }

    /// What is written on a form beside its answers.
    fn forms(&mut self) {
        let register = self.register;
        for (id, form) in &register.forms {
            let texts = [&form.declined_reason, &form.overall_reason];
            self.on_form(*id, &texts.map(String::as_str), || {
                Self::name_of(register, RecordKind::CaseForm, *id)
            });
        }
        for stop in register.safety_stops.values() {
            self.on_form(stop.form, &said_at_a_stop(stop), || {
                name(&Record::SafetyStop(stop.clone()), register)
            });
        }
        for (id, own) in &register.concern_follow_ups {
            let audit = register.place_of(own.form).map(|(audit, ..)| audit);
            let Some(audit) = audit.filter(|_| !self.is_return) else {
                continue;
            };
            self.look(Group::Notes, Some(audit), &[&own.outcome], || {
                let title = Self::name_of(register, RecordKind::ConcernFollowUp, *id);
                (Place::Concerns(audit), title)
            });
        }
    }

    fn on_form(&mut self, form: RecordId, texts: &[&str], title: impl FnOnce() -> String) {
        let audit = self.register.place_of(form).map(|(audit, ..)| audit);
        self.look(Group::Notes, audit, texts, || (Place::Form(form), title()));
    }

    fn panel(&mut self) {
        let register = self.register;
        let audit_of = |case: RecordId| register.cases.get(&case).map(|case| case.audit);
        for (id, own) in &register.judgements {
            let texts = [own.reason.as_str(), &own.dissent];
            self.look(Group::Panel, audit_of(own.case), &texts, || {
                let title = Self::name_of(register, RecordKind::Judgement, *id);
                (Place::Judgement(own.case, own.question.clone()), title)
            });
        }
        for (id, own) in &register.agreed_dates {
            self.look(Group::Panel, audit_of(own.case), &[&own.reason], || {
                let title = Self::name_of(register, RecordKind::AgreedDate, *id);
                (Place::Case(own.case), title)
            });
        }
    }

    /// Hypotheses, findings and actions.
    fn results(&mut self) {
        let register = self.register;
        for (id, own) in &register.hypotheses {
            let texts = [own.text.as_str(), &own.code, &own.rationale];
            self.look(Group::Hypotheses, Some(own.audit), &texts, || {
                let title = Self::name_of(register, RecordKind::Hypothesis, *id);
                (Place::Hypotheses(own.audit), title)
            });
        }
        for (id, own) in &register.findings {
            self.look(Group::Findings, Some(own.audit), &[&own.text], || {
                let title = Self::name_of(register, RecordKind::Finding, *id);
                (Place::Finding(*id), title)
            });
        }
        for (id, own) in &register.actions {
            let texts = said_of_an_action(register, *id, own);
            self.look(Group::Actions, Some(own.audit), &texts, || {
                let title = Self::name_of(register, RecordKind::Action, *id);
                (Place::Action(*id), title)
            });
        }
    }

    /// What auditors wrote at the questions.
    fn notes(&mut self, document: &Document, stop: &dyn Fn() -> bool) -> Result<()> {
        let (mut done, mut stopped) = (0, stop());
        document.store().each_note(|row| {
            done += 1;
            stopped = stopped || (done % STEP == 0 && stop());
            if !stopped {
                self.note(row);
            }
            !stopped
        })?;
        if stopped {
            Err(Error::Cancelled)
        } else {
            Ok(())
        }
    }

    fn note(&mut self, row: NoteRow<'_>) {
        let texts = [row.notes[0], row.notes[1], row.notes[2], row.value];
        // Most rows hold nothing of the words; only of the others is it looked up where they stand.
        if !self.wanted.are_in(texts.into_iter()) {
            return;
        }
        let place = row.form().and_then(|form| {
            let (audit, agency, case) = self.register.place_of(form)?;
            Some((form, audit, agency, case))
        });
        let Some((form, audit, agency, case)) = place else {
            return;
        };
        let register = self.register;
        let tool = register.tool_of(audit);
        let question = tool.and_then(|tool| tool.question(row.question));
        // The id of a choice is nothing a person wrote.
        let in_words = question.is_some_and(|question| question.kind == Kind::Text);
        let texts = &texts[..if in_words { 4 } else { 3 }];
        self.look(Group::Notes, Some(audit), texts, || {
            let code = question.map_or(row.question, |question| question.code.as_str());
            let case = register.cases.get(&case);
            let reference = case.map_or("", |case| case.reference.as_str());
            let agency = register.agency_short(agency);
            let title = format!("Answer to {code}, {reference}, {agency}");
            (Place::Answer(form, row.question.to_owned()), title)
        });
    }
}

fn said_at_a_stop(stop: &SafetyStop) -> [&str; 7] {
    let (lead, door) = (&stop.lead, &stop.front_door);
    [
        &lead.role,
        &lead.route,
        &lead.response,
        &door.role,
        &door.route,
        &door.response,
        &stop.opened_in_error,
    ]
}

fn said_of_an_action<'a>(register: &'a Register, id: RecordId, action: &'a Action) -> Vec<&'a str> {
    let mut texts = vec![
        action.what.as_str(),
        &action.owner_role,
        &action.evidence_of_impact,
    ];
    let updates = register.updates_of(id).into_iter();
    texts.extend(updates.map(|update| update.text.as_str()));
    texts
}
