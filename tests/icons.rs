//! The icon in every size a desktop asks for, drawn from `assets/desktop/goldthread.svg`.
//! `UPDATE_ICONS=1 cargo test --test icons` draws them anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

const FOLDER: &str = "assets/desktop";

/// Widths and heights in pixels: those of the hicolor icon theme.
const SIZES: [u32; 8] = [16, 24, 32, 48, 64, 128, 256, 512];

/// Sizes of the Windows icon.
const OF_WINDOWS: [u32; 5] = [16, 24, 32, 48, 256];

fn drawn(size: u32) -> Vec<u8> {
    let svg = fs::read_to_string(Path::new(FOLDER).join("goldthread.svg")).unwrap();
    let tree = Tree::from_str(&svg, &Options::default()).unwrap();
    let scale = size as f32 / tree.size().width();
    let mut pixels = Pixmap::new(size, size).unwrap();
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    pixels.encode_png().unwrap()
}

/// An icon file: a directory of pictures, then the pictures, each a PNG (Windows Vista and later).
fn windows_icon() -> Vec<u8> {
    let pictures: Vec<(u32, Vec<u8>)> = OF_WINDOWS.map(|size| (size, drawn(size))).into();
    let mut file = vec![0, 0, 1, 0];
    file.extend((pictures.len() as u16).to_le_bytes());
    let mut at = 6 + 16 * pictures.len();
    for (size, picture) in &pictures {
        // 256 pixels are written as 0.
        let size = u8::try_from(*size).unwrap_or(0);
        file.extend([size, size, 0, 0, 1, 0, 32, 0]);
        file.extend((picture.len() as u32).to_le_bytes());
        file.extend((at as u32).to_le_bytes());
        at += picture.len();
    }
    file.extend(pictures.into_iter().flat_map(|(_, picture)| picture));
    file
}

#[test]
fn every_size_is_drawn_from_the_picture() {
    let png = |size| Path::new(FOLDER).join(format!("icons/{size}.png"));
    let mut files: Vec<(PathBuf, Vec<u8>)> = SIZES.map(|size| (png(size), drawn(size))).into();
    files.push((Path::new(FOLDER).join("goldthread.ico"), windows_icon()));
    for (path, bytes) in files {
        if std::env::var_os("UPDATE_ICONS").is_some() {
            fs::write(&path, &bytes).unwrap();
        }
        let kept = fs::read(&path).unwrap_or_default();
        assert!(kept == bytes, "{} is not drawn anew", path.display());
    }
}

/// The desktop's files name one another and the type that the program claims.
#[test]
fn the_desktop_files_agree() {
    let read = |name: &str| fs::read_to_string(Path::new(FOLDER).join(name)).unwrap();
    let (entry, types) = (read("goldthread.desktop"), read("goldthread.xml"));
    let line = |key: &str| {
        let mut lines = entry.lines().filter_map(|line| line.strip_prefix(key));
        lines
            .next()
            .unwrap_or_else(|| panic!("no {key}"))
            .to_owned()
    };
    assert_eq!(line("Exec="), "goldthread %f");
    let kind = line("MimeType=");
    assert!(types.contains(&format!(
        "mime-type type=\"{}\"",
        kind.trim_end_matches(';')
    )));
    assert!(types.contains("*.goldthread"));
    // The magic number is the application id of the schema.
    let schema = fs::read_to_string("schema.sql").unwrap();
    let id = schema.split("application_id = ").nth(1).unwrap();
    let id: u32 = id.split(';').next().unwrap().parse().unwrap();
    assert!(types.contains(&format!("0x{id:08x}")), "{id:08x}");
}
