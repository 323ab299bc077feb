INSERT OR REPLACE INTO audit (id, title, tool, state, agencies, scope, re_audit_of)
VALUES (
  ?1,
  json_extract(?2, '$.title'),
  json_extract(?2, '$.tool'),
  json_extract(?2, '$.state'),
  json_extract(?2, '$.agencies'),
  json_extract(?2, '$.scope'),
  json_extract(?2, '$.re_audit_of')
)
