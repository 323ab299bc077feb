INSERT OR REPLACE INTO hypothesis (id, audit, code, text, questions, verdict, rationale)
VALUES (
  ?1,
  json_extract(?2, '$.audit'),
  json_extract(?2, '$.code'),
  json_extract(?2, '$.text'),
  json_extract(?2, '$.questions'),
  json_extract(?2, '$.verdict'),
  json_extract(?2, '$.rationale')
)
