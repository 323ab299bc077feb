//! Case-level data and audit tools as JSON.

use goldthread::domain::revision::{Change, Edit};
use goldthread::domain::tool::Tool;
use goldthread::domain::tool::check::read_tool;
use goldthread::exchange::data_json::load;
use goldthread::exchange::papers::form_paper;
use goldthread::session::jobs;
use serde_json::Value;

use super::choices::Choices;
use super::edits::{MOST, spoil_bytes, spoil_json};
use super::office::{Office, author, never, noon};
use super::sentence::{assert_sentence, assert_words};

pub fn good_data() -> Vec<Vec<u8>> {
    let text = include_str!("../../fixtures/data/complete.json");
    // The register has an audit of the first title.
    vec![text.replace("Rounds 2019", "Rounds 2020").into_bytes()]
}

pub fn good_tools() -> Vec<Vec<u8>> {
    vec![
        include_bytes!("../../fixtures/tools/rounds.json").to_vec(),
        include_bytes!("../../../assets/tools/neglect/v1.json").to_vec(),
    ]
}

pub fn spoil(good: &[u8], choices: &mut Choices<'_>) -> Vec<u8> {
    let mut bytes = good.to_vec();
    if choices.below(4) != 0
        && let Ok(mut value) = serde_json::from_slice::<Value>(good)
    {
        for _ in 0..=choices.below(MOST) {
            spoil_json(&mut value, choices);
        }
        bytes = value.to_string().into_bytes();
    }
    if choices.below(4) == 0 {
        spoil_bytes(&mut bytes, choices);
    }
    bytes
}

pub fn show_data(office: &mut Office, bytes: &[u8]) -> bool {
    let path = office.put("data.json", bytes);
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let document = &office.document;
    if let Err(problems) = load(text, document.register(), document.catalogue()) {
        for problem in &problems.problems {
            assert_words(&problem.to_string());
        }
        assert_sentence(&problems.to_string());
        office.clear(&path);
        return false;
    }
    let mut twin = office.twin();
    let audits = twin.register().audits.len();
    let loaded = jobs::load(&mut twin, &path, &author(), noon(), &mut |_| (), &never());
    match &loaded {
        Err(error) => {
            assert_sentence(&error.to_string());
            assert_eq!(twin.register().audits.len(), audits);
        }
        Ok(_) => assert_eq!(twin.register().audits.len(), audits + 1),
    }
    // Refused or taken, what is there is whole.
    assert_eq!(twin.store().check().unwrap(), []);
    office.clear(&path);
    loaded.is_ok()
}

pub fn show_tool(office: &mut Office, bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let tool = match read_tool(text, office.document.catalogue()) {
        Ok(tool) => tool,
        Err(problems) => {
            assert!(!problems.is_empty());
            assert!(problems.len() <= 200, "{} problems", problems.len());
            for problem in problems {
                assert_words(&problem.to_string());
            }
            return false;
        }
    };
    form_paper(&tool, None, None, "footer")
        .docx(noon())
        .unwrap();
    let mut twin = office.twin();
    let edits = vec![Edit::put(Tool::id(&tool.name()), tool)];
    let change = Change {
        edits,
        author: author(),
        at: noon(),
        reason: None,
    };
    twin.commit(&change).unwrap();
    assert_eq!(twin.store().check().unwrap(), []);
    true
}
