//! The small file beside an open document that says who has it open. SQLite's own exclusive lock
//! is what protects the document; this one only lets a second person read whose it is.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Utc;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Holder {
    device: String,
    since: String,
}

/// Present while the document is open; removed when dropped.
pub(super) struct LockFile(PathBuf);

fn beside(document: &Path) -> PathBuf {
    let mut name = document.file_name().unwrap_or_default().to_owned();
    name.push("-lock");
    document.with_file_name(name)
}

impl LockFile {
    /// Says that this device has the document open. Failing to say so is no reason not to open it.
    pub(super) fn place(document: &Path, device: &str) -> Self {
        let path = beside(document);
        let holder = Holder {
            device: device.to_owned(),
            since: Utc::now().format("%d/%m/%Y %H:%M UTC").to_string(),
        };
        if let Ok(text) = serde_json::to_string(&holder)
            && let Err(error) = fs::write(&path, text)
        {
            tracing::debug!(%error, "no lock file");
        }
        Self(path)
    }
}

impl Drop for LockFile {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::debug!(%error, "lock file not removed");
        }
    }
}

/// " on DEVICE since TIME", when the lock file says so.
pub(super) fn holder(document: &Path) -> String {
    fs::read_to_string(beside(document))
        .ok()
        .and_then(|text| serde_json::from_str::<Holder>(&text).ok())
        .map(|holder| format!(" on {} since {}", holder.device, holder.since))
        .unwrap_or_default()
}
