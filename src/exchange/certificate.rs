//! The certificate of the removal of an audit's forms, as a text to print: what was removed, in
//! counts, and nothing of its content.

use crate::domain::catalogue::Catalogue;
use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::retention::{KeptTheme, Removal, plural};

/// The certificate; `None` while the forms are there.
pub fn text(register: &Register, catalogue: &Catalogue, audit: RecordId) -> Option<String> {
    let removal = register.retention_of(audit).removed?;
    let title = &register.audits.get(&audit)?.title;
    let partnership = register.partnership().map_or("", |own| own.name.as_str());
    let mut lines = vec!["Certificate of removal".to_owned(), String::new()];
    lines.push(format!("Partnership: {partnership}"));
    lines.push(format!("Audit: {title}"));
    lines.extend(about(&removal));
    lines.extend([String::new(), "Removed for good".into()]);
    lines.extend(removed(&removal));
    lines.extend([String::new(), "What the forms added up to".into()]);
    lines.extend(added_up(&removal, catalogue));
    lines.extend([String::new(), "What stays".into()]);
    lines.push(format!(
        "  The audit and its scope, its hypotheses ({}), findings ({}) and actions ({}).",
        register.hypotheses_of(audit).len(),
        register.findings_of(audit).len(),
        register.actions_of(audit).len()
    ));
    lines.push(String::new());
    lines.push(
        "Copies, return files and exports made before are not reached by this removal.".into(),
    );
    lines.push("The counts are not suppressed: this certificate is not for publication.".into());
    Some(lines.join("\n") + "\n")
}

fn about(removal: &Removal) -> [String; 5] {
    let at = removal.at.format("%d/%m/%Y %H:%M UTC");
    [
        format!("Tool: {}", removal.tool),
        format!("Kept until: {}", written_date(removal.kept_until)),
        format!("Removed: {at}"),
        format!("By: {}", removal.by),
        format!("Program: Goldthread {}", removal.program),
    ]
}

fn removed(removal: &Removal) -> Vec<String> {
    let kinds = removal.records.iter();
    let mut lines: Vec<String> = kinds
        .map(|(kind, count)| format!("  {}: {count}", plural(kind)))
        .collect();
    lines.push(format!("  kept versions of these: {}", removal.versions));
    lines.push(format!("  SHA-256 over those versions: {}", removal.digest));
    lines
}

fn added_up(removal: &Removal, catalogue: &Catalogue) -> Vec<String> {
    let counts = &removal.counts;
    let forms = counts.forms.iter();
    let forms: Vec<String> = forms
        .map(|(status, count)| format!("{count} {status}"))
        .collect();
    let mut lines = vec![
        format!("  Cases: {}", counts.cases),
        format!("  Forms: {}", forms.join(", ")),
    ];
    let sides = [
        ("As the agencies answered", &counts.agencies),
        ("As the panel judged", &counts.panel),
    ];
    for (words, themes) in sides {
        lines.push(format!("  {words}, favourable of those that count:"));
        lines.extend(themes.iter().map(|theme| of_theme(theme, catalogue)));
    }
    lines
}

fn of_theme(theme: &KeptTheme, catalogue: &Catalogue) -> String {
    let known = catalogue.themes.iter().find(|own| own.id == theme.theme);
    let title = known.map_or(String::new(), |own| format!(" {}", own.name));
    format!(
        "    {}{title}: {} of {}; not applicable {}, not evidenced {}",
        theme.theme, theme.favourable, theme.scored, theme.not_applicable, theme.not_evidenced
    )
}
