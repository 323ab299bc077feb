INSERT OR REPLACE INTO finding (id, audit, number, kind, theme, text, agencies, cases, questions)
VALUES (
  ?1,
  json_extract(?2, '$.audit'),
  json_extract(?2, '$.number'),
  json_extract(?2, '$.kind'),
  json_extract(?2, '$.theme'),
  json_extract(?2, '$.text'),
  json_extract(?2, '$.agencies'),
  json_extract(?2, '$.cases'),
  json_extract(?2, '$.questions')
)
