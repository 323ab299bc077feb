-- How long forms are kept.

-- How long an audit's forms are kept, what holds them, and the certificate once they are removed.
-- The office's own: never part of a return.
CREATE TABLE retention (
  id         TEXT PRIMARY KEY,
  audit      TEXT NOT NULL REFERENCES audit (id) DEFERRABLE INITIALLY DEFERRED,
  keep_until TEXT,
  hold       TEXT,                            -- JSON object: reason, by, since
  removed    TEXT                             -- JSON object: what was removed, in counts
) STRICT, WITHOUT ROWID;
