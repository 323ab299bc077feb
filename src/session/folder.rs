//! Showing a file in its folder, and opening one, with the system's own programs.

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

/// Opens `path` with the system's own program for files of its kind.
///
/// # Errors
/// The sentence for the person, when the system has no program to start.
pub fn open(path: &Path) -> Result<(), String> {
    let started = if cfg!(target_os = "windows") {
        // As a double click would; a command shell would read the name.
        Command::new("explorer").arg(path).spawn()
    } else if cfg!(target_os = "macos") {
        Command::new("open").arg(path).spawn()
    } else {
        Command::new("xdg-open").arg(path).spawn()
    };
    started.map(drop).map_err(|error| {
        let file = path.display();
        format!("The file could not be opened from here ({error}). It is {file}.")
    })
}
