INSERT OR REPLACE INTO key_date (id, form, date_id, date)
VALUES (
  ?1,
  json_extract(?2, '$.form'),
  json_extract(?2, '$.date_id'),
  json_extract(?2, '$.date')
)
