-- A Goldthread file, version 3.
--
-- One file is one document of one safeguarding children partnership: a register (everything the
-- chair and the business office keep) or a return (one audit, one agency's forms). Both have this
-- schema. Any SQLite program can read a file without a passphrase; only Goldthread should write one.
--
-- Two halves:
--   1. `revision` holds every change ever kept and is only ever added to. It is the truth.
--   2. The tables after it hold how each record stands now (its head). They can be rebuilt from
--      the revisions at any time; `goldthread check FILE` verifies that they agree.
--
-- Ids are UUIDs as text. Instants are RFC 3339 in UTC, dates are yyyy-mm-dd, yes/no is 1/0.

PRAGMA application_id = 1198484580; -- "Gold" in ASCII
PRAGMA user_version = 3;

-- What this file is. One row.
CREATE TABLE document (
  only_row  INTEGER PRIMARY KEY CHECK (only_row = 1),
  id        TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('register', 'return')),
  created   TEXT NOT NULL
) STRICT;

------------------------------------------------------------------------------------------------
-- 1. Revisions

-- One kept change of one record. Where a text was redacted (a name typed by mistake, or everything of
-- an audit's cases at the end of their retention), the body is NULL and `redacted` 1; a later revision of the record with a reason that begins
-- "Redacted: " is the redaction. A reason or role that held the text reads "[redacted]".
CREATE TABLE revision (
  seq           INTEGER PRIMARY KEY,          -- order of arrival in this file
  id            TEXT NOT NULL UNIQUE,
  record        TEXT NOT NULL,
  kind          TEXT NOT NULL,                -- which of the tables below the record belongs to
  body          TEXT CHECK (body IS NULL OR json_valid(body)), -- the record as JSON; NULL when deleted or redacted
  body_hash     BLOB NOT NULL CHECK (length(body_hash) = 32),  -- stays when the body is redacted
  redacted      INTEGER NOT NULL DEFAULT 0 CHECK (redacted IN (0, 1)),
  author_role   TEXT NOT NULL,                -- a role, never a name
  author_agency TEXT NOT NULL,
  device        TEXT NOT NULL,
  at            TEXT NOT NULL,
  reason        TEXT,
  chain_hash    BLOB NOT NULL CHECK (length(chain_hash) = 32)  -- over the parents' hashes and all of the above
) STRICT;
CREATE INDEX revision_of_record ON revision (record);

-- What each revision follows: nothing for the first, two or more where a conflict was resolved.
CREATE TABLE revision_parent (
  revision TEXT NOT NULL REFERENCES revision (id),
  parent   TEXT NOT NULL REFERENCES revision (id),
  PRIMARY KEY (revision, parent)
) STRICT, WITHOUT ROWID;

-- Every record there ever was, and the revision that says how it stands now.
CREATE TABLE record (
  id   TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  head TEXT NOT NULL REFERENCES revision (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_of_kind ON record (kind);

------------------------------------------------------------------------------------------------
-- 2. Heads

-- The partnership.
CREATE TABLE partnership (
  id             TEXT PRIMARY KEY,
  name           TEXT NOT NULL,
  worked_example INTEGER NOT NULL,            -- 1: every case in this file is invented
  local_rules    TEXT                         -- the area whose local timescale rules apply
) STRICT, WITHOUT ROWID;

-- The agencies that take part in audits.
CREATE TABLE agency (
  id    TEXT PRIMARY KEY,
  code  TEXT NOT NULL,
  name  TEXT NOT NULL,
  short TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Frozen versions of audit tools; the questions are in the body of the tool's revision.
CREATE TABLE tool (
  id      TEXT PRIMARY KEY,
  name    TEXT NOT NULL,                      -- slug@version, as audits name it
  title   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One themed round of case audits.
CREATE TABLE audit (
  id          TEXT PRIMARY KEY,
  title       TEXT NOT NULL,
  tool        TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('scoping', 'open', 'panel', 'findings_agreed', 'reported', 'closed')),
  agencies    TEXT NOT NULL,                  -- JSON array of agency codes
  scope       TEXT NOT NULL,                  -- JSON object
  re_audit_of TEXT
) STRICT, WITHOUT ROWID;

-- What an audit sets out to test.
CREATE TABLE hypothesis (
  id        TEXT PRIMARY KEY,
  audit     TEXT NOT NULL REFERENCES audit (id) DEFERRABLE INITIALLY DEFERRED,
  code      TEXT NOT NULL,
  text      TEXT NOT NULL,
  questions TEXT NOT NULL,                    -- JSON array of question ids that bear on it
  verdict   TEXT CHECK (verdict IN ('confirmed', 'partly_confirmed', 'not_confirmed', 'cannot_say')),
  rationale TEXT
) STRICT, WITHOUT ROWID;

-- A child's case. Nothing here identifies the child; the key is kept outside this file.
CREATE TABLE audit_case (
  id        TEXT PRIMARY KEY,
  audit     TEXT NOT NULL REFERENCES audit (id) DEFERRABLE INITIALLY DEFERRED,
  reference TEXT NOT NULL,                    -- such as NEG20-04
  age_band  TEXT,
  sex       TEXT,
  ethnicity TEXT,
  plan      TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX case_of_audit ON audit_case (audit);

-- One agency's part in one audit.
CREATE TABLE agency_return (
  id     TEXT PRIMARY KEY,
  audit  TEXT NOT NULL REFERENCES audit (id) DEFERRABLE INITIALLY DEFERRED,
  agency TEXT NOT NULL,
  issued TEXT,
  due    TEXT,
  merged TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX return_of_audit ON agency_return (audit);

-- One agency's form for one case. Not known and declined are answers, not missing forms.
CREATE TABLE case_form (
  id              TEXT PRIMARY KEY,
  agency_return   TEXT NOT NULL REFERENCES agency_return (id) DEFERRABLE INITIALLY DEFERRED,
  audit_case      TEXT NOT NULL REFERENCES audit_case (id) DEFERRABLE INITIALLY DEFERRED,
  status          TEXT NOT NULL CHECK (status IN ('not_started', 'in_progress', 'submitted', 'not_known', 'declined')),
  role            TEXT,                       -- the auditor's role, never a name
  declined_reason TEXT,
  overall         TEXT,                       -- a value of the tool's grade scale
  overall_reason  TEXT,
  submitted       TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX form_of_return ON case_form (agency_return);
CREATE INDEX form_of_case ON case_form (audit_case);

-- The answer to one question on one form.
CREATE TABLE answer (
  id               TEXT PRIMARY KEY,
  form             TEXT NOT NULL REFERENCES case_form (id) DEFERRABLE INITIALLY DEFERRED,
  question         TEXT NOT NULL,             -- the question's lasting identity, not its printed code
  value            ANY,                       -- a choice, date, text or number; JSON for several choices and ratios
  blank            TEXT CHECK (blank IN ('not_applicable', 'not_evidenced')),
  worked           TEXT,
  worries          TEXT,
  so_what          TEXT,
  good_practice    INTEGER NOT NULL,
  practice_concern INTEGER NOT NULL,
  CHECK (value IS NULL OR blank IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_of_form ON answer (form);

-- A date the timescale rules need, as one agency's record gives it.
CREATE TABLE key_date (
  id      TEXT PRIMARY KEY,
  form    TEXT NOT NULL REFERENCES case_form (id) DEFERRABLE INITIALLY DEFERRED,
  date_id TEXT NOT NULL,
  date    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX key_date_of_form ON key_date (form);

-- A child who may not be safe today: who was told, when and how. Holds the form until complete.
CREATE TABLE safety_stop (
  id              TEXT PRIMARY KEY,
  form            TEXT NOT NULL REFERENCES case_form (id) DEFERRABLE INITIALLY DEFERRED,
  because         TEXT NOT NULL,
  opened          TEXT NOT NULL,
  lead            TEXT NOT NULL,              -- JSON: role, at, route, response
  front_door      TEXT NOT NULL,              -- JSON likewise
  called_999      INTEGER NOT NULL,
  opened_in_error TEXT
) STRICT, WITHOUT ROWID;

-- What the panel judged; never mixed with what the agencies answered.
CREATE TABLE judgement (
  id         TEXT PRIMARY KEY,
  audit_case TEXT NOT NULL REFERENCES audit_case (id) DEFERRABLE INITIALLY DEFERRED,
  question   TEXT,                            -- NULL: the case overall
  value      ANY NOT NULL,
  reason     TEXT,
  dissent    TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX judgement_of_case ON judgement (audit_case);

-- A key date on which the panel agreed; the agencies' own stay as they are.
CREATE TABLE agreed_date (
  id         TEXT PRIMARY KEY,
  audit_case TEXT NOT NULL REFERENCES audit_case (id) DEFERRABLE INITIALLY DEFERRED,
  date_id    TEXT NOT NULL,
  date       TEXT NOT NULL,
  reason     TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX agreed_date_of_case ON agreed_date (audit_case);

-- Who was at the panel: roles, never names.
CREATE TABLE attendance (
  id       TEXT PRIMARY KEY,
  audit    TEXT NOT NULL REFERENCES audit (id) DEFERRABLE INITIALLY DEFERRED,
  day      TEXT NOT NULL,
  agency   TEXT NOT NULL,                     -- empty: the partnership itself
  presence TEXT NOT NULL CHECK (presence IN ('attended', 'apologies', 'absent')),
  roles    TEXT
) STRICT, WITHOUT ROWID;

-- What an agency did about a practice concern marked on its form.
CREATE TABLE concern_follow_up (
  id       TEXT PRIMARY KEY,
  form     TEXT NOT NULL REFERENCES case_form (id) DEFERRABLE INITIALLY DEFERRED,
  question TEXT NOT NULL,
  reviewed TEXT,                              -- the date of the agency's own review
  by_role  TEXT,
  outcome  TEXT
) STRICT, WITHOUT ROWID;

-- What the panel found.
CREATE TABLE finding (
  id        TEXT PRIMARY KEY,
  audit     TEXT NOT NULL REFERENCES audit (id) DEFERRABLE INITIALLY DEFERRED,
  number    INTEGER NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('strength', 'area_for_improvement', 'practice_concern')),
  theme     TEXT NOT NULL,
  text      TEXT NOT NULL,
  agencies  TEXT NOT NULL,                    -- JSON array of codes
  cases     TEXT NOT NULL,                    -- JSON array of case ids
  questions TEXT NOT NULL                     -- JSON array of question ids
) STRICT, WITHOUT ROWID;

-- A suggested finding that was looked at and set aside.
CREATE TABLE dismissal (
  id         TEXT PRIMARY KEY,
  audit      TEXT NOT NULL REFERENCES audit (id) DEFERRABLE INITIALLY DEFERRED,
  suggestion TEXT NOT NULL,
  reason     TEXT
) STRICT, WITHOUT ROWID;

-- What changes because of a finding.
CREATE TABLE action (
  id                 TEXT PRIMARY KEY,
  audit              TEXT NOT NULL REFERENCES audit (id) DEFERRABLE INITIALLY DEFERRED,
  finding            TEXT,
  what               TEXT NOT NULL,
  owner_agency       TEXT,
  owner_role         TEXT,
  due                TEXT,
  status             TEXT NOT NULL CHECK (status IN ('proposed', 'agreed', 'in_progress', 'done', 'not_done', 'superseded')),
  evidence_of_impact TEXT
) STRICT, WITHOUT ROWID;

-- Notes on the progress of an action.
CREATE TABLE action_update (
  id     TEXT PRIMARY KEY,
  action TEXT NOT NULL REFERENCES action (id) DEFERRABLE INITIALLY DEFERRED,
  at     TEXT NOT NULL,
  text   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How long an audit's forms are kept, what holds them, and the certificate once they are removed.
-- The office's own: never part of a return.
CREATE TABLE retention (
  id         TEXT PRIMARY KEY,
  audit      TEXT NOT NULL REFERENCES audit (id) DEFERRABLE INITIALLY DEFERRED,
  keep_until TEXT,
  hold       TEXT,                            -- JSON object: reason, by, since
  removed    TEXT                             -- JSON object: what was removed, in counts
) STRICT, WITHOUT ROWID;
