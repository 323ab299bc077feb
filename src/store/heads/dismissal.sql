INSERT OR REPLACE INTO dismissal (id, audit, suggestion, reason)
VALUES (
  ?1,
  json_extract(?2, '$.audit'),
  json_extract(?2, '$.suggestion'),
  json_extract(?2, '$.reason')
)
