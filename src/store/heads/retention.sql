INSERT OR REPLACE INTO retention (id, audit, keep_until, hold, removed)
VALUES (
  ?1,
  json_extract(?2, '$.audit'),
  json_extract(?2, '$.keep_until'),
  json_extract(?2, '$.hold'),
  json_extract(?2, '$.removed')
)
