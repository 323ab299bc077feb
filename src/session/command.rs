//! What a person can do to a document.

use chrono::NaiveDate;

use super::decisions::Decisions;
use crate::domain::action::Action;
use crate::domain::answer::{Flag, Given, Note, Value};
use crate::domain::attendance::Presence;
use crate::domain::audit::{AuditState, Scope, Verdict};
use crate::domain::case::Case;
use crate::domain::concern::ConcernFollowUp;
use crate::domain::dismissal::Dismissal;
use crate::domain::finding::Finding;
use crate::domain::id::RecordId;
use crate::domain::partnership::Agency;
use crate::domain::retention::NotRemovable;
use crate::domain::safety_stop::SafetyStop;
use crate::store::StoreError;

/// One thing a person did. Screens return these; [`super::Session::apply`] carries them out.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Sets up a new register.
    SetUpRegister(NewRegister),
    /// Makes a new audit with its hypotheses, cases and forms.
    CreateAudit(Box<NewAudit>),
    /// Moves an audit on.
    SetAuditState(RecordId, AuditState),
    /// Does something to a form.
    Form(RecordId, Box<FormCommand>),
    /// Gives or takes away a judgement of the panel.
    Judge(Box<JudgeCommand>),
    /// Judges every scored question of this case on which all who answered agree, but for those on
    /// whether a child is safe.
    AgreeAll(RecordId),
    /// Does something to the findings of an audit.
    Finding(Box<FindingCommand>),
    /// Does something to an action.
    Action(Box<ActionCommand>),
    /// Says how a practice concern was followed up.
    FollowUp(Box<ConcernFollowUp>),
    /// Takes decisions of the BMG, all in one step.
    TakeDecisions(Box<Decisions>),
    /// Agrees a key date of a case, or takes that back.
    AgreeDate(Box<AgreeDateCommand>),
    /// Says whether an agency took part in a panel day.
    SetAttendance(Box<AttendanceCommand>),
    /// Changes what an audit is called and what it sets out to do.
    ChangeScope(Box<ScopeCommand>),
    /// Says under which reference the case was read in the audit that its own repeats, or that it was
    /// not.
    SaySameAs(RecordId, Option<String>),
    /// Does something to a hypothesis.
    Hypothesis(HypothesisCommand),
    /// Says how long forms are kept, or what holds them.
    Retention(RetentionCommand),
    /// Takes the last step back.
    Undo,
    /// Takes the last undo back.
    Redo,
}

/// One thing done to a form.
#[derive(Clone, Debug, PartialEq)]
pub enum FormCommand {
    /// Gives or takes away an answer.
    Give {
        /// The question.
        question: String,
        /// The answer; `None` takes it away.
        given: Option<Given>,
    },
    /// Writes one of the three notes under a question.
    WriteNote {
        /// The question.
        question: String,
        /// Which note.
        note: Note,
        /// Its whole text.
        text: String,
    },
    /// Puts or takes away a mark.
    SetFlag {
        /// The question.
        question: String,
        /// Which mark.
        flag: Flag,
        /// Whether it is on.
        on: bool,
    },
    /// Gives or takes away a key date.
    SetDate {
        /// The tool's id for the date.
        date_id: String,
        /// The date.
        date: Option<NaiveDate>,
    },
    /// Says in which role the form is filled in.
    SetRole(String),
    /// Gives the overall grade.
    SetOverall(Option<String>),
    /// Says why this overall grade.
    SetOverallReason(String),
    /// Records who was told about a child who may not be safe.
    RecordSafetyStop(SafetyStop),
    /// The agency does not know the child.
    MarkNotKnown,
    /// The agency declines, for this reason.
    Decline(String),
    /// Sends the form in.
    Submit,
    /// Opens a submitted, declined or not-known form again, for this reason.
    Reopen(String),
}

/// One thing done to the findings of an audit.
#[derive(Clone, Debug, PartialEq)]
pub enum FindingCommand {
    /// Keeps a finding, new or changed. Its number is given by the program.
    Keep(RecordId, Finding),
    /// Moves a finding up (negative) or down among those of its audit.
    Move(RecordId, isize),
    /// Lets a finding stand although what it rests on changed.
    LookAgain(RecordId),
    /// Takes a finding away, with the reason.
    TakeAway(RecordId, String),
    /// Sets a suggestion aside, with the reason.
    Dismiss(Dismissal),
    /// Puts a suggestion forward again.
    BringBack(RecordId),
}

/// One thing done to an action.
#[derive(Clone, Debug, PartialEq)]
pub enum ActionCommand {
    /// Keeps an action, new or changed, and adds a note on its progress unless that is empty.
    Keep {
        /// The action.
        id: RecordId,
        /// As it shall be.
        action: Action,
        /// What happened; needed where it is not done or superseded.
        note: String,
    },
    /// Takes an action away, with the reason.
    TakeAway(RecordId, String),
}

/// One thing said about how long forms are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RetentionCommand {
    /// The last day on which the forms of an audit are kept; no date keeps them until one is set.
    KeepUntil(RecordId, Option<NaiveDate>),
    /// Places a legal hold.
    Hold {
        /// The audit.
        audit: RecordId,
        /// Why.
        reason: String,
        /// The role that places it.
        by: String,
    },
    /// Releases a legal hold.
    Release {
        /// The audit.
        audit: RecordId,
        /// Why.
        reason: String,
    },
    /// How many months after an audit is closed its forms are kept, for audits closed from now on.
    Period(Option<u32>),
}

/// An audit's title and scope, as they shall be.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeCommand {
    /// The audit.
    pub audit: RecordId,
    /// Its title.
    pub title: String,
    /// Its scope.
    pub scope: Scope,
    /// The audit it repeats.
    pub re_audit_of: Option<RecordId>,
}

/// One thing done to a hypothesis.
#[derive(Clone, Debug, PartialEq)]
pub enum HypothesisCommand {
    /// States one.
    Add {
        /// The audit.
        audit: RecordId,
        /// The statement.
        text: String,
    },
    /// Words it anew.
    Word(RecordId, String),
    /// Says which questions bear on it.
    SetQuestions(RecordId, Vec<String>),
    /// Takes it away.
    Remove(RecordId),
    /// Gives the panel's verdict, or takes it back.
    Decide(RecordId, Option<Verdict>),
    /// Says why this verdict.
    SetRationale(RecordId, String),
}

/// A judgement of the panel, as it shall be.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgeCommand {
    /// The case.
    pub case: RecordId,
    /// The question; none for the overall grade.
    pub question: Option<String>,
    /// The value; `None` takes the judgement away.
    pub value: Option<Value>,
    /// Why.
    pub reason: String,
    /// Who saw it differently, and why.
    pub dissent: String,
}

/// A key date of a case as the panel agrees it.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreeDateCommand {
    /// The case.
    pub case: RecordId,
    /// The tool's id for the date.
    pub date_id: String,
    /// The date; `None` takes the agreement back.
    pub date: Option<NaiveDate>,
    /// Why this one; needed unless every agency that gives a date gives this one.
    pub reason: String,
}

/// The attendance of an agency on a panel day, as it shall be.
#[derive(Clone, Debug, PartialEq)]
pub struct AttendanceCommand {
    /// The audit.
    pub audit: RecordId,
    /// The panel day.
    pub day: NaiveDate,
    /// The agency's code; empty for the partnership itself.
    pub agency: String,
    /// Whether it took part; `None` takes the entry away.
    pub presence: Option<Presence>,
    /// The roles that were there.
    pub roles: String,
}

/// A register to set up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewRegister {
    /// The partnership's name.
    pub partnership: String,
    /// Its agencies.
    pub agencies: Vec<Agency>,
}

/// An audit to make.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewAudit {
    /// Title.
    pub title: String,
    /// The tool, as `slug@version`.
    pub tool: String,
    /// Codes of the agencies that take part.
    pub agencies: Vec<String>,
    /// Scope.
    pub scope: Scope,
    /// Statements to test, with the questions that bear on each.
    pub hypotheses: Vec<(String, Vec<String>)>,
    /// Cases; their `audit` is filled in.
    pub cases: Vec<NewCase>,
    /// The audit it repeats.
    pub re_audit_of: Option<RecordId>,
}

/// A case to make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewCase {
    /// Reference.
    pub reference: String,
    /// Age band.
    pub age_band: Option<String>,
    /// Sex.
    pub sex: Option<String>,
    /// Ethnicity group.
    pub ethnicity: Option<String>,
    /// Plan.
    pub plan: Option<String>,
    /// Its reference in the audit that this one repeats, where the same child was read there.
    pub same_as: Option<String>,
}

impl NewCase {
    /// The case as a record of `audit`.
    pub fn in_audit(self, audit: RecordId) -> Case {
        Case {
            audit,
            reference: self.reference,
            age_band: self.age_band,
            sex: self.sex,
            ethnicity: self.ethnicity,
            plan: self.plan,
            same_as: self.same_as,
        }
    }
}

/// Why a command was not carried out. `Display` is the sentence shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The form is not open for answers.
    #[error("This form is {0}. Reopen it with a reason before you change it.")]
    FormClosed(&'static str),
    /// The form has to be open in this window.
    #[error("Open the form before you change it.")]
    FormNotOpen,
    /// The case has to be open in this window.
    #[error("Open the case before you judge it.")]
    CaseNotOpen,
    /// There is no question left on which all who answered agree.
    #[error("There is no question left on which all who answered agree.")]
    NothingToAgree,
    /// The answer does not fit the question.
    #[error("{question}: {why}.")]
    Answer {
        /// Printed code of the question.
        question: String,
        /// What is wrong.
        why: String,
    },
    /// Something is missing before the form can be submitted.
    #[error("{0} before this form can be submitted.")]
    NotComplete(String),
    /// A reason is asked for.
    #[error("Give a reason: it is kept with the change.")]
    NoReason,
    /// The stop is still needed.
    #[error(
        "The answer still says that the child may not be safe; change it first, or record who was told."
    )]
    StillUnsafe,
    /// A field is empty.
    #[error("{0} is needed.")]
    Needed(&'static str),
    /// The title is taken.
    #[error("There is an audit called “{0}” already; choose another title.")]
    TitleTaken(String),
    /// A case reference is not in order.
    #[error("Case “{reference}”: {why}.")]
    Case {
        /// As typed.
        reference: String,
        /// What is wrong.
        why: String,
    },
    /// The tool is not there.
    #[error("There is no audit tool “{0}”.")]
    NoTool(String),
    /// More words than any field takes.
    #[error("A text holds at most {0} characters; shorten it.")]
    TooLong(usize),
    /// A day that is still to come.
    #[error("{0} cannot have been done on a day that is still to come.")]
    NotYet(&'static str),
    /// A finding is taken away only when nothing is left to do because of it.
    #[error("This finding has actions ({0}); take them away first.")]
    HasActions(usize),
    /// Somebody changed an action after the decisions on it were shown.
    #[error("“{0}” was changed since these decisions were shown; look at them again.")]
    ChangedMeanwhile(String),
    /// The panel works on the hypotheses already.
    #[error(
        "Hypotheses are stated before the panel's day. Set the audit back to Scoping or Open to change this one."
    )]
    HypothesisFixed,
    /// A hypothesis with a verdict is part of the findings.
    #[error(
        "The panel has given a verdict on {0}. Take the verdict back before you take the hypothesis away."
    )]
    HypothesisDecided(String),
    /// The forms are gone, and with them all that could be set.
    #[error(transparent)]
    FormsRemoved(#[from] NotRemovable),
    /// There is no legal hold.
    #[error("There is no legal hold on the forms of “{0}”.")]
    NotHeld(String),
    /// A period that is too long.
    #[error("Forms are kept for at most {0} months; give a shorter period, or none.")]
    Period(u32),
    /// A merge waits for what came before it.
    #[error("{}", super::desk::NOT_ON_DISK)]
    NotOnDisk,
    /// The conflict is another by now.
    #[error("{}", StoreError::NotAsSeen)]
    NotAsSeen,
    /// The conflict is gone.
    #[error("This conflict is settled already.")]
    Settled,
    /// The register is a read-only copy.
    #[error("This is a read-only copy: nothing can be changed in it.")]
    ReadOnly,
}
