//! The themes of several partnerships to read.

use std::io::{self, Write};

use crate::analysis::several::{PartnershipThemes, asked, themes_of};
use crate::cli::table::Table;
use crate::domain::catalogue::Catalogue;
use crate::domain::score::count_words;

/// A row for each theme, a column for each partnership; in a cell its audits in time order. Audits
/// are never added up.
pub(super) fn write(
    own: PartnershipThemes,
    others: Vec<PartnershipThemes>,
    catalogue: &Catalogue,
    out: &mut dyn Write,
) -> io::Result<()> {
    let all: Vec<_> = std::iter::once(own).chain(others).collect();
    writeln!(out)?;
    for partnership in &all {
        let audits = partnership.audits.iter().map(|audit| audit.title.as_str());
        let audits: Vec<_> = audits.collect();
        writeln!(out, "{}: {}", partnership.partnership, audits.join(", "))?;
        if partnership.worked_example {
            writeln!(
                out,
                "  WORKED EXAMPLE: every case in that file is invented."
            )?;
        }
    }
    let names = all.iter().map(|own| own.partnership.clone());
    let first = ["Themes by partnership, audits in time order".to_owned()];
    let mut table = Table::new(first.into_iter().chain(names));
    for theme in themes_of(&all) {
        let name = catalogue.theme(theme);
        let name = name.map_or_else(|| theme.to_owned(), |own| format!("{theme} {}", own.short));
        let cells = all.iter().map(|partnership| cell(partnership, theme));
        table.row([name].into_iter().chain(cells));
    }
    writeln!(out)?;
    table.write(out)
}

fn cell(partnership: &PartnershipThemes, theme: &str) -> String {
    let counts = asked(partnership, theme);
    let words: Vec<_> = counts
        .map(|(_, heading)| count_words(heading.favourable, heading.scored))
        .collect();
    if words.is_empty() {
        "not asked".to_owned()
    } else {
        words.join("; ")
    }
}
