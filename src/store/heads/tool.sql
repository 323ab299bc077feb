INSERT OR REPLACE INTO tool (id, name, title)
VALUES (
  ?1,
  json_extract(?2, '$.tool') || '@' || json_extract(?2, '$.version'),
  json_extract(?2, '$.title')
)
