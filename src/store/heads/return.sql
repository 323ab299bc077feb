INSERT OR REPLACE INTO agency_return (id, audit, agency, issued, due, merged)
VALUES (
  ?1,
  json_extract(?2, '$.audit'),
  json_extract(?2, '$.agency'),
  json_extract(?2, '$.issued'),
  json_extract(?2, '$.due'),
  json_extract(?2, '$.merged')
)
