//! Reading a whole text file, and writing one so that it is there whole or not at all.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;

use tempfile::Builder;

use super::error::folder_of;
use super::target::target;
use super::{ExchangeError, Result};

/// How the name of a file on its way ends. It begins with a dot and the name of what it is to be, so
/// that the next export there takes away what a kill left of this one.
const UNFINISHED: &str = ".unfinished";

/// The largest file that is read, in MB.
pub const LARGEST_MB: u64 = 40;

/// Reads a file as it is.
///
/// # Errors
/// When it is not there, cannot be read, or is larger than [`LARGEST_MB`].
pub fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    read_bytes_up_to(path, LARGEST_MB)
}

/// Reads a file as it is, if it is no larger than this.
///
/// # Errors
/// When it is not there, cannot be read, or is larger than `most_mb`.
pub fn read_bytes_up_to(path: &Path, most_mb: u64) -> Result<Vec<u8>> {
    let reading = |error| ExchangeError::reading(error, path);
    let file = File::open(path).map_err(reading)?;
    let metadata = file.metadata().map_err(reading)?;
    if metadata.is_dir() {
        return Err(ExchangeError::Folder(path.to_owned()));
    }
    let most = most_mb * 1_000_000;
    let mut bytes = Vec::new();
    // One byte more than allowed: a file that grows, or a pipe, is held to the same limit.
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(reading)?;
    if bytes.len() as u64 > most {
        return Err(ExchangeError::TooLarge {
            path: path.to_owned(),
            most: most_mb,
        });
    }
    Ok(bytes)
}

/// Reads a file as UTF-8 text; a byte order mark at its start is taken off.
///
/// # Errors
/// As [`read_bytes`], and when it is not UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    let Ok(text) = String::from_utf8(read_bytes(path)?) else {
        return Err(ExchangeError::NotText(path.to_owned()));
    };
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// Writes a file: into a temporary one beside it, to disk, then into place. Whoever looks sees the
/// old file or the new one, whole. Only what could be an earlier export is replaced; a link is
/// followed.
///
/// # Errors
/// When the folder cannot be written, the disk is full, or the place is taken by a folder, a
/// Goldthread file or anything else that is no export.
pub fn write(path: &Path, content: &[u8]) -> Result<()> {
    let path = &target(path)?;
    let writing = |error| ExchangeError::writing(error, path);
    let folder = folder_of(path);
    let begins = take_away_unfinished(path, &folder);
    let mut temporary = Builder::new()
        .prefix(&begins)
        .suffix(UNFINISHED)
        .tempfile_in(&folder)
        .map_err(writing)?;
    temporary.write_all(content).map_err(writing)?;
    temporary.as_file().sync_all().map_err(writing)?;
    temporary
        .persist(path)
        .map_err(|error| writing(error.error))?;
    sync_folder(&folder);
    Ok(())
}

/// Writes files into a new folder: into a temporary one beside it, to disk, then into place. Whoever
/// looks sees the folder whole or not at all.
///
/// # Errors
/// As [`write()`], and when the folder is there and holds anything.
pub fn write_folder(path: &Path, files: &[(String, Vec<u8>)]) -> Result<()> {
    let writing = |error| ExchangeError::writing(error, path);
    let taken = match path.symlink_metadata() {
        Ok(there) if there.is_dir() => path.read_dir().map_err(writing)?.next().is_some(),
        there => there.is_ok(),
    };
    if taken {
        return Err(ExchangeError::FolderTaken(path.to_owned()));
    }
    let parent = folder_of(path);
    let begins = take_away_unfinished(path, &parent);
    let temporary = Builder::new()
        .prefix(&begins)
        .suffix(UNFINISHED)
        .tempdir_in(&parent)
        .map_err(writing)?;
    for (name, content) in files {
        let mut file = File::create(temporary.path().join(name)).map_err(writing)?;
        file.write_all(content).map_err(writing)?;
        file.sync_all().map_err(writing)?;
    }
    if path.is_dir() {
        // Empty, as was just seen; some systems do not put a folder in the place of another.
        std::fs::remove_dir(path).map_err(writing)?;
    }
    std::fs::rename(temporary.path(), path).map_err(writing)?;
    sync_folder(&parent);
    Ok(())
}

/// Takes away what a kill left of an earlier export to `path`, and returns how the name of one on
/// its way there begins.
fn take_away_unfinished(path: &Path, folder: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let begins = format!(".{name}.");
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(&begins) && name.ends_with(UNFINISHED) {
            let left = entry.path();
            // One that stays is tried again with the next export.
            let _ = match left.is_dir() {
                true => std::fs::remove_dir_all(left),
                false => std::fs::remove_file(left),
            };
        }
    }
    begins
}

/// Makes the new name in the folder last through a power cut, where the system can. The file is in
/// place either way, so a failure here is not one of the export.
fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        write(&path, b"first").unwrap();
        write(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn places_that_cannot_be_written_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "x").unwrap();
        let below_a_file = write(&file.join("out.json"), b"x").unwrap_err();
        assert!(matches!(below_a_file, ExchangeError::ReadOnlyFolder(_)));
        let missing = write(&folder.path().join("no/such/out.json"), b"x").unwrap_err();
        assert!(matches!(missing, ExchangeError::ReadOnlyFolder(_)));
        let taken = write(folder.path(), b"x").unwrap_err();
        assert!(matches!(taken, ExchangeError::Folder(_)));
        let document = write(&folder.path().join("a.goldthread"), b"x").unwrap_err();
        assert!(matches!(document, ExchangeError::WouldReplaceDocument(_)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_of_files_is_there_whole_and_never_mixed_with_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tables");
        let files = [
            ("a.csv".to_owned(), b"1".to_vec()),
            ("b.csv".to_owned(), b"2".to_vec()),
        ];
        write_folder(&path, &files).unwrap();
        assert_eq!(fs::read(path.join("b.csv")).unwrap(), b"2");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let taken = write_folder(&path, &files).unwrap_err();
        assert!(matches!(taken, ExchangeError::FolderTaken(_)));
        let empty = folder.path().join("empty");
        fs::create_dir(&empty).unwrap();
        write_folder(&empty, &files).unwrap();
        assert_eq!(fs::read_dir(&empty).unwrap().count(), 2);
    }

    #[test]
    fn text_is_utf_8_with_or_without_a_byte_order_mark() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("in.txt");
        fs::write(&path, "\u{feff}é").unwrap();
        assert_eq!(read_text(&path).unwrap(), "é");
        fs::write(&path, [0xff, 0xfe, 0x41]).unwrap();
        assert!(matches!(
            read_text(&path).unwrap_err(),
            ExchangeError::NotText(_)
        ));
        assert!(matches!(
            read_text(&folder.path().join("none")).unwrap_err(),
            ExchangeError::NotFound(_)
        ));
    }
}
