//! A list of cases as CSV.

use std::collections::BTreeSet;

use goldthread::exchange::case_csv::{ListedFor, read_cases};

use super::choices::Choices;
use super::edits::spoil_bytes;
use super::office::Office;
use super::sentence::assert_words;

pub fn good() -> Vec<Vec<u8>> {
    let text = include_str!("../../fixtures/cases/references-good.csv");
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
    vec![
        text.as_bytes().to_vec(),
        include_bytes!("../../fixtures/cases/references-bad.csv").to_vec(),
        [0xff, 0xfe].into_iter().chain(wide).collect(),
    ]
}

pub fn spoil(good: &[u8], choices: &mut Choices<'_>) -> Vec<u8> {
    let mut bytes = good.to_vec();
    spoil_bytes(&mut bytes, choices);
    bytes
}

pub fn show(_: &mut Office, bytes: &[u8]) -> bool {
    let audit = ListedFor {
        references: BTreeSet::from(["NEG20-01".to_owned()]),
        earlier: Some(BTreeSet::from(["NEG19-01".to_owned()])),
        named: BTreeSet::new(),
    };
    let list = read_cases(bytes, &audit);
    for problem in &list.problems {
        assert_words(&problem.to_string());
    }
    let references: BTreeSet<_> = list.cases.iter().map(|case| &case.reference).collect();
    assert_eq!(
        references.len(),
        list.cases.len(),
        "a reference is there twice"
    );
    assert!(
        list.cases
            .iter()
            .all(|case| !audit.references.contains(&case.reference))
    );
    assert!(
        !list.cases.is_empty() || !list.problems.is_empty(),
        "nothing is read and nothing said"
    );
    list.problems.is_empty()
}
