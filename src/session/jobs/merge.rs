//! Merges agencies' returns into the register, and says beforehand what that would do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};

use super::issue::file_name;
use super::take_back::MergeStep;
use super::workbook::{self, Refused};
use super::{Progress, Watch};
use crate::domain::form::FormStatus;
use crate::domain::id::RecordId;
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;
use crate::domain::revision::Author;
use crate::exchange::return_workbook::{self, CellProblem};
use crate::session::document::Document;
use crate::session::error::{Error, Result};
use crate::store::{
    DocumentKind, FilePlan, Incoming, MergeError, Passphrase, RecordPlan, ReturnFile, Store,
    StoreError,
};

/// Which files to merge.
#[derive(Clone, Debug, Default)]
pub struct MergeRequest {
    /// The files, in any order.
    pub files: Vec<PathBuf>,
    /// Passphrases to try on files that have one.
    pub passphrases: Vec<Passphrase>,
    /// Whether to merge the others when some are refused.
    pub skip_refused: bool,
    /// Whether what was taken back of these files with an earlier merge comes again.
    pub again: bool,
    /// Whether what they change of the audit itself is taken too: the register was put back from a
    /// copy that is older than they are.
    pub audit_too: bool,
}

/// What merging would do, file by file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MergePreview {
    /// The files in the order given.
    pub files: Vec<ReturnPreview>,
}

impl MergePreview {
    /// How many files are refused.
    pub fn refused(&self) -> usize {
        self.files
            .iter()
            .filter(|file| file.brings.is_err())
            .count()
    }
}

/// Why a file is refused, where the person can do something about it at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hurdle {
    /// It has a passphrase, and none of those given opens it.
    Passphrase,
    /// It is a register, which can be opened but not merged.
    Register,
    /// It changes the audit itself, which may be taken too.
    Audit,
}

impl Hurdle {
    pub(super) fn of(error: &MergeError) -> Option<Self> {
        match error {
            MergeError::Register(_) => Some(Self::Register),
            MergeError::ChangesAudit { .. } => Some(Self::Audit),
            MergeError::Store(StoreError::NeedsPassphrase(_) | StoreError::WrongPassphrase(_)) => {
                Some(Self::Passphrase)
            }
            _ => None,
        }
    }
}

/// What merging one file would do.
#[derive(Clone, Debug, PartialEq)]
pub struct ReturnPreview {
    /// The file.
    pub path: PathBuf,
    /// What stands in the way, where that can be helped here.
    pub hurdle: Option<Hurdle>,
    /// What it brings, or the sentence that says why it is refused.
    pub brings: std::result::Result<Brought, String>,
    /// Of a workbook that is refused: what is wrong with it, sheet by sheet and cell by cell.
    pub problems: Vec<CellProblem>,
}

/// What one return brings, or another state of the whole document.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// Whether it is another state of the whole document: of no agency, and for no audit alone.
    pub is_state: bool,
    /// The agency's code.
    pub agency: String,
    /// The audit.
    pub audit: RecordId,
    /// Its title.
    pub audit_title: String,
    /// How many kept changes the register does not have yet; 0 when it was merged before.
    pub new_changes: usize,
    /// How many records it brought before that were taken back with that merge. They come again
    /// only if that is asked for.
    pub undone: usize,
    /// Form by form, by case reference.
    pub forms: Vec<FormBrought>,
    /// Forms that stand here and would be taken away; they are not among `forms`.
    pub forms_away: usize,
    /// Answers that would go with them, or from forms that are here alone.
    pub answers_away: usize,
    /// How many records of the audit itself (scope, hypotheses, cases) would change; of a state of the
    /// whole document, all that are on no form.
    pub audit_records_changed: usize,
    /// How many of those would stand in two versions side by side.
    pub audit_records_conflicting: usize,
}

impl Brought {
    /// How many things would stand in two versions side by side.
    pub fn conflicts(&self) -> usize {
        let forms = self.forms.iter().map(|form| form.conflicts.len());
        forms.sum::<usize>() + self.audit_records_conflicting
    }
}

/// What one return brings to one form. Answers and key dates are counted together.
#[derive(Clone, Debug, PartialEq)]
pub struct FormBrought {
    /// The form.
    pub form: RecordId,
    /// The case's reference.
    pub case: String,
    /// Where the form stands before; absent when the register has no such form.
    pub status_before: Option<FormStatus>,
    /// Where it would stand.
    pub status_after: Option<FormStatus>,
    /// Answers that the register does not have.
    pub new: usize,
    /// Answers that differ from what the register has.
    pub changed: usize,
    /// Answers that would be taken away.
    pub taken_back: usize,
    /// Answers that are there already.
    pub unchanged: usize,
    /// Records of which two versions would stand side by side.
    pub conflicts: Vec<RecordId>,
    /// The case was withdrawn meanwhile: what comes is kept in the history, out of sight.
    pub withdrawn: bool,
}

impl FormBrought {
    /// Whether anything of the form would stand otherwise than before, or be kept out of sight.
    pub fn is_news(&self) -> bool {
        self.new + self.changed + self.taken_back + self.conflicts.len() > 0
            || self.status_before != self.status_after
            || self.withdrawn
    }
}

/// What a merge did.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedReturns {
    /// What each file brought.
    pub preview: MergePreview,
    /// The copy of the register as it was before; absent when nothing was new.
    pub copy: Option<PathBuf>,
    /// What undo takes back; absent likewise.
    pub step: Option<MergeStep>,
}

/// What to do with files that were dropped on the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// Open this one.
    Open(PathBuf),
    /// Say what merging these would do.
    Merge(Vec<PathBuf>),
}

/// Decides by what the files are: onto a register, a single register is opened and anything else is
/// looked at as returns. What is itself wrong with a file, the preview says.
pub fn dropped(document: &Document, files: Vec<PathBuf>) -> Dropped {
    let store = document.store();
    let takes_returns = store.kind() == DocumentKind::Register && !store.is_read_only();
    match files.as_slice() {
        [one] if !takes_returns || is_register(store, one) => Dropped::Open(one.clone()),
        [first, ..] if !takes_returns => Dropped::Open(first.clone()),
        _ => Dropped::Merge(files),
    }
}

fn is_register(store: &Store, path: &Path) -> bool {
    // Opening our own file a second time would give up the lock on it on some systems.
    store.is_at(path)
        || Store::open_snapshot(path, None).is_ok_and(|file| file.kind() == DocumentKind::Register)
}

/// Looks at every file and says what merging them would do. Changes nothing.
///
/// # Errors
/// When the register cannot be read, or the job was cancelled. A file that is refused is part of
/// the answer.
pub fn merge_preview(
    document: &Document,
    request: &MergeRequest,
    report: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<MergePreview> {
    let mut watch = Watch { report, cancel };
    let looked = look(document, request, &mut watch)?;
    let plans = document.store().plan_merge(&looked.incoming)?;
    Ok(looked.preview(document.register(), &plans))
}

/// Merges the files in one transaction. When some are refused nothing is merged, unless the request
/// says to leave those out.
///
/// # Errors
/// As [`merge_preview`]; when files are refused; when the register cannot be written.
pub fn merge(
    document: &mut Document,
    request: &MergeRequest,
    author: &Author,
    now: DateTime<Utc>,
    report: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<MergedReturns> {
    let mut watch = Watch { report, cancel };
    let looked = look(document, request, &mut watch)?;
    if let Some(why) = looked.why_not().filter(|_| !request.skip_refused) {
        let plans = document.store().plan_merge(&looked.incoming)?;
        let preview = Box::new(looked.preview(document.register(), &plans));
        return Err(Error::SomeRefused { why, preview });
    }
    watch.step("Merging", 0, looked.incoming.len())?;
    let merged = document.store.merge(&looked.incoming, author, now)?;
    let preview = looked.preview(document.register(), &merged.files);
    document.register = document.store.register()?;
    let brought = merged.files.iter().filter(|file| !file.records.is_empty());
    let returns = brought.count();
    Ok(MergedReturns {
        preview,
        copy: merged.copy,
        step: merged
            .span
            .filter(|_| returns > 0)
            .map(|span| MergeStep { span, returns }),
    })
}

/// The files, looked at.
struct Looked {
    /// Each file, and why it is refused.
    files: Vec<(PathBuf, Option<Refused>)>,
    /// Those that are not.
    incoming: Vec<Incoming>,
}

fn look(document: &Document, request: &MergeRequest, watch: &mut Watch<'_>) -> Result<Looked> {
    let mut looked = Looked {
        files: Vec::new(),
        incoming: Vec::new(),
    };
    for (path, read) in request.files.iter().zip(read(document, request, watch)?) {
        let read = read.map(|file| {
            if request.audit_too {
                file.audit_too()
            } else {
                file
            }
        });
        let found = look_at(document, path, read, &looked.incoming);
        let take = |incoming: Incoming| {
            let again = request.again;
            let incoming = if again { incoming.again() } else { incoming };
            looked.incoming.push(incoming);
        };
        let refused = found.map(take).err();
        looked.files.push((path.clone(), refused));
    }
    Ok(looked)
}

/// Reads the files, several at once.
fn read(
    document: &Document,
    request: &MergeRequest,
    watch: &mut Watch<'_>,
) -> Result<Vec<std::result::Result<ReturnFile, MergeError>>> {
    let (files, stage) = (&request.files, "Looking at the returns");
    watch.step(stage, 0, files.len())?;
    let mut stopped = Ok(());
    let mut go_on = |done| {
        stopped = watch.step(stage, done, files.len());
        stopped.is_ok()
    };
    let store = document.store();
    let read = store.read_returns(files, &request.passphrases, &mut go_on);
    stopped.map(|()| read)
}

/// A workbook is told from a return file by what is in it, not by its name.
fn look_at(
    document: &Document,
    path: &Path,
    read: std::result::Result<ReturnFile, MergeError>,
    before: &[Incoming],
) -> std::result::Result<Incoming, Refused> {
    // Our own file was refused unread: to open it here would give up the lock on it.
    if !document.store().is_at(path) && return_workbook::is_package(path) {
        return workbook::look_at(document, path, before);
    }
    Ok(document.store().accept(read?)?)
}

impl Looked {
    /// One sentence for the files that are refused.
    fn why_not(&self) -> Option<String> {
        let mut refused = self.files.iter().filter_map(|(path, refused)| {
            refused.as_ref().map(|refused| (path, refused.why.clone()))
        });
        let (path, why) = refused.next()?;
        Some(match refused.count() {
            0 if self.files.len() == 1 => why,
            0 => format!("Nothing was merged, because of {}: {why}", file_name(path)),
            more => format!(
                "Nothing was merged, because of {} and {more} more: {why}",
                file_name(path)
            ),
        })
    }

    fn preview(&self, before: &Register, plans: &[FilePlan]) -> MergePreview {
        let mut taken = self.incoming.iter().zip(plans);
        let files = self.files.iter().filter_map(|(path, refused)| {
            let hurdle = refused.as_ref().and_then(|refused| refused.hurdle);
            let (brings, problems) = match refused.clone() {
                Some(refused) => (Err(refused.why), refused.problems),
                None => {
                    let (incoming, plan) = taken.next()?;
                    (Ok(brought(before, incoming, plan)), Vec::new())
                }
            };
            Some(ReturnPreview {
                path: path.clone(),
                hurdle,
                brings,
                problems,
            })
        });
        MergePreview {
            files: files.collect(),
        }
    }
}

fn brought(before: &Register, incoming: &Incoming, plan: &FilePlan) -> Brought {
    let mut forms = forms_in(before, incoming, plan);
    let (mut audit_records_changed, mut audit_records_conflicting) = (0, 0);
    let mut away = BTreeMap::new();
    for change in &plan.records {
        match change.form() {
            Some(id) => match forms.get_mut(&id) {
                Some(form) => count(form, change),
                None if change.before.is_some() && change.after.is_none() => {
                    *away.entry(change.kind).or_default() += 1;
                }
                None => (),
            },
            None if change.kind == RecordKind::AgencyReturn => (),
            None => {
                audit_records_changed += usize::from(change.before != change.after);
                audit_records_conflicting += usize::from(change.conflict);
            }
        }
    }
    let mut forms: Vec<FormBrought> = forms.into_values().collect();
    forms.sort_by(|a, b| a.case.cmp(&b.case));
    let audit = before.audits.get(&incoming.audit());
    Brought {
        is_state: incoming.is_state(),
        agency: incoming.agency().to_owned(),
        audit: incoming.audit(),
        audit_title: audit.map(|audit| audit.title.clone()).unwrap_or_default(),
        new_changes: plan.new_revisions,
        undone: plan.taken_back.len(),
        forms,
        forms_away: away.remove(&RecordKind::CaseForm).unwrap_or(0),
        answers_away: away.remove(&RecordKind::Answer).unwrap_or(0),
        audit_records_changed,
        audit_records_conflicting,
    }
}

/// The forms of a return, with everything on them counted as unchanged.
fn forms_in(
    before: &Register,
    incoming: &Incoming,
    plan: &FilePlan,
) -> BTreeMap<RecordId, FormBrought> {
    let theirs = incoming.register();
    let comes = |id| {
        let mut all = plan.records.iter();
        all.any(|change| change.record == id && change.after.is_some())
    };
    let forms = theirs.forms.iter().map(|(id, form)| {
        let known = before.cases.get(&form.case);
        let case = known.or_else(|| theirs.cases.get(&form.case));
        let mut reference = case.map(|case| case.reference.clone()).unwrap_or_default();
        if incoming.is_state() {
            // It holds the forms of several agencies.
            let own = theirs.returns.get(&form.agency_return);
            let agency = own.map_or("", |own| theirs.agency_short(&own.agency));
            reference = format!("{reference}, {agency}");
        }
        let status = before.forms.get(id).map(|form| form.status);
        let brought = FormBrought {
            form: *id,
            case: reference,
            status_before: status,
            status_after: status,
            new: 0,
            changed: 0,
            taken_back: 0,
            unchanged: 0,
            conflicts: Vec::new(),
            withdrawn: known.is_none() && !comes(form.case),
        };
        (*id, brought)
    });
    let mut forms: BTreeMap<RecordId, FormBrought> = forms.collect();
    for (_, _, form) in incoming.on_forms() {
        if let Some(form) = forms.get_mut(form) {
            form.unchanged += 1;
        }
    }
    forms
}

fn count(form: &mut FormBrought, change: &RecordPlan) {
    if change.conflict {
        form.conflicts.push(change.record);
    }
    if let Some(Record::CaseForm(after)) = &change.after {
        form.status_after = Some(after.status);
    }
    if !matches!(change.kind, RecordKind::Answer | RecordKind::KeyDate) {
        return;
    }
    match (&change.before, &change.after) {
        (None, Some(_)) => form.new += 1,
        (Some(_), None) => form.taken_back += 1,
        (before, after) if before != after => form.changed += 1,
        _ => return,
    }
    if change.after.is_some() {
        form.unchanged = form.unchanged.saturating_sub(1);
    }
}
