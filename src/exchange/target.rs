//! Where an export may be put: on a name that is free, or in the place of what could be an earlier
//! export. Nothing else is written over, whatever it is called: a register may have any name, and one
//! with a passphrase looks like noise.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::{ExchangeError, Result};

/// So much of a file tells what it is.
const BEGINNING: u64 = 4096;

/// What the parts of a Goldthread document beside it are called, after its name.
const BESIDE: [&str; 4] = ["-lock", "-journal", "-wal", "-shm"];

/// The file to write for `path`: a link is followed, so that what it points at is replaced and the
/// link stays.
///
/// # Errors
/// When there is anything in the place that is not, or may not be, an earlier export.
pub(super) fn target(path: &Path) -> Result<PathBuf> {
    refuse_by_name(path)?;
    let Ok(there) = path.symlink_metadata() else {
        return Ok(path.to_owned());
    };
    let target = match there.is_symlink() {
        true => path.canonicalize(),
        false => Ok(path.to_owned()),
    };
    let metadata = target.and_then(|target| Ok((target.metadata()?, target)));
    // A link to nothing is a place somebody else keeps.
    let Ok((metadata, target)) = metadata else {
        return Err(ExchangeError::NotAFile(path.to_owned()));
    };
    if metadata.is_dir() {
        return Err(ExchangeError::Folder(path.to_owned()));
    }
    if !metadata.is_file() {
        return Err(ExchangeError::NotAFile(path.to_owned()));
    }
    refuse_by_name(&target)?;
    refuse_by_content(path)?;
    Ok(target)
}

fn refuse_by_name(path: &Path) -> Result<()> {
    let extension = path.extension().unwrap_or_default();
    let name = path.as_os_str().to_string_lossy();
    let mut beside = BESIDE.iter().filter_map(|end| name.strip_suffix(end));
    let is_part = beside.any(|document| Path::new(document).is_file());
    if is_part || extension.eq_ignore_ascii_case("goldthread") {
        return Err(ExchangeError::WouldReplaceDocument(path.to_owned()));
    }
    Ok(())
}

/// Refuses to replace what is neither text nor one of the other things that are exported.
fn refuse_by_content(path: &Path) -> Result<()> {
    let mut beginning = Vec::new();
    File::open(path)
        .and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning))
        .map_err(|error| ExchangeError::reading(error, path))?;
    if is_document(&beginning) {
        return Err(ExchangeError::WouldReplaceDocument(path.to_owned()));
    }
    let is_package = beginning.starts_with(b"PK\x03\x04");
    let is_picture = beginning.starts_with(b"\x89PNG\r\n\x1a\n");
    if is_package || is_picture || is_text(&beginning) {
        Ok(())
    } else {
        Err(ExchangeError::NotAnExport(path.to_owned()))
    }
}

/// An SQLite database (its file format, section 1.3) with "Gold" for its application.
fn is_document(beginning: &[u8]) -> bool {
    beginning.starts_with(b"SQLite format 3\0") && beginning.get(68..72) == Some(b"Gold")
}

/// Whether this begins a text in UTF-8; the last letter may be cut.
fn is_text(beginning: &[u8]) -> bool {
    let sound = match std::str::from_utf8(beginning) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    sound && !beginning.contains(&0)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Noise as a file with a passphrase is: every byte may come.
    fn noise() -> Vec<u8> {
        let mut state = 7_u32;
        let next = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        (0..8192).map(next).collect()
    }

    #[test]
    fn only_what_could_be_an_export_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let mut document = b"SQLite format 3\0".to_vec();
        document.resize(100, 0);
        let mut register = document.clone();
        register[68..72].copy_from_slice(b"Gold");
        let long = "é".repeat(5000);
        let replaced: [&[u8]; 6] = [
            b"",
            b"{}",
            b"PK\x03\x04\0",
            b"\x89PNG\r\n\x1a\n\0",
            long.as_bytes(),
            b"x\xc3",
        ];
        for content in replaced {
            let path = folder.path().join("out");
            fs::write(&path, content).unwrap();
            assert_eq!(target(&path).unwrap(), path);
        }
        let kept: [&[u8]; 3] = [&document, &noise(), b"\xff\xd8\xff\xe0"];
        for content in kept {
            let path = folder.path().join("theirs.json");
            fs::write(&path, content).unwrap();
            let refused = target(&path).unwrap_err();
            assert!(
                matches!(refused, ExchangeError::NotAnExport(_)),
                "{refused}"
            );
        }
        let path = folder.path().join("register.json");
        fs::write(&path, &register).unwrap();
        let refused = target(&path).unwrap_err();
        assert!(matches!(refused, ExchangeError::WouldReplaceDocument(_)));
    }

    #[test]
    fn what_stands_beside_a_document_is_kept_too() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("r.db"), "x").unwrap();
        for end in BESIDE {
            let path = folder.path().join(format!("r.db{end}"));
            let refused = target(&path).unwrap_err();
            assert!(matches!(refused, ExchangeError::WouldReplaceDocument(_)));
            assert!(target(&folder.path().join(format!("other{end}"))).is_ok());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_what_is_no_file_is_refused() {
        use std::os::unix::{fs::symlink, net::UnixListener};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().canonicalize().unwrap().join(name);
        fs::write(at("real.json"), "{}").unwrap();
        symlink(at("real.json"), at("link.json")).unwrap();
        assert_eq!(target(&at("link.json")).unwrap(), at("real.json"));
        fs::write(at("r.goldthread"), "x").unwrap();
        symlink(at("r.goldthread"), at("register.json")).unwrap();
        let refused = target(&at("register.json")).unwrap_err();
        assert!(matches!(refused, ExchangeError::WouldReplaceDocument(_)));
        symlink(at("nothing"), at("dangling.json")).unwrap();
        let _socket = UnixListener::bind(at("socket")).unwrap();
        symlink(at("socket"), at("to-socket")).unwrap();
        for name in ["dangling.json", "socket", "to-socket"] {
            let refused = target(&at(name)).unwrap_err();
            assert!(
                matches!(refused, ExchangeError::NotAFile(_)),
                "{name}: {refused}"
            );
        }
        symlink(at("."), at("folder")).unwrap();
        let refused = target(&at("folder")).unwrap_err();
        assert!(matches!(refused, ExchangeError::Folder(_)));
    }
}
