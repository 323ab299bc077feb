-- What the panel day and the follow-up of findings keep.

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

-- A suggested finding that was looked at and set aside.
CREATE TABLE dismissal (
  id         TEXT PRIMARY KEY,
  audit      TEXT NOT NULL REFERENCES audit (id) DEFERRABLE INITIALLY DEFERRED,
  suggestion TEXT NOT NULL,
  reason     TEXT
) STRICT, WITHOUT ROWID;
