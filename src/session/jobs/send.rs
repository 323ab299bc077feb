//! Saves an agency's return as a copy to send back.

use std::path::{Path, PathBuf};

use crate::domain::register::Register;
use crate::session::document::Document;
use crate::session::error::Result;
use crate::store::Passphrase;

/// A copy that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToSend {
    /// Where it lies.
    pub path: PathBuf,
    /// How many forms it holds.
    pub forms: usize,
    /// References of the cases whose forms are not finished.
    pub unfinished: Vec<String>,
}

/// Writes the copy beside the return, under a name that says what it is, then opens and checks it.
///
/// # Errors
/// When it cannot be written, or is not whole; there is no copy then.
pub fn save_to_send(
    document: &Document,
    passphrase: Option<&Passphrase>,
    device: &str,
) -> Result<ToSend> {
    let register = document.register();
    let name = name_to_send(register);
    let path = free_beside(document.store().path(), &name);
    document.store().copy_to_send(&path, passphrase, device)?;
    let forms = register.forms.values();
    let unfinished = forms.filter(|form| form.status.is_open());
    let unfinished = unfinished.filter_map(|form| register.cases.get(&form.case));
    let mut unfinished: Vec<_> = unfinished.map(|case| case.reference.clone()).collect();
    unfinished.sort();
    Ok(ToSend {
        path,
        forms: register.forms.len(),
        unfinished,
    })
}

/// "Neglect 2026 - GP - return"
fn name_to_send(register: &Register) -> String {
    let audit = register.audits.values().next();
    let audit = audit.map_or("Audit", |audit| audit.title.as_str());
    let agency = register.agencies.values().next();
    let agency = agency.map_or("agency", |agency| agency.short.as_str());
    format!("{} - {} - return", in_a_name(audit), in_a_name(agency))
}

/// The name of the return file made for `agency`: "Neglect 2026 - GP".
pub fn name_of_return(audit: &str, agency: &str) -> String {
    format!("{} - {}", in_a_name(audit), in_a_name(agency))
}

/// The words with what a file's name cannot hold on Windows put aside.
fn in_a_name(words: &str) -> String {
    let fits = |c: char| !c.is_control() && !r#"<>:"/\|?*"#.contains(c);
    let words = words.chars().map(|c| if fits(c) { c } else { '-' });
    let words: String = words.collect();
    // A name may not end in a dot there either, and long paths fail.
    let words: String = words.trim().chars().take(80).collect();
    words.trim_end_matches(['.', ' ']).to_owned()
}

/// A path beside `file` at which nothing lies yet: what was sent before is never written over.
fn free_beside(file: &Path, name: &str) -> PathBuf {
    let names = (2..).map(|number| format!("{name} ({number})"));
    let names = std::iter::once(name.to_owned()).chain(names);
    let mut paths = names.map(|name| file.with_file_name(format!("{name}.goldthread")));
    let free = paths.find(|path| !path.exists());
    free.unwrap_or_else(|| file.with_extension("return.goldthread"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_what_a_file_name_may() {
        let cases = [
            ("Neglect 2026", "GP", "Neglect 2026 - GP"),
            ("Neglect: 2025/26?", "A\\B", "Neglect- 2025-26- - A-B"),
            ("Audit No. 3.", "Police", "Audit No. 3 - Police"),
        ];
        for (audit, agency, expected) in cases {
            assert_eq!(name_of_return(audit, agency), expected);
        }
        assert!(name_of_return(&"long ".repeat(60), "GP").chars().count() < 90);
    }

    #[test]
    fn what_was_sent_before_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("gp.goldthread");
        let first = free_beside(&file, "N - GP - return");
        assert!(first.ends_with("N - GP - return.goldthread"));
        std::fs::write(&first, "").unwrap();
        let second = free_beside(&file, "N - GP - return");
        assert!(second.ends_with("N - GP - return (2).goldthread"));
    }
}
