//! JSON and CSV.

use super::{Made, refuse_all};
use crate::formats::Format;

fn good(kind: &str) -> String {
    let files = (Format::named(kind).unwrap().good)();
    String::from_utf8(files[0].clone()).unwrap()
}

/// The good file with something put in place of something.
fn with(kind: &str, from: &str, to: &str) -> Vec<u8> {
    let text = good(kind);
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

const CASES: &[Made] = &[
    (
        "lists in lists",
        "data",
        || nested(200_000).into_bytes(),
        "nested far deeper",
    ),
    (
        "lists in lists",
        "tool",
        || nested(200_000).into_bytes(),
        "nested far deeper",
    ),
    (
        "lists in lists",
        "decisions",
        || nested(200_000).into_bytes(),
        "nested far deeper",
    ),
    (
        "two million lists",
        "data",
        || format!("[{}[]]", "[],".repeat(2_000_000)).into_bytes(),
        "far more than any audit",
    ),
    (
        "two million lists",
        "decisions",
        || format!("[{}[]]", "[],".repeat(2_000_000)).into_bytes(),
        "far more than any audit",
    ),
    (
        "a key twice",
        "tool",
        || with("tool", "\"version\"", "\"version\":1,\"version\""),
        "twice",
    ),
    (
        "a tool of 2 MB",
        "tool",
        || " ".repeat(2_000_001).into_bytes(),
        "larger than 2 MB",
    ),
    (
        "half a million places",
        "tool",
        || format!("[{}1]", "1,".repeat(500_000)).into_bytes(),
        "of the wrong type",
    ),
    (
        "data of 41 MB",
        "data",
        || vec![b' '; 41_000_000],
        "larger than 40 MB",
    ),
    (
        "a title of 30 MB",
        "data",
        || with("data", "Rounds 2020", &"long ".repeat(6_000_000)),
        "longer than",
    ),
    (
        "a key that clears the screen",
        "data",
        || with("data", "\"title\"", "\"\\u001b[2J\\n\": 1, \"title\""),
        "does not belong here",
    ),
    (
        "a hundred thousand cases",
        "data",
        || many_cases(100_000),
        "problems; nothing was loaded",
    ),
    (
        "a number beyond all",
        "data",
        || with("data", "\"part\"", "\"part\": 1e999, \"x\""),
        "not JSON",
    ),
    (
        "half a letter",
        "data",
        || b"{\"schema\": \"\xc3".to_vec(),
        "not a text file in UTF-8",
    ),
    (
        "a list of 1 MB",
        "cases",
        || vec![b'a'; 1_000_001],
        "larger than 1 MB",
    ),
    (
        "a row of a million cells",
        "cases",
        || vec![b','; 1_000_000],
        "There is no case reference",
    ),
    (
        "half a million rows",
        "cases",
        || "x\n".repeat(500_000).into_bytes(),
        "more than 5000 rows",
    ),
    (
        "a quote that never ends",
        "cases",
        || format!("ref\n\"{}", "a\n".repeat(400_000)).into_bytes(),
        "Row 2",
    ),
    (
        "a heading that clears the screen",
        "cases",
        || b"ref,\x1b[2J\nA-1\n".to_vec(),
        "the column",
    ),
];

/// Data with the same case again and again.
fn many_cases(count: usize) -> Vec<u8> {
    let cases = format!("\"cases\": [{}", "{\"ref\": \"RND-10\"},".repeat(count));
    with("data", "\"cases\": [", &cases)
}

#[test]
fn texts_that_would_take_the_machine_are_refused() {
    refuse_all(CASES);
}
