INSERT OR REPLACE INTO judgement (id, audit_case, question, value, reason, dissent)
VALUES (
  ?1,
  json_extract(?2, '$.case'),
  json_extract(?2, '$.question'),
  json_extract(?2, '$.value'),
  json_extract(?2, '$.reason'),
  json_extract(?2, '$.dissent')
)
