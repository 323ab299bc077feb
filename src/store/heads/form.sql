INSERT OR REPLACE INTO case_form (id, agency_return, audit_case, status, role, declined_reason, overall, overall_reason, submitted)
VALUES (
  ?1,
  json_extract(?2, '$.return'),
  json_extract(?2, '$.case'),
  json_extract(?2, '$.status'),
  json_extract(?2, '$.role'),
  json_extract(?2, '$.declined_reason'),
  json_extract(?2, '$.overall'),
  json_extract(?2, '$.overall_reason'),
  json_extract(?2, '$.submitted')
)
