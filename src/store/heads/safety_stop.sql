INSERT OR REPLACE INTO safety_stop (id, form, because, opened, lead, front_door, called_999, opened_in_error)
VALUES (
  ?1,
  json_extract(?2, '$.form'),
  json_extract(?2, '$.because'),
  json_extract(?2, '$.opened'),
  json_extract(?2, '$.lead'),
  json_extract(?2, '$.front_door'),
  coalesce(json_extract(?2, '$.called_999'), 0),
  json_extract(?2, '$.opened_in_error')
)
