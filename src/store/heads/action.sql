INSERT OR REPLACE INTO action (id, audit, finding, what, owner_agency, owner_role, due, status, evidence_of_impact)
VALUES (
  ?1,
  json_extract(?2, '$.audit'),
  json_extract(?2, '$.finding'),
  json_extract(?2, '$.what'),
  json_extract(?2, '$.owner_agency'),
  json_extract(?2, '$.owner_role'),
  json_extract(?2, '$.due'),
  json_extract(?2, '$.status'),
  json_extract(?2, '$.evidence_of_impact')
)
