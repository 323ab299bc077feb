//! Showing a file in its folder with the system's own file manager.

use std::path::Path;
use std::process::Command;

/// Opens the folder of `path`; on Windows and macOS with the file marked in it.
///
/// # Errors
/// The sentence for the person, when the system has no file manager to start.
pub fn show(path: &Path) -> Result<(), String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let started = if cfg!(target_os = "windows") {
        Command::new("explorer")
            .arg(format!("/select,{}", path.display()))
            .spawn()
    } else if cfg!(target_os = "macos") {
        Command::new("open").arg("-R").arg(path).spawn()
    } else {
        Command::new("xdg-open").arg(folder).spawn()
    };
    started.map(drop).map_err(|error| {
        let file = path.display();
        format!("The folder could not be opened from here ({error}). The file is {file}.")
    })
}
