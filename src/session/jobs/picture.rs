//! Writes a picture for a paper to a file.

use std::path::PathBuf;

use crate::exchange::chart::Picture;
use crate::exchange::file;
use crate::session::error::Result;

/// Pixels to a point of a saved picture: sharp in print at half its size.
const SCALE: f32 = 3.0;

/// A picture to be written: as SVG where the name ends so, otherwise as PNG.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureRequest {
    /// Where to.
    pub to: PathBuf,
    /// The picture.
    pub picture: Picture,
}

/// Writes the picture, whole or not at all.
///
/// # Errors
/// When the file cannot be written.
pub fn save_picture(request: &PictureRequest) -> Result<()> {
    let is_svg = request
        .to
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("svg"));
    if is_svg {
        file::write(&request.to, request.picture.svg.as_bytes())?;
    } else {
        file::write(&request.to, &request.picture.png(SCALE)?.bytes)?;
    }
    Ok(())
}
