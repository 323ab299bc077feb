INSERT OR REPLACE INTO agreed_date (id, audit_case, date_id, date, reason)
VALUES (
  ?1,
  json_extract(?2, '$.case'),
  json_extract(?2, '$.date_id'),
  json_extract(?2, '$.date'),
  json_extract(?2, '$.reason')
)
