//! Creating and opening a file, with everything that has to be right before it is trusted.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use chrono::Utc;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use super::kept_here::KeptHere;
use super::lock::{self, LockFile};
use super::own_file::Held;
use super::underneath::Watch;
use super::unfinished::{self, Unfinished};
use super::upgrade::{self, APPLICATION_ID, SCHEMA, VERSION};
use super::{Passphrase, Result, Store, StoreError, backup, defend};
use crate::domain::id::RecordId;
use crate::domain::revision::written_instant;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// The partnership's own file: everything.
    Register,
    /// One agency's forms of one audit.
    Return,
}

impl DocumentKind {
    fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Return => "return",
        }
    }
}

/// How every SQLite file that is not encrypted begins.
const PLAIN_HEADER: &[u8; 16] = b"SQLite format 3\0";

/// How many prepared statements a connection keeps: more than a merge and a check use.
const STATEMENTS_KEPT: usize = 128;

/// Below this size the structure of a file is checked whole when it is opened (32 MiB).
const CHECKED_AT_OPENING: u64 = 32 << 20;

impl Store {
    /// Makes a new, empty file. It never overwrites one.
    ///
    /// # Errors
    /// When there is a file already, or the folder cannot be written.
    pub fn create(
        path: &Path,
        kind: DocumentKind,
        passphrase: Option<&Passphrase>,
        device: &str,
    ) -> Result<Self> {
        Self::create_with(path, kind, passphrase, device, |_| Ok(()))
    }

    /// Makes a new file that is there with what `fill` puts into it, or not at all. It never
    /// overwrites one.
    ///
    /// # Errors
    /// Those of `fill`; when there is a file already, or the folder cannot be written. There is no
    /// new file then.
    pub fn create_with<E: From<StoreError>>(
        path: &Path,
        kind: DocumentKind,
        passphrase: Option<&Passphrase>,
        device: &str,
        fill: impl FnOnce(Self) -> std::result::Result<(), E>,
    ) -> std::result::Result<Self, E> {
        let (written, store) = Self::begin(path, kind, passphrase)?;
        fill(store)?;
        written.into_place()?;
        Ok(Self::open(path, passphrase, device)?)
    }

    /// An empty store on its way to `path`, which is the name it gives in its errors.
    pub(super) fn begin(
        path: &Path,
        kind: DocumentKind,
        passphrase: Option<&Passphrase>,
    ) -> Result<(Unfinished, Self)> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        unfinished::take_away(path);
        let written = Unfinished::towards(path)?;
        let explain = |error| StoreError::from_sql(error, path);
        let mut db = connect(written.path(), passphrase)?;
        configure(&db).map_err(explain)?;
        start(&mut db, kind).map_err(explain)?;
        let store = Self {
            db,
            path: path.to_owned(),
            kind,
            read_only: false,
            document: String::new(),
            held: None,
            watch: Watch::default(),
            closed: false,
            kept_here: KeptHere::default(),
            key: None,
            _lock: None,
            _copy: None,
        };
        Ok((written, store))
    }

    /// A register in memory, for tests and trials.
    ///
    /// # Errors
    /// When SQLite has no memory.
    pub fn in_memory() -> Result<Self> {
        Self::in_memory_of(DocumentKind::Register)
    }

    /// A document in memory, for tests and trials.
    ///
    /// # Errors
    /// When SQLite has no memory.
    pub fn in_memory_of(kind: DocumentKind) -> Result<Self> {
        let path = PathBuf::new();
        let explain = |error| StoreError::from_sql(error, &path);
        let mut db = Connection::open_in_memory().map_err(explain)?;
        start(&mut db, kind).map_err(explain)?;
        Self::of_memory(db, kind).map_err(explain)
    }

    /// A document that lies in memory already.
    pub(super) fn of_memory(db: Connection, kind: DocumentKind) -> rusqlite::Result<Self> {
        db.pragma_update(None, "foreign_keys", true)?;
        db.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        Ok(Self {
            db,
            path: PathBuf::new(),
            kind,
            read_only: false,
            document: String::new(),
            held: None,
            watch: Watch::default(),
            closed: false,
            kept_here: KeptHere::default(),
            key: None,
            _lock: None,
            _copy: None,
        })
    }

    /// Opens a file and holds it exclusively. An older file is upgraded after a copy was kept.
    ///
    /// # Errors
    /// Every way in which the file is not ours, not readable, not whole or not free; the file is
    /// then as it was.
    pub fn open(path: &Path, passphrase: Option<&Passphrase>, device: &str) -> Result<Self> {
        let length = look_at(path, passphrase)?;
        refuse_read_only(path)?;
        let explain = |error| explain_opening(error, path, passphrase);
        let mut db = connect(path, passphrase)?;
        let version = identify(&db, path, passphrase)?;
        check_length(&db, path, path)?;
        defend::refuse_other_tables(&db, path, version)?;
        if length < CHECKED_AT_OPENING {
            check_structure(&db, path)?;
        }
        let kind = kind_of(&db, path)?;
        // Up to here the file was only read: what is refused stays as it is.
        configure(&db).map_err(explain)?;
        hold(&db).map_err(explain)?;
        unfinished::take_away(path);
        if version < VERSION {
            backup::keep_copy(&db, path, &format!("before-version-{VERSION}"))?;
            upgrade::upgrade(&mut db, version).map_err(explain)?;
        }
        let document = document_id(&db).map_err(explain)?;
        let kept_here = KeptHere::begin(&db).map_err(explain)?;
        Ok(Self {
            db,
            path: path.to_owned(),
            kind,
            read_only: false,
            document,
            held: Held::at(path),
            watch: Watch::begin(path),
            closed: false,
            kept_here,
            key: passphrase.cloned(),
            _lock: Some(LockFile::place(path, device)),
            _copy: None,
        })
    }

    /// Lets the file grow no further, as a full disk would. For tests of what happens then.
    ///
    /// # Errors
    /// When the file cannot be read.
    #[doc(hidden)]
    pub fn limit_size_to_now(&self) -> Result<()> {
        self.db
            .query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0))
            .and_then(|pages| {
                self.db
                    .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            })
            .map_err(|error| self.explain(error))
    }

    /// Reads a copy of a file that somebody else has open. Changes cannot be saved in it.
    ///
    /// # Errors
    /// As [`Store::open`]; and when the file kept changing while it was copied.
    pub fn open_snapshot(path: &Path, passphrase: Option<&Passphrase>) -> Result<Self> {
        look_at(path, passphrase)?;
        let copy = backup::quiet_copy(path)?;
        // The copy is as protected as the file itself, and goes with this store.
        let mut db = connect(copy.path(), passphrase)?;
        let explain = |error| explain_opening(error, path, passphrase);
        db.pragma_update(None, "temp_store", "MEMORY")
            .map_err(explain)?;
        let version = identify(&db, path, passphrase)?;
        check_length(&db, path, copy.path())?;
        defend::refuse_other_tables(&db, path, version)?;
        if version < VERSION {
            upgrade::upgrade(&mut db, version).map_err(explain)?;
        }
        let kind = kind_of(&db, path)?;
        let document = document_id(&db).map_err(explain)?;
        Ok(Self {
            db,
            path: path.to_owned(),
            kind,
            read_only: true,
            document,
            held: None,
            watch: Watch::default(),
            closed: false,
            kept_here: KeptHere::default(),
            key: passphrase.cloned(),
            _lock: None,
            _copy: Some(copy),
        })
    }
}

/// Refuses what cannot be one of our files before SQLite touches it. Returns its length in bytes.
fn look_at(path: &Path, passphrase: Option<&Passphrase>) -> Result<u64> {
    let io = |error| StoreError::from_io(error, path);
    let mut file = File::open(path).map_err(io)?;
    let length = file.metadata().map_err(io)?.len();
    if file.metadata().map_err(io)?.is_dir() {
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    let mut header = [0; 100];
    if length < 512 || file.read_exact(&mut header).is_err() {
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    let (begins, _) = header.split_at(PLAIN_HEADER.len());
    let encrypted = begins != PLAIN_HEADER;
    if encrypted && reads_in_the_clear(&mut file).map_err(io)? {
        return Err(StoreError::Damaged {
            path: path.to_owned(),
            what: "its first bytes are not those of any Goldthread file".into(),
        });
    }
    if encrypted && (length % 512 != 0 || begins.iter().all(u8::is_ascii)) {
        // An encrypted file is whole pages of what looks like noise.
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    if encrypted && !cfg!(feature = "encryption") {
        return Err(StoreError::NoEncryption);
    }
    if encrypted && passphrase.is_none() {
        return Err(StoreError::NeedsPassphrase(path.to_owned()));
    }
    if !encrypted && passphrase.is_some() {
        // Keying a plain file would only make it unreadable to this connection.
        return Err(StoreError::NotProtected(path.to_owned()));
    }
    // With a journal beside it, a kill or a power cut left it half written: reading it puts that right.
    let journal = fs::metadata(backup::journal_of(path));
    let half_written = journal.is_ok_and(|journal| journal.len() > 0);
    if !encrypted && !half_written && length_told(&header) > length {
        return Err(cut_short(path));
    }
    Ok(length)
}

/// How long a plain file says that it is, in bytes. By the SQLite file format, the size of a page is
/// at byte 16 (1 for 65536) and their number at byte 28.
fn length_told(header: &[u8; 100]) -> u64 {
    let size = u64::from(u16::from_be_bytes([header[16], header[17]]));
    let pages = u32::from_be_bytes([header[28], header[29], header[30], header[31]]);
    u64::from(pages) * if size == 1 { 65536 } else { size }
}

fn cut_short(path: &Path) -> StoreError {
    StoreError::Damaged {
        path: path.to_owned(),
        what: "its end is missing".into(),
    }
}
/// Whether the schema stands in the clear near the beginning: a file without a passphrase, whatever
/// its first bytes say.
fn reads_in_the_clear(file: &mut File) -> std::io::Result<bool> {
    let mut beginning = Vec::new();
    file.take(SCHEMA_WITHIN).read_to_end(&mut beginning)?;
    let table = b"CREATE TABLE revision";
    Ok(beginning.windows(table.len()).any(|part| part == table))
}

/// The schema is written first, and stands within so many bytes.
const SCHEMA_WITHIN: u64 = 256 << 10;

fn refuse_read_only(path: &Path) -> Result<()> {
    let file = fs::metadata(path).map_err(|error| StoreError::from_io(error, path))?;
    if file.permissions().readonly() {
        return Err(StoreError::ReadOnlyFile(path.to_owned()));
    }
    Ok(())
}

fn connect(path: &Path, passphrase: Option<&Passphrase>) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let explain = |error| StoreError::from_sql(error, path);
    // Whole, so that no name is taken for an address with settings of its own ("file:…?…").
    let whole = std::path::absolute(path).map_err(|error| StoreError::from_io(error, path))?;
    let db = Connection::open_with_flags(whole, flags).map_err(explain)?;
    defend::defend(&db).map_err(explain)?;
    if let Some(passphrase) = passphrase {
        if !cfg!(feature = "encryption") {
            return Err(StoreError::NoEncryption);
        }
        // SQLCipher would write its own account of a wrong passphrase to stderr.
        db.execute_batch("PRAGMA cipher_log_level = NONE")
            .map_err(explain)?;
        db.pragma_update(None, "key", passphrase.reveal())
            .map_err(explain)?;
    }
    db.busy_timeout(std::time::Duration::ZERO)
        .map_err(explain)?;
    Ok(db)
}

/// With a passphrase, "not a database" most likely means that the passphrase is wrong.
fn explain_opening(
    error: rusqlite::Error,
    path: &Path,
    passphrase: Option<&Passphrase>,
) -> StoreError {
    match StoreError::from_sql(error, path) {
        StoreError::NotOurs(path) if passphrase.is_some() => StoreError::WrongPassphrase(path),
        StoreError::Locked { path, .. } => StoreError::Locked {
            by: lock::holder(&path),
            path,
        },
        other => other,
    }
}

/// Whether the passphrase opens any page: then it is right, and the first page is damaged. Each page
/// is signed with a key that follows from the passphrase.
fn opens_other_pages(db: &Connection, path: &Path) -> bool {
    let signed_otherwise = || -> rusqlite::Result<u64> {
        let mut check = db.prepare("PRAGMA cipher_integrity_check")?;
        Ok(check.query_map([], |_| Ok(()))?.count() as u64)
    };
    let pages = fs::metadata(path).map_or(0, |file| file.len() / CIPHER_PAGE);
    signed_otherwise().is_ok_and(|wrong| (1..pages).contains(&wrong))
}

/// SQLCipher's page size in bytes.
const CIPHER_PAGE: u64 = 4096;

/// The version of the file, once it is known to be ours.
fn identify(db: &Connection, path: &Path, passphrase: Option<&Passphrase>) -> Result<i64> {
    let explain = |error| explain_opening(error, path, passphrase);
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    // Reading the schema is what makes SQLite look at the file.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .map_err(|error| match explain(error) {
            StoreError::WrongPassphrase(path) if opens_other_pages(db, &path) => {
                StoreError::Damaged {
                    path,
                    what: "its first page does not hold together".into(),
                }
            }
            other => other,
        })?;
    if pragma("application_id").map_err(explain)? != APPLICATION_ID {
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    let found = pragma("user_version").map_err(explain)?;
    if found > VERSION {
        return Err(StoreError::TooNew {
            path: path.to_owned(),
            found,
            known: VERSION,
        });
    }
    if found < 1 {
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    defend::refuse_what_acts(db, path)?;
    Ok(found)
}

/// A file cut short on its way is told from its length at once, whatever its size.
fn check_length(db: &Connection, path: &Path, lies_at: &Path) -> Result<()> {
    // Only now: what a kill left half written was rolled back when the file was first read, and that
    // can give it back an end it had lost.
    let length = fs::metadata(lies_at).map_err(|error| StoreError::from_io(error, path))?;
    let length = length.len();
    // SQLCipher answers some pragmas in text.
    let number = |row: &rusqlite::Row<'_>| match row.get(0)? {
        rusqlite::types::Value::Text(text) => Ok(text.parse().unwrap_or(0)),
        rusqlite::types::Value::Integer(number) => Ok(number.unsigned_abs()),
        _ => Ok(0),
    };
    let pragma = |name| db.pragma_query_value(None, name, number);
    let explain = |error| StoreError::from_sql(error, path);
    let pages = pragma("page_count").map_err(explain)?;
    let size = pragma("page_size").map_err(explain)?;
    if pages * size > length {
        return Err(cut_short(path));
    }
    Ok(())
}

/// Pragmas of every connection to a document (design: files live on shares and are mailed).
fn configure(db: &Connection) -> rusqlite::Result<()> {
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    // Sorting and statement journals never reach the disk in plain text.
    db.pragma_update(None, "temp_store", "MEMORY")?;
    db.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    db.pragma_update_and_check(None, "journal_mode", "TRUNCATE", |_| Ok(()))
}

/// Takes the exclusive lock now, not at the first change.
fn hold(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch("BEGIN EXCLUSIVE; COMMIT")
}

fn check_structure(db: &Connection, path: &Path) -> Result<()> {
    let found: rusqlite::Result<String> =
        db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
    match found {
        Ok(answer) if answer == "ok" => Ok(()),
        Ok(_) => Err(StoreError::Damaged {
            path: path.to_owned(),
            what: "its pages do not hold together".into(),
        }),
        Err(error) => Err(StoreError::from_sql(error, path)),
    }
}

fn kind_of(db: &Connection, path: &Path) -> Result<DocumentKind> {
    let kind: Option<String> = db
        .query_row("SELECT kind FROM document", [], |row| row.get(0))
        .optional()
        .map_err(|error| StoreError::from_sql(error, path))?;
    match kind.as_deref() {
        Some("register") => Ok(DocumentKind::Register),
        Some("return") => Ok(DocumentKind::Return),
        _ => Err(StoreError::Damaged {
            path: path.to_owned(),
            what: "it does not say what it is".into(),
        }),
    }
}

/// The identity that copies of a document share.
fn document_id(db: &Connection) -> rusqlite::Result<String> {
    db.query_row("SELECT id FROM document", [], |row| row.get(0))
}

fn start(db: &mut Connection, kind: DocumentKind) -> rusqlite::Result<()> {
    let tx = db.transaction()?;
    tx.execute_batch(SCHEMA)?;
    tx.execute(
        "INSERT INTO document (only_row, id, kind, created) VALUES (1, ?1, ?2, ?3)",
        (
            RecordId::fresh().to_string(),
            kind.name(),
            written_instant(Utc::now()),
        ),
    )?;
    tx.commit()
}
