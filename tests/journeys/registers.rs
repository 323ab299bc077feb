//! Registers that pictures are drawn from: as full as they get, and published audits.

use std::path::Path;
use std::sync::Arc;

use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::partnership::Partnership;
use goldthread::domain::revision::{Change, Edit};
use goldthread::domain::tool::{Tool, check::read_tool};
use goldthread::session::{Document, jobs};

use crate::office::{author, noon};

fn register(path: &Path, partnership: &str) -> (Document, Arc<Catalogue>) {
    let catalogue = Arc::new(Catalogue::built_in().unwrap());
    let partnership = Partnership {
        name: partnership.into(),
        worked_example: false,
        local_rules: None,
        keep_months: None,
    };
    let office = author("Business office", "");
    let made = jobs::new_register(path, None, partnership, &office, noon(), &catalogue);
    (made.unwrap(), catalogue)
}

fn keep(register: &mut Document, edits: Vec<Edit>) {
    let change = Change {
        edits,
        author: author("Business office", ""),
        at: noon(),
        reason: None,
    };
    register.commit(&change).unwrap();
}

/// Forty audits, twelve cases and seven agencies each, with long names.
pub fn forty_audits(path: &Path) {
    let name = "North Anyshire, South Anyshire and Anytown Safeguarding Children Partnership";
    let (mut register, catalogue) = register(path, name);
    let model = catalogue.tool("neglect").unwrap();
    let size = jobs::Size {
        forms: 40 * 12 * 7,
        answers: 20,
        forms_of_audit: 12 * 7,
    };
    let office = author("Business office", "");
    jobs::generate(&mut register, model, size, &office, noon()).unwrap();
    let audits = register.register().audits_in_order().into_iter();
    let edits = audits.map(|(id, audit)| {
        let mut audit = audit.clone();
        audit.title += ", of children in need of help and protection";
        Edit::put(id, audit)
    });
    let edits = edits.collect();
    keep(&mut register, edits);
}

/// A published audit, re-keyed.
pub fn published(path: &Path, name: &str) {
    let (mut register, catalogue) = register(path, "Published");
    let read = |kind: &str| {
        let file = format!("tests/fixtures/published/{name}-{kind}.json");
        std::fs::read_to_string(file).unwrap()
    };
    let tool = read_tool(&read("tool"), &catalogue).unwrap();
    keep(&mut register, vec![Edit::put(Tool::id(&tool.name()), tool)]);
    let office = author("Business office", "");
    jobs::load_text(&mut register, &read("data"), name, &office, noon()).unwrap();
}
