INSERT OR REPLACE INTO answer (id, form, question, value, blank, worked, worries, so_what, good_practice, practice_concern)
VALUES (
  ?1,
  json_extract(?2, '$.form'),
  json_extract(?2, '$.question'),
  json_extract(?2, '$.value'),
  json_extract(?2, '$.blank'),
  json_extract(?2, '$.worked'),
  json_extract(?2, '$.worries'),
  json_extract(?2, '$.so_what'),
  coalesce(json_extract(?2, '$.good_practice'), 0),
  coalesce(json_extract(?2, '$.practice_concern'), 0)
)
