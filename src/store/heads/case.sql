INSERT OR REPLACE INTO audit_case (id, audit, reference, age_band, sex, ethnicity, plan)
VALUES (
  ?1,
  json_extract(?2, '$.audit'),
  json_extract(?2, '$.ref'),
  json_extract(?2, '$.age_band'),
  json_extract(?2, '$.sex'),
  json_extract(?2, '$.ethnicity'),
  json_extract(?2, '$.plan')
)
