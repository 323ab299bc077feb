INSERT OR REPLACE INTO partnership (id, name, worked_example, local_rules)
VALUES (
  ?1,
  json_extract(?2, '$.name'),
  coalesce(json_extract(?2, '$.worked_example'), 0),
  json_extract(?2, '$.local_rules')
)
