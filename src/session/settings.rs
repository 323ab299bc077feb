//! What one person keeps on one machine: look, recent files, role. Nothing of any case.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::analysis::suppression::{THRESHOLDS, USUAL_THRESHOLD};
use crate::store::CopyBeside;

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Settings of one person on one machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Version of this file's form.
    pub version: u32,
    /// A random name by which changes made on this machine are told from others'.
    pub device: String,
    /// The person's role, never a name.
    pub role: String,
    /// Light or dark.
    pub look: Look,
    /// Zoom in percent, 80 to 200.
    pub zoom: u32,
    /// Minutes without a key or the mouse after which a file with a passphrase is locked; 0 for
    /// never.
    pub lock_after: u32,
    /// The folder for daily copies; beside each file when absent.
    pub copies: Option<PathBuf>,
    /// Whether nothing moves: pages scroll and lists open at once.
    pub still: bool,
    /// Whether the steps of a first audit are shown.
    pub guide: bool,
    /// Where the window was left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowPlace>,
    /// Files opened lately, newest first.
    pub recent: Vec<PathBuf>,
    /// The largest count that is hidden when something is published.
    pub threshold: usize,
    /// Copies beside a file that are not told again while they stay as they are, newest first.
    pub left: Vec<Left>,
}

/// A copy beside a file that somebody chose to leave lying.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// Where.
    path: PathBuf,
    /// Its length in bytes.
    length: u64,
    /// When it was written last.
    written: SystemTime,
}

impl Left {
    fn of(copy: &CopyBeside) -> Self {
        Self {
            path: std::path::absolute(&copy.path).unwrap_or_else(|_| copy.path.clone()),
            length: copy.mark.0,
            written: copy.mark.1,
        }
    }
}

/// Where the window stands, in points at 100 %.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// Its left edge.
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    /// Its width, without the frame.
    pub width: f32,
    /// Its height, without the frame.
    pub height: f32,
    /// Whether it fills the screen.
    pub maximized: bool,
}

/// How many recent files are kept.
const MOST_RECENT: usize = 8;

/// How many copies that were left lying are kept.
const MOST_LEFT: usize = 64;

impl Default for Settings {
    fn default() -> Self {
        let random = Uuid::new_v4().simple().to_string();
        Self {
            version: 1,
            device: format!("device-{}", &random[..8]),
            role: "Business office".into(),
            look: Look::System,
            zoom: 100,
            lock_after: 10,
            copies: None,
            still: false,
            guide: true,
            window: None,
            recent: Vec::new(),
            threshold: USUAL_THRESHOLD,
            left: Vec::new(),
        }
    }
}

impl Settings {
    /// Where the daily copies of a file go.
    pub fn copies_folder(&self, file: &Path) -> PathBuf {
        let chosen = self.copies.clone();
        chosen.unwrap_or_else(|| super::guard::usual_copies_folder(file))
    }

    /// Tells this copy no more while it stays as it is.
    pub fn leave(&mut self, copy: &CopyBeside) {
        let left = Left::of(copy);
        self.left.retain(|known| known.path != left.path);
        self.left.insert(0, left);
        self.left.truncate(MOST_LEFT);
    }

    /// Whether somebody chose to leave this copy lying.
    pub(super) fn leaves(&self, copy: &CopyBeside) -> bool {
        self.left.contains(&Left::of(copy))
    }

    /// Puts a file at the head of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MOST_RECENT);
    }
}

/// Where the settings are kept; in memory only when there is no such place.
#[derive(Clone, Debug, Default)]
pub struct SettingsFile(Option<PathBuf>);

impl SettingsFile {
    /// The usual place of this system.
    pub fn usual() -> Self {
        let folders = directories::ProjectDirs::from("", "", "Goldthread");
        Self(folders.map(|folders| folders.config_dir().join("settings.json")))
    }

    /// A given file.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(Some(path.into()))
    }

    /// Reads the settings. A missing or damaged file gives the defaults: settings are never a
    /// reason not to start.
    pub fn read(&self) -> Settings {
        let text = self
            .0
            .as_ref()
            .and_then(|path| fs::read_to_string(path).ok());
        let read = text.and_then(|text| serde_json::from_str::<Settings>(&text).ok());
        let mut settings = read.unwrap_or_default();
        settings.zoom = settings.zoom.clamp(80, 200);
        if !THRESHOLDS.contains(&settings.threshold) {
            settings.threshold = USUAL_THRESHOLD;
        }
        settings
    }

    /// Keeps where the window was left, beside whatever other windows kept meanwhile.
    pub fn write_window(&self, place: WindowPlace) {
        self.write(&Settings {
            window: Some(place),
            ..self.read()
        });
    }

    /// Keeps the settings; failing to is logged, not shown.
    pub fn write(&self, settings: &Settings) {
        let Some(path) = &self.0 else { return };
        let write = || -> std::io::Result<()> {
            let folder = path.parent().unwrap_or(Path::new("."));
            fs::create_dir_all(folder)?;
            let temporary = tempfile::NamedTempFile::new_in(folder)?;
            serde_json::to_writer_pretty(temporary.as_file(), settings)?;
            temporary.persist(path)?;
            Ok(())
        };
        if let Err(error) = write() {
            tracing::warn!(%error, "settings not kept");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_and_damage_gives_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::at(folder.path().join("deep/settings.json"));
        let mut settings = file.read();
        settings.zoom = 150;
        settings.remember(Path::new("a"));
        settings.remember(Path::new("b"));
        settings.remember(Path::new("a"));
        file.write(&settings);
        assert_eq!(file.read(), settings);
        assert_eq!(settings.recent, [PathBuf::from("a"), PathBuf::from("b")]);
        fs::write(folder.path().join("deep/settings.json"), "{").unwrap();
        assert_eq!(file.read().zoom, 100);
    }
}
