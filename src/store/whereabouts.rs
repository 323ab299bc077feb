//! Where a file lies, as far as that endangers it: on a server, whose locks cannot be relied on, or
//! in a folder that another program keeps the same on several machines.
//!
//! Told from names and from the system's list of mounts; nothing is asked of any network.

use std::fmt;
use std::path::{Component, Path};

/// A place that is not as safe as a folder of this machine's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A folder of a server.
    Server,
    /// A folder that this program keeps the same on several machines.
    Synced(&'static str),
}

impl Place {
    /// Whether it is a folder of a server.
    pub fn is_server(self) -> bool {
        self == Self::Server
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server => f.write_str(
                "This file lies on a network share. Some shares lose track of who has a file open: make sure that nobody else opens it while you work, or copy it to this computer.",
            ),
            Self::Synced(program) => write!(
                f,
                "This file lies in a folder that {program} copies to other computers. Let it finish before you open the file elsewhere, and have it open in one place at a time; better still, keep the file in a folder that is not synchronised.",
            ),
        }
    }
}

/// How the folders are called that are kept the same elsewhere: how the name begins, in small letters.
const SYNCED: [(&str, &str); 9] = [
    ("onedrive", "OneDrive"),
    ("sharepoint", "SharePoint"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("icloud", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("nextcloud", "Nextcloud"),
    ("box sync", "Box"),
];

/// File systems of servers, as the list of mounts names them.
const SERVERS: [&str; 14] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb3",
    "smbfs",
    "afs",
    "ncpfs",
    "9p",
    "davfs",
    "fuse.davfs",
    "fuse.sshfs",
    "fuse.gvfsd-fuse",
    "fuse.rclone",
];

/// Where this file lies, if that endangers it.
pub fn of(path: &Path) -> Option<Place> {
    let whole = path.canonicalize();
    let whole = whole.as_deref().unwrap_or(path);
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    judge(whole, &mounts)
}

fn judge(path: &Path, mounts: &str) -> Option<Place> {
    let mut synced = path.components().filter_map(|part| match part {
        Component::Normal(name) => {
            let name = name.to_string_lossy().to_lowercase();
            // "OneDrive - Council", "Dropbox (Work)", and not "dropbox-notes.goldthread".
            let known = SYNCED.iter().find(|(begins, _)| {
                let rest = name.strip_prefix(begins);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '(']))
            });
            known.map(|(_, program)| *program)
        }
        _ => None,
    });
    let server =
        is_unc(path) || file_system(path, mounts).is_some_and(|kind| SERVERS.contains(&kind));
    match synced.next_back() {
        Some(program) => Some(Place::Synced(program)),
        None => server.then_some(Place::Server),
    }
}

/// `\\server\share\…`, in Windows' long form too.
fn is_unc(path: &Path) -> bool {
    let text = path.to_string_lossy();
    match text.strip_prefix(r"\\?\") {
        Some(long) => long.to_lowercase().starts_with(r"unc\"),
        None => text.starts_with(r"\\"),
    }
}

/// The kind of the file system that a path lies on, by `/proc/self/mountinfo`: the deepest mount
/// above it, of several at one place the last.
fn file_system<'a>(path: &Path, mounts: &'a str) -> Option<&'a str> {
    let mut found = None;
    for line in mounts.lines() {
        let Some((left, right)) = line.split_once(" - ") else {
            continue;
        };
        let at = left
            .split(' ')
            .nth(4)
            .unwrap_or_default()
            .replace("\\040", " ");
        let depth = Path::new(&at).components().count();
        let deepest = found.is_none_or(|(known, _)| depth >= known);
        if path.starts_with(&at) && deepest {
            found = Some((depth, right.split(' ').next().unwrap_or_default()));
        }
    }
    found.map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/share rw,relatime shared:2 - cifs //server/audits rw,vers=3.0
41 40 8:2 / /mnt/share/local rw,relatime - ext4 /dev/sda2 rw
42 22 0:36 / /mnt/home rw - nfs4 server:/home rw
43 22 0:37 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
44 22 0:38 / /mnt/quality\\040assurance rw - fuse.sshfs me@server: rw
45 22 0:39 / /mnt/stick rw - vfat /dev/sdb1 rw
46 22 0:40 / /mnt/ntfs rw - fuseblk /dev/sdc1 rw";

    #[test]
    fn places_that_endanger_a_file_are_told() {
        let server = Some(Place::Server);
        let synced = |program| Some(Place::Synced(program));
        let cases = [
            ("/home/office/register.goldthread", None),
            ("/mnt/share/audits/register.goldthread", server),
            ("/mnt/shared/register.goldthread", None),
            ("/mnt/share/local/register.goldthread", None),
            ("/mnt/home/chair/register.goldthread", server),
            (
                "/run/user/1000/gvfs/smb-share:server=a/register.goldthread",
                server,
            ),
            ("/mnt/quality assurance/register.goldthread", server),
            ("/mnt/stick/register.goldthread", None),
            ("/mnt/ntfs/register.goldthread", None),
            (
                "/home/office/OneDrive/register.goldthread",
                synced("OneDrive"),
            ),
            (
                "/home/office/OneDrive - Anytown Council/a.goldthread",
                synced("OneDrive"),
            ),
            (
                "/home/office/Dropbox (Work)/QA/a.goldthread",
                synced("Dropbox"),
            ),
            (
                "/home/office/Google Drive/a.goldthread",
                synced("Google Drive"),
            ),
            (
                "/Users/a/Library/Mobile Documents/com~apple~CloudDocs/a.goldthread",
                synced("iCloud"),
            ),
            ("/home/office/dropbox-notes/a.goldthread", None),
            ("/home/office/onedrive.goldthread", None),
            ("/mnt/share/OneDrive/a.goldthread", synced("OneDrive")),
            (r"\\server\audits\register.goldthread", server),
            (r"\\?\UNC\server\audits\register.goldthread", server),
            (r"\\?\C:\audits\register.goldthread", None),
        ];
        for (path, place) in cases {
            assert_eq!(judge(Path::new(path), MOUNTS), place, "{path}");
        }
    }

    #[test]
    fn a_system_without_a_list_of_mounts_is_judged_by_names() {
        assert_eq!(judge(Path::new("/a/b.goldthread"), ""), None);
        assert!(judge(Path::new("/a/iCloud Drive/b.goldthread"), "").is_some());
    }
}
