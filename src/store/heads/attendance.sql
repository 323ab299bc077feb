INSERT OR REPLACE INTO attendance (id, audit, day, agency, presence, roles)
VALUES (
  ?1,
  json_extract(?2, '$.audit'),
  json_extract(?2, '$.day'),
  coalesce(json_extract(?2, '$.agency'), ''),
  json_extract(?2, '$.presence'),
  json_extract(?2, '$.roles')
)
