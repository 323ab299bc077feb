//! `goldthread tool add FILE TOOL.json`

use std::io::Write;
use std::path::Path;

use chrono::Utc;

use super::failure::Failure;
use super::place::Place;
use crate::domain::revision::{Change, Edit};
use crate::domain::tool::Tool;

/// Freezes a tool into a register. A version that is there already is never changed: forms were, or
/// may have been, filled in with it.
pub(super) fn run(
    file: &Path,
    tool: &Tool,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let name = tool.name();
    let mut document = place.open(file)?;
    let built_in = place.catalogue.tools.iter().find(|own| own.name() == name);
    let known = document.register().tool(&name).or(built_in);
    if known.is_some_and(|known| known != tool) {
        return Err(Failure::Refused(format!(
            "There is another {name} already, and a version is never changed; give the tool file a higher version."
        )));
    }
    document.commit(&Change {
        edits: vec![Edit::put(Tool::id(&name), tool.clone())],
        author: place.author.clone(),
        at: Utc::now(),
        reason: None,
    })?;
    writeln!(out, "Added {name} to {}.", file.display())?;
    Ok(())
}
