//! A register of any size with made-up answers, for the benches that measure on one.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::Utc;
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::partnership::Partnership;
use goldthread::domain::revision::Author;
use goldthread::session::Document;
use goldthread::session::jobs::{self, Size};

/// Answers on each form.
pub const ANSWERS: usize = 40;

/// A register of so many forms, at most so many in one audit.
pub fn register(path: &Path, forms: usize, forms_of_audit: usize) -> Document {
    let author = Author {
        role: "bench".into(),
        agency: String::new(),
        device: "bench".into(),
    };
    let partnership = Partnership {
        name: "Generated".into(),
        worked_example: true,
        local_rules: None,
        keep_months: None,
    };
    let catalogue = Arc::new(Catalogue::built_in().unwrap());
    let now = Utc::now();
    let mut document =
        jobs::new_register(path, None, partnership, &author, now, &catalogue).unwrap();
    if forms > 0 {
        let size = Size {
            forms,
            answers: ANSWERS,
            forms_of_audit,
        };
        let model = catalogue.tool("neglect").unwrap();
        jobs::generate(&mut document, model, size, &author, now).unwrap();
    }
    document
}

/// The middle of the times that something takes.
pub fn median(times: usize, mut run: impl FnMut()) -> Duration {
    let once = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    let mut all: Vec<Duration> = (0..times).map(once).collect();
    all.sort_unstable();
    all[times / 2]
}
