INSERT OR REPLACE INTO agency (id, code, name, short)
VALUES (
  ?1,
  json_extract(?2, '$.code'),
  json_extract(?2, '$.name'),
  json_extract(?2, '$.short')
)
