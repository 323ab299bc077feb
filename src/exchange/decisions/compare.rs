//! Decisions held against the actions as they stand: what would change, and where ours changed
//! since the file was written.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Said;
use super::problem::{BadDecisions, Misread};
use crate::domain::action::{Action, ActionStatus, DueTerm};
use crate::domain::dates::written_date;
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::privacy::References;
use crate::domain::register::Register;

/// A field of an action that a decision can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What will change.
    What,
    /// The owner's agency.
    OwnerAgency,
    /// The owner's role.
    OwnerRole,
    /// The term.
    DueTerm,
    /// The date.
    Due,
    /// Where it stands.
    Status,
    /// How we will know.
    EvidenceOfImpact,
}

impl Field {
    const ALL: [Self; 7] = [
        Self::What,
        Self::OwnerAgency,
        Self::OwnerRole,
        Self::DueTerm,
        Self::Due,
        Self::Status,
        Self::EvidenceOfImpact,
    ];

    /// The words shown; also the heading of its column.
    pub fn label(self) -> &'static str {
        match self {
            Self::What => "What will change",
            Self::OwnerAgency => "Owner agency",
            Self::OwnerRole => "Owner role",
            Self::DueTerm => "Due term",
            Self::Due => "Due",
            Self::Status => "Status",
            Self::EvidenceOfImpact => "Evidence of impact",
        }
    }

    /// The field of an action in words; empty where it says nothing.
    pub fn words(self, action: &Action) -> String {
        match self {
            Self::What => action.what.clone(),
            Self::OwnerAgency => action.owner_agency.clone(),
            Self::OwnerRole => action.owner_role.clone(),
            Self::DueTerm => action.due_term.map_or("", DueTerm::label).to_owned(),
            Self::Due => action.due.map(written_date).unwrap_or_default(),
            Self::Status => action.status.label().to_owned(),
            Self::EvidenceOfImpact => action.evidence_of_impact.clone(),
        }
    }

    fn copy(self, from: &Action, to: &mut Action) {
        match self {
            Self::What => to.what.clone_from(&from.what),
            Self::OwnerAgency => to.owner_agency.clone_from(&from.owner_agency),
            Self::OwnerRole => to.owner_role.clone_from(&from.owner_role),
            Self::DueTerm => to.due_term = from.due_term,
            Self::Due => to.due = from.due,
            Self::Status => to.status = from.status,
            Self::EvidenceOfImpact => {
                to.evidence_of_impact.clone_from(&from.evidence_of_impact);
            }
        }
    }
}

/// Tells whether what a file says is what we wrote out.
struct Alike(References);

impl Alike {
    /// Whether a text of the file is ours. Spaces, line ends and characters that no spreadsheet
    /// shows do not count: other programs change them. Nor do references of cases, which are taken
    /// out of every sentence that leaves.
    fn text(&self, theirs: &str, ours: &str) -> bool {
        let theirs = words(theirs);
        theirs == words(ours) || theirs == words(&self.0.out_of(ours))
    }

    fn field(&self, field: Field, theirs: &Action, ours: &Action) -> bool {
        self.text(&field.words(theirs), &field.words(ours))
    }
}

fn words(text: &str) -> Vec<String> {
    let is_shown = |c: &char| {
        matches!(c, '\n' | '\t' | '\r')
            || !(c.is_control()
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}'))
    };
    let shown: String = text.chars().filter(is_shown).collect();
    shown.split_whitespace().map(str::to_owned).collect()
}

/// An action as the file holds it.
#[derive(Clone, Debug)]
pub struct Known {
    /// As it stands.
    pub action: Action,
    /// Each revision and what it said, oldest first; the last is how it stands.
    pub history: Vec<(RevisionId, Action)>,
    /// The notes on its progress.
    pub notes: Vec<String>,
}

/// One field that a decision changes.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// The field.
    pub field: Field,
    /// As it stands, in words.
    pub before: String,
    /// As decided.
    pub after: String,
    /// Whether ours changed since the file was written: a person says which is to stand.
    pub conflict: bool,
}

/// What a file decides about one action.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// The action.
    pub action: RecordId,
    /// As it stood when the decisions were compared.
    pub ours: Action,
    /// As the file says.
    theirs: Action,
    /// The fields that change.
    pub changes: Vec<FieldChange>,
    /// A note to add.
    pub note: Option<String>,
}

impl Decided {
    /// The action once the decisions are taken; of the conflicts, those in `taken` as the file says.
    /// An action that is agreed with this is agreed on `today`, and its term gives the date.
    pub fn outcome(&self, taken: &BTreeSet<Field>, today: NaiveDate) -> Action {
        let mut action = self.ours.clone();
        let wanted = |change: &&FieldChange| !change.conflict || taken.contains(&change.field);
        let fields: Vec<Field> = self
            .changes
            .iter()
            .filter(wanted)
            .map(|change| change.field)
            .collect();
        for field in &fields {
            field.copy(&self.theirs, &mut action);
        }
        let agreed = fields.contains(&Field::Status) && action.status != ActionStatus::Proposed;
        if agreed && action.agreed.is_none() {
            action.agreed = Some(today);
        }
        let termed = fields.contains(&Field::DueTerm) || agreed && action.due.is_none();
        if termed && !fields.contains(&Field::Due) {
            action = action.with_date_of_term();
        }
        action
    }

    /// Fields that changed on both sides.
    pub fn conflicts(&self) -> impl Iterator<Item = &FieldChange> {
        self.changes.iter().filter(|change| change.conflict)
    }
}

/// What taking the decisions of a file would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DecisionPreview {
    /// The actions that change, in the order of the file.
    pub decided: Vec<Decided>,
    /// Actions of the file about which it says nothing new.
    pub unchanged: usize,
}

impl DecisionPreview {
    /// How many fields changed on both sides.
    pub fn conflicts(&self) -> usize {
        self.decided
            .iter()
            .map(|decided| decided.conflicts().count())
            .sum()
    }
}

/// Holds what a file says against the actions that are known.
///
/// # Errors
/// Everything that cannot be taken: actions that are not there or named twice, an action done
/// without evidence or not done without a reason.
pub fn compare(
    said: &[Said],
    known: &BTreeMap<RecordId, Known>,
    register: &Register,
) -> Result<DecisionPreview, BadDecisions> {
    let alike = Alike(References::of(register));
    let mut preview = DecisionPreview::default();
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for said in said {
        let found = said.record().and_then(|id| Some((id, known.get(&id)?)));
        match found {
            None => {
                let message = format!("there is no action {} in this register", said.id.trim());
                problems.push(Misread::at(&said.place, message));
            }
            Some((id, _)) if !seen.insert(id) => {
                problems.push(Misread::at(&said.place, "this action is there twice"));
            }
            Some((id, known)) => {
                let decided = decided(&alike, id, known, said);
                problems.extend(lacking(&decided, said));
                if decided.changes.is_empty() && decided.note.is_none() {
                    preview.unchanged += 1;
                } else {
                    preview.decided.push(decided);
                }
            }
        }
    }
    if problems.is_empty() {
        Ok(preview)
    } else {
        Err(BadDecisions::of(problems))
    }
}

fn decided(alike: &Alike, id: RecordId, known: &Known, said: &Said) -> Decided {
    let ours = &known.action;
    let theirs = as_said(ours, said);
    let base = said.revision.and_then(|revision| {
        let mut history = known.history.iter();
        history
            .find(|(id, _)| *id == revision)
            .map(|(_, action)| action)
    });
    let changes = Field::ALL.into_iter().filter_map(|field| {
        if alike.field(field, &theirs, ours) {
            return None;
        }
        let conflict = match base {
            // They left it as it was; ours changed meanwhile and stays.
            Some(base) if alike.field(field, &theirs, base) => return None,
            Some(base) => !alike.field(field, ours, base),
            // Without a revision: what we once said ourselves is more likely old than decided.
            None => known
                .history
                .iter()
                .any(|(_, earlier)| alike.field(field, &theirs, earlier)),
        };
        Some(FieldChange {
            field,
            before: field.words(ours),
            after: field.words(&theirs),
            conflict,
        })
    });
    let note = said
        .update
        .as_deref()
        .map(str::trim)
        .filter(|note| !note.is_empty());
    let is_new = |note: &&str| !known.notes.iter().any(|known| alike.text(note, known));
    Decided {
        action: id,
        changes: changes.collect(),
        note: note.filter(is_new).map(str::to_owned),
        ours: ours.clone(),
        theirs,
    }
}

/// Our action with what is said about it.
fn as_said(ours: &Action, said: &Said) -> Action {
    let text = |said: &Option<String>, ours: &String| {
        said.as_ref()
            .map_or_else(|| ours.clone(), |text| text.trim().to_owned())
    };
    Action {
        what: text(&said.what, &ours.what),
        owner_agency: text(&said.owner_agency, &ours.owner_agency),
        owner_role: text(&said.owner_role, &ours.owner_role),
        due_term: said.due_term.unwrap_or(ours.due_term),
        due: said.due.unwrap_or(ours.due),
        status: said.status.unwrap_or(ours.status),
        evidence_of_impact: text(&said.evidence_of_impact, &ours.evidence_of_impact),
        ..ours.clone()
    }
}

/// What a decision must say and does not.
fn lacking(decided: &Decided, said: &Said) -> Option<Misread> {
    let theirs = &decided.theirs;
    let decides = |field| decided.changes.iter().any(|change| change.field == field);
    // A status that the file leaves as it was written is not decided on.
    let ends = decides(Field::Status);
    let evidence = ends || decides(Field::EvidenceOfImpact);
    let message = if theirs.what.is_empty() {
        "what will change is empty"
    } else if evidence
        && theirs.status == ActionStatus::Done
        && theirs.evidence_of_impact.is_empty()
    {
        "it is done, and there is no evidence of impact"
    } else if ends && theirs.status.needs_reason() && decided.note.is_none() {
        "it is not done or superseded, and no update says why"
    } else {
        return None;
    };
    Some(Misread::at(&said.place, message))
}
