//! Spoiling bytes, text and JSON.

use serde_json::{Value, json};

use super::choices::Choices;

/// The most edits to one file.
pub const MOST: usize = 12;

/// Texts that programs have stumbled over.
pub const TEXTS: &[&str] = &[
    "",
    " ",
    "\0",
    "0",
    "-1",
    "1e999",
    "NaN",
    "99999999999999999999999",
    "-9223372036854775808",
    "true",
    "null",
    "[]",
    "{}",
    "[[[[[[[[[[[[[[[[[[[[",
    "\"",
    "“good”",
    "good",
    "GOOD",
    "not_applicable",
    "2019-02-30",
    "0000-00-00",
    "9999-12-31",
    "+262142-12-31",
    "-262143-01-01",
    "2026-03-02T12:00:00Z",
    "+262142-12-31T23:59:59.999Z",
    "0198c0de-0000-7000-8000-000000000001",
    "00000000-0000-0000-0000-000000000000",
    "../../../etc/passwd",
    "C:\\CON",
    "=1+1",
    "'; DROP TABLE revision; --",
    "%s%n",
    "\u{202e}desrever",
    "\u{feff}",
    "👧🏽",
    "a\nb\rc",
    "Redacted: x",
    "[redacted]",
    "Merged",
    "&amp;&#0;<x>",
    "]]>",
    "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq",
];

/// Overwrites, cuts, doubles or moves some of the bytes.
pub fn spoil_bytes(bytes: &mut Vec<u8>, choices: &mut Choices<'_>) {
    for _ in 0..MOST {
        if bytes.is_empty() || choices.is_empty() {
            return;
        }
        let at = choices.below(bytes.len());
        match choices.below(8) {
            0 => bytes[at] = choices.byte(),
            1 => bytes[at] ^= 1 << choices.below(8),
            2 => bytes.truncate(at),
            3 => {
                let end = (at + 1 + choices.below(64)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let end = (at + 1 + choices.below(256)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                let to = choices.below(bytes.len());
                bytes.splice(to..to, part);
            }
            5 => {
                let text = choices.of(TEXTS).as_bytes();
                bytes.splice(at..at, text.iter().copied());
            }
            6 => overwrite(bytes, at, &[0xff; 8][..1 + choices.below(8)]),
            _ => overwrite(bytes, at, &[0; 8][..1 + choices.below(8)]),
        }
    }
}

/// Overwrites some of the bytes and moves none.
pub fn spoil_in_place(bytes: &mut [u8], choices: &mut Choices<'_>) {
    for _ in 0..MOST {
        if choices.is_empty() {
            return;
        }
        let at = choices.below(bytes.len());
        match choices.below(3) {
            0 => bytes[at] = choices.byte(),
            1 => bytes[at] = bytes[at].wrapping_add(1),
            _ => overwrite(bytes, at, &[0xff, 0xff, 0xff, 0x7f]),
        }
    }
}

fn overwrite(bytes: &mut [u8], at: usize, with: &[u8]) {
    for (place, byte) in bytes[at..].iter_mut().zip(with) {
        *place = *byte;
    }
}

/// Changes what stands at some place of a JSON value.
pub fn spoil_json(root: &mut Value, choices: &mut Choices<'_>) {
    let other = somewhere(root, choices).clone();
    let place = somewhere(root, choices);
    match choices.below(6) {
        0 => *place = strange(choices),
        1 => *place = other,
        2 => take_out(place, choices),
        3 => put_in(place, other, choices),
        // As many as do not make the file grow without end, edit by edit.
        4 => {
            let most = LARGEST / size(place).max(1);
            let times = 1 + choices.below(40).min(most);
            *place = Value::Array(vec![place.take(); times]);
        }
        _ => {
            for _ in 0..choices.below(200) {
                *place = Value::Array(vec![place.take()]);
            }
        }
    }
}

/// So many values one place of a file may grow to.
const LARGEST: usize = 50_000;

/// How many values there are in this one, itself among them.
fn size(value: &Value) -> usize {
    let mut count = 0;
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        count += 1;
        match value {
            Value::Object(map) => open.extend(map.values()),
            Value::Array(list) => open.extend(list),
            _ => (),
        }
    }
    count
}

/// Goes down from the root as long as the choices say so.
fn somewhere<'v>(mut here: &'v mut Value, choices: &mut Choices<'_>) -> &'v mut Value {
    loop {
        let inside = match here {
            Value::Object(map) => map.len(),
            Value::Array(list) => list.len(),
            _ => 0,
        };
        if inside == 0 || choices.below(8) == 7 {
            return here;
        }
        let at = choices.below(inside);
        here = match here {
            Value::Object(map) => map.values_mut().nth(at),
            Value::Array(list) => list.get_mut(at),
            _ => None,
        }
        .expect("there are as many as were counted");
    }
}

fn strange(choices: &mut Choices<'_>) -> Value {
    match choices.below(4) {
        0 => Value::from(*choices.of(TEXTS)),
        1 => {
            let numbers = [0.0, -1.0, 1.5, 1e308, f64::MIN_POSITIVE, 4294967296.0];
            Value::from(*choices.of(&numbers))
        }
        2 => Value::from(*choices.of(&[0_i64, -1, i64::MIN, i64::MAX, 65536, 200])),
        _ => choices
            .of(&[
                Value::Null,
                true.into(),
                json!([]),
                json!({}),
                json!({"a": [1]}),
            ])
            .clone(),
    }
}

fn take_out(place: &mut Value, choices: &mut Choices<'_>) {
    match place {
        Value::Object(map) if !map.is_empty() => {
            let key = map.keys().nth(choices.below(map.len())).cloned();
            map.shift_remove(&key.unwrap_or_default());
        }
        Value::Array(list) if !list.is_empty() => drop(list.remove(choices.below(list.len()))),
        other => *other = Value::Null,
    }
}

fn put_in(place: &mut Value, what: Value, choices: &mut Choices<'_>) {
    match place {
        Value::Object(map) => drop(map.insert((*choices.of(TEXTS)).to_owned(), what)),
        Value::Array(list) => list.push(what),
        other => *other = what,
    }
}
