INSERT OR REPLACE INTO concern_follow_up (id, form, question, reviewed, by_role, outcome)
VALUES (
  ?1,
  json_extract(?2, '$.form'),
  json_extract(?2, '$.question'),
  json_extract(?2, '$.reviewed'),
  json_extract(?2, '$.by_role'),
  json_extract(?2, '$.outcome')
)
