//! Who may read and write a file stays as it is when the file is written anew: a register on a share
//! is for several people.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

use goldthread::store::Passphrase;

use crate::desk::{Desk, NEW, OLD};

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn allowed(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

#[test]
fn another_passphrase_leaves_colleagues_in() {
    for mode in [0o664, 0o660, 0o600] {
        let desk = Desk::new(Some(OLD));
        allow(&desk.file, mode);
        let new = Passphrase::new(NEW);
        let store = desk.open().with_passphrase(Some(&new), "desk").unwrap();
        assert_eq!(allowed(&desk.file), mode);
        let bare = store.with_passphrase(None, "desk").unwrap();
        assert_eq!(allowed(&desk.file), mode);
        drop(bare);
        assert!(desk.holds_the_known_answer(&desk.open()));
    }
}

#[test]
fn a_file_that_is_written_back_leaves_colleagues_in_and_a_copy_of_it_does_not() {
    let desk = Desk::new(None);
    allow(&desk.file, 0o664);
    let mut store = desk.open();
    let copy = desk.path("copy.goldthread");
    store.backup(&copy).unwrap();
    assert_eq!(allowed(&copy), 0o600);
    fs::remove_file(&desk.file).unwrap();
    store.rejoin(None, "desk").unwrap().unwrap();
    assert_eq!(allowed(&desk.file), 0o664);
    assert!(desk.holds_the_known_answer(&store));
}
