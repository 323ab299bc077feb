INSERT OR REPLACE INTO action_update (id, action, at, text)
VALUES (
  ?1,
  json_extract(?2, '$.action'),
  json_extract(?2, '$.at'),
  json_extract(?2, '$.text')
)
