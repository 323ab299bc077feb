//! Dependencies point one way: `domain <- store, analysis, exchange <- session <- cli, ui`.
//! Read from the `use` lines and paths of every source file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer and the layers it may name. `main.rs` and `lib.rs` may name all.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("analysis", &["domain"]),
    ("exchange", &["domain", "analysis"]),
    ("session", &["domain", "store", "analysis", "exchange"]),
    (
        "cli",
        &["domain", "store", "analysis", "exchange", "session"],
    ),
    (
        "ui",
        &["domain", "store", "analysis", "exchange", "session"],
    ),
];

/// Crates that only these layers may name: SQL stays in the store, windows in the ui.
const CRATES: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("eframe", &["ui"]),
    ("egui", &["ui"]),
    ("egui_extras", &["ui"]),
    ("rfd", &["ui"]),
    ("clap", &["cli"]),
];

/// The first-level modules of this crate that a source text names, with the line.
fn named(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for rest in code.split("crate::").skip(1) {
            let grouped = rest.strip_prefix('{');
            let names = match grouped {
                // `use crate::{domain::x, store}`: the first word of each part.
                Some(group) => group
                    .split(['}', ';'])
                    .next()
                    .unwrap_or_default()
                    .split(','),
                None => rest.split(','),
            };
            let most = if grouped.is_some() { usize::MAX } else { 1 };
            for name in names.take(most) {
                let word: String = name
                    .trim()
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                found.push((at + 1, word));
            }
        }
    }
    found
}

/// What one source file names that its layer may not.
fn wrong_ways(layer: &str, text: &str) -> Vec<String> {
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        return Vec::new();
    };
    let is_layer = |word: &str| LAYERS.iter().any(|(name, _)| *name == word);
    let mut wrong: Vec<String> = named(text)
        .into_iter()
        .filter(|(_, word)| is_layer(word) && word != layer && !allowed.contains(&word.as_str()))
        .map(|(line, word)| format!("line {line}: {layer} names {word}"))
        .collect();
    for (name, owners) in CRATES.iter().filter(|(_, owners)| !owners.contains(&layer)) {
        let uses = |line: &str| {
            let code = line.split("//").next().unwrap_or_default();
            let path = format!("{name}::");
            let mut before = code
                .match_indices(&path)
                .map(|(at, _)| code[..at].chars().last());
            before.any(|last| !last.is_some_and(|c| c.is_alphanumeric() || c == '_'))
                || code.trim() == format!("use {name};")
        };
        let lines = text.lines().enumerate().filter(|(_, line)| uses(line));
        wrong.extend(lines.map(|(at, _)| {
            format!(
                "line {}: {layer} names {name}, which is for {owners:?}",
                at + 1
            )
        }));
    }
    wrong
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_window_writes_one_apostrophe() {
    let mut files = Vec::new();
    sources(Path::new("src/ui"), &mut files);
    assert!(files.len() > 100, "{}", files.len());
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let mut lines = text.lines().enumerate();
        if let Some((at, line)) = lines.find(|(_, line)| line.contains('’')) {
            panic!("{}:{}: a curly apostrophe: {line}", path.display(), at + 1);
        }
    }
}

#[test]
fn no_folder_knows_one_above_it() {
    let root = Path::new("src");
    let mut files = Vec::new();
    sources(root, &mut files);
    let mut wrong = Vec::new();
    let mut read = 0;
    for file in &files {
        let inside = file.strip_prefix(root).unwrap();
        let layer = inside.components().next().unwrap().as_os_str();
        let layer = layer.to_string_lossy();
        let layer = layer.trim_end_matches(".rs");
        read += usize::from(LAYERS.iter().any(|(name, _)| *name == layer));
        let text = fs::read_to_string(file).unwrap();
        let here = wrong_ways(layer, &text);
        wrong.extend(
            here.into_iter()
                .map(|line| format!("{}: {line}", file.display())),
        );
    }
    assert_eq!(wrong, Vec::<String>::new());
    // If folders are renamed, this test must not pass for want of files.
    assert!(read > 50, "only {read} files were read");
}

#[test]
fn a_wrong_way_would_be_caught() {
    let wrong = [
        ("domain", "use crate::store::Store;"),
        ("domain", "use rusqlite::Connection;"),
        ("domain", "    let x = crate::session::Document::open();"),
        ("store", "use crate::analysis::Facts;"),
        (
            "analysis",
            "use crate::{domain::id::RecordId, exchange::file};",
        ),
        ("exchange", "pub(crate) use crate::store::StoreError;"),
        ("session", "use crate::ui;"),
        ("session", "fn show(ui: &mut egui::Ui) {}"),
        ("cli", "use crate::ui::run;"),
    ];
    for (layer, line) in wrong {
        assert_eq!(wrong_ways(layer, line).len(), 1, "{layer}: {line}");
    }
    let right = [
        ("domain", "use crate::domain::id::RecordId;"),
        ("domain", "//! See `crate::store::Store`."),
        (
            "store",
            "use crate::domain::{answer::Answer, id::RecordId};",
        ),
        ("exchange", "use crate::analysis::Facts;"),
        ("session", "use crate::store::{self, Store};"),
        ("ui", "use egui::Ui;"),
        ("cli", "use clap::Parser;"),
        ("session", "let not_egui::x = 1;"),
    ];
    for (layer, line) in right {
        assert_eq!(
            wrong_ways(layer, line),
            Vec::<String>::new(),
            "{layer}: {line}"
        );
    }
}
