//! What exports say of a whole register, read back from what was written.

use goldthread::analysis::Basis;
use goldthread::session::{ExportKind, ExportRequest, PaperKind};

use super::office::Office;

/// Its own answers are called its own: what the panel judged is never among them.
#[test]
fn feedback_counts_the_agencys_own_answers_whatever_the_basis() {
    let office = Office::with_example();
    let kind = ExportKind::Paper(PaperKind::Agency("GP".into()));
    let of = |basis| {
        let said = office.export(&ExportRequest {
            audit: Some(office.audit("Neglect 2019")),
            basis,
            names_checked: true,
            ..office.request(kind.clone())
        });
        let said = said.unwrap();
        // The minute it was made in may have passed.
        let lines = said.lines().filter(|line| !line.starts_with("Made by"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let own = of(Basis::Agency);
    assert!(own.iter().any(|line| line.contains(" of ")));
    assert_eq!(of(Basis::Panel), own);
}
