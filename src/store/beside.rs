//! Copies that programs which synchronise folders put beside a document when it was changed in two
//! places at once. They are told by their names; whether one is a copy of this document, by what is
//! in it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::merge::LARGEST_MB;
use super::{Result, Store, StoreError};

/// Who gave a file its name, as far as the name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedBy {
    /// Nobody else names files so.
    Surely(&'static str),
    /// A person may have named it so too.
    Perhaps(&'static str),
}

impl fmt::Display for NamedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Surely(program) | Self::Perhaps(program) => f.write_str(program),
        }
    }
}

/// What a file beside the document is to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Another state of this document, with so many changes that it lacks.
    State(usize),
    /// It has a passphrase of its own, without which nothing can be told.
    Locked,
    /// It cannot be merged; the sentence says why.
    Stranger(String),
}

/// A file beside the document that is named as a copy of it. `Display` is the sentence for the
/// person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyBeside {
    /// Where.
    pub path: PathBuf,
    /// Its length in bytes and when it was written last: another then is another copy.
    pub mark: (u64, SystemTime),
    /// Who named it.
    pub by: NamedBy,
    /// What it is.
    pub relation: Relation,
    /// The changes in it that this file lacked when it was looked at.
    lacking: Arc<[String]>,
}

impl CopyBeside {
    /// Whether it can be merged, or may be once its passphrase is given.
    pub fn can_be_merged(&self) -> bool {
        !matches!(self.relation, Relation::Stranger(_))
    }

    /// Whether there is anything to say of it: of a copy that holds nothing new there is not.
    pub fn is_news(&self) -> bool {
        self.relation != Relation::State(0)
    }

    /// The name alone.
    pub fn name(&self) -> String {
        name_of(&self.path)
    }
}

impl fmt::Display for CopyBeside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, by) = (self.name(), self.by);
        let changes = |count: &usize| match count {
            1 => "1 change".to_owned(),
            more => format!("{more} changes"),
        };
        match &self.relation {
            Relation::State(new) => write!(
                f,
                "“{name}” is a copy of this file, named by {by}, with {} that this file lacks.",
                changes(new)
            ),
            Relation::Locked => write!(
                f,
                "“{name}” is named as a copy of this file by {by}, and has a passphrase of its own."
            ),
            Relation::Stranger(why) => write!(
                f,
                "“{name}” is named as a copy of this file by {by}, but cannot be merged: {why}"
            ),
        }
    }
}

impl Store {
    /// The files beside this one that are named as copies of it. One that may have its name by chance
    /// and is another document is passed over, as is one that is being written just now. `known` are
    /// those that were looked at before: they are not opened again while they stay as they are.
    pub fn copies_beside(&self, known: &[CopyBeside]) -> Vec<CopyBeside> {
        let named = named_as_copies(&self.path).into_iter();
        let looked_at = named.filter_map(|(path, by)| {
            let mark = mark_of(&path)?;
            let same = |copy: &&CopyBeside| copy.path == path && copy.mark == mark;
            let (relation, lacking) = match known.iter().find(same) {
                Some(copy) => self.as_it_is_now(copy)?,
                None => self.relation_of(&path, mark.0, by)?,
            };
            Some(CopyBeside {
                path,
                mark,
                by,
                relation,
                lacking,
            })
        });
        looked_at.collect()
    }

    /// Whether a file is named as a copy of this document that lies beside it.
    pub(super) fn is_named_as_copy(&self, path: &Path) -> bool {
        is_beside(&self.path, path) && named_by(&self.path, path).is_some()
    }

    /// What a copy that was looked at before and has not changed is now: what it brings can be here
    /// meanwhile.
    fn as_it_is_now(&self, copy: &CopyBeside) -> Option<Looked> {
        if !matches!(copy.relation, Relation::State(_)) {
            return Some((copy.relation.clone(), Arc::clone(&copy.lacking)));
        }
        self.state(copy.lacking.iter().cloned())
    }

    fn relation_of(&self, path: &Path, length: u64, by: NamedBy) -> Option<Looked> {
        let told = |relation| Some((relation, Arc::default()));
        let stranger = |why: String| match by {
            NamedBy::Surely(_) => told(Relation::Stranger(why)),
            NamedBy::Perhaps(_) => None,
        };
        if length > LARGEST_MB * 1_000_000 {
            return stranger(format!("it is larger than {LARGEST_MB} MB."));
        }
        match self.open_copy(path, self.key.as_ref()) {
            Ok(other) if other.document == self.document => {
                self.state(other.changes().ok()?.into_iter())
            }
            Ok(_) => stranger("it is another document.".into()),
            Err(StoreError::NeedsPassphrase(_) | StoreError::WrongPassphrase(_)) => {
                told(Relation::Locked)
            }
            // It is being written, or gone again; or another name of this file itself.
            Err(StoreError::Locked { .. } | StoreError::NotFound(_) | StoreError::Own(_)) => None,
            Err(StoreError::NotOurs(_)) => stranger("it is not a Goldthread file.".into()),
            Err(error) => stranger(error.to_string()),
        }
    }

    /// Another state of this document that holds these changes: those that are not here.
    fn state(&self, changes: impl Iterator<Item = String>) -> Option<Looked> {
        let lacking: Vec<String> = self.lacks_of(changes).ok()?;
        Some((Relation::State(lacking.len()), lacking.into()))
    }

    fn lacks_of(&self, changes: impl Iterator<Item = String>) -> Result<Vec<String>> {
        let explain = |error| self.explain(error);
        let sql = "SELECT 1 FROM revision WHERE id = ?1";
        let mut here = self.db.prepare_cached(sql).map_err(explain)?;
        let mut lacking = Vec::new();
        for change in changes {
            if !here.exists([&change]).map_err(explain)? {
                lacking.push(change);
            }
        }
        // The same each time: whether anything is otherwise is told by comparing.
        lacking.sort_unstable();
        Ok(lacking)
    }
}

/// What a copy is, and the changes in it that are not here.
type Looked = (Relation, Arc<[String]>);

fn mark_of(path: &Path) -> Option<(u64, SystemTime)> {
    let file = std::fs::metadata(path)
        .ok()
        .filter(std::fs::Metadata::is_file)?;
    Some((file.len(), file.modified().ok()?))
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The files in the folder of a document that are named as copies of it, by name.
fn named_as_copies(document: &Path) -> Vec<(PathBuf, NamedBy)> {
    let folder = super::error::folder_of(document);
    let here = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = here.filter_map(|entry| {
        // As the document itself was named, and not as the system would write it.
        let path = document.with_file_name(entry.file_name());
        let by = named_by(document, &path)?;
        Some((path, by))
    });
    let mut named: Vec<_> = named.collect();
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    named
}

fn is_beside(document: &Path, other: &Path) -> bool {
    let folder = |path: &Path| super::error::folder_of(path).canonicalize().ok();
    folder(document).is_some_and(|ours| folder(other) == Some(ours))
}

/// Who named a file as a copy of the document, by what stands in its name after the document's own.
fn named_by(document: &Path, other: &Path) -> Option<NamedBy> {
    let (own, name) = (name_of(document), name_of(other));
    let (stem, extension) = own.rsplit_once('.')?;
    let added = name.strip_suffix(extension)?.strip_suffix('.')?;
    let added = added.strip_prefix(stem)?.to_lowercase();
    let within = |open: &str, close: char| added.trim().strip_prefix(open)?.strip_suffix(close);
    let surely = |program| Some(NamedBy::Surely(program));
    let perhaps = |program| Some(NamedBy::Perhaps(program));
    if added.starts_with(".sync-conflict-") {
        return surely("Syncthing");
    }
    if added.starts_with("_conflict-") {
        return surely("Nextcloud or ownCloud");
    }
    if added.starts_with(" before-joining ") {
        return surely("Goldthread, when another program changed the file");
    }
    if added == " [conflict]" || within("_conf(", ')').is_some_and(is_number) {
        return surely("Google Drive");
    }
    if let Some(inside) = within("(", ')') {
        return match inside {
            _ if inside.contains("conflicted copy") && inside.starts_with("conflicted") => {
                surely("Nextcloud, ownCloud or Dropbox")
            }
            _ if inside.contains("conflicted copy") => surely("Dropbox"),
            _ if is_number(inside) => perhaps("Google Drive or OneDrive"),
            // "(LAPTOP7 v2)"
            _ if inside
                .rsplit_once(" v")
                .is_some_and(|(_, number)| is_number(number)) =>
            {
                surely("Windows’ offline files")
            }
            _ => None,
        };
    }
    if added.strip_prefix(' ').is_some_and(is_number) {
        return perhaps("iCloud");
    }
    // "-LAPTOP7", as Windows allows computers to be named.
    let device = added.strip_prefix('-')?;
    let fits = |c: char| c.is_alphanumeric() || c == '-';
    let is_device = (1..=63).contains(&device.chars().count()) && device.chars().all(fits);
    is_device.then_some(NamedBy::Perhaps("OneDrive or SharePoint"))
}

/// Up to three digits: a copy's number, and not a year.
fn is_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_told_by_their_names() {
        let surely = |program| Some(NamedBy::Surely(program));
        let perhaps = |program| Some(NamedBy::Perhaps(program));
        let cases = [
            ("register-LAPTOP7", perhaps("OneDrive or SharePoint")),
            ("register-Büro-PC-2", perhaps("OneDrive or SharePoint")),
            ("register (1)", perhaps("Google Drive or OneDrive")),
            ("register(2)", perhaps("Google Drive or OneDrive")),
            ("register 2", perhaps("iCloud")),
            (
                "register (Business office's conflicted copy 2026-01-01)",
                surely("Dropbox"),
            ),
            (
                "register (LAPTOP7's conflicted copy 2026-01-01 (1))",
                surely("Dropbox"),
            ),
            (
                "register (conflicted copy 2026-01-01 120503)",
                surely("Nextcloud, ownCloud or Dropbox"),
            ),
            (
                "register_conflict-20260101-120503",
                surely("Nextcloud or ownCloud"),
            ),
            (
                "register.sync-conflict-20260101-120503-K2B7QAZ",
                surely("Syncthing"),
            ),
            ("register [Conflict]", surely("Google Drive")),
            ("register_conf(1)", surely("Google Drive")),
            ("register (LAPTOP7 v1)", surely("Windows’ offline files")),
            (
                "register before-joining 2026-01-01-120503",
                surely("Goldthread, when another program changed the file"),
            ),
            ("register", None),
            ("register before-merge 2026-01-01-120503", None),
            ("register restored 2026-01-01", None),
            ("register 2026", None),
            ("register (old)", None),
            ("register - Police", None),
            ("registers", None),
            ("other (1)", None),
            ("Register (1)", None),
        ];
        let document = Path::new("a/register.goldthread");
        for (name, by) in cases {
            let other = document.with_file_name(format!("{name}.goldthread"));
            assert_eq!(named_by(document, &other), by, "{name}");
        }
        for name in ["register (1)", "register (1).docx", ".goldthread"] {
            assert_eq!(named_by(document, &document.with_file_name(name)), None);
        }
    }
}
