//! A picture as PNG, drawn with the program's own fonts: the same on every machine.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::svg::FONT;
use super::{Picture, Png};
use crate::exchange::{ExchangeError, Result};

/// Larger pictures are not drawn: pixels of the longer side.
const LARGEST: f32 = 8000.0;

impl Picture {
    /// Draws it with `scale` pixels to a point; less where it would become too large to handle.
    ///
    /// # Errors
    /// [`ExchangeError::Picture`], which only a slip in our own drawing can cause.
    pub fn png(&self, scale: f32) -> Result<Png> {
        let pixels = self.drawn(scale)?;
        let bytes = pixels
            .encode_png()
            .map_err(|error| ExchangeError::Picture(error.to_string()))?;
        Ok(Png {
            bytes,
            width: pixels.width(),
            height: pixels.height(),
        })
    }

    /// Its pixels as they are copied: width, height, then red, green, blue and alpha of each, not
    /// multiplied by alpha.
    ///
    /// # Errors
    /// As [`Picture::png`].
    pub fn pixels(&self, scale: f32) -> Result<(usize, usize, Vec<u8>)> {
        let drawn = self.drawn(scale)?;
        let bytes = drawn.pixels().iter().flat_map(|pixel| {
            let plain = pixel.demultiply();
            [plain.red(), plain.green(), plain.blue(), plain.alpha()]
        });
        let (width, height) = (drawn.width() as usize, drawn.height() as usize);
        Ok((width, height, bytes.collect()))
    }

    fn drawn(&self, scale: f32) -> Result<Pixmap> {
        let mut fonts = Database::new();
        for font in [
            &include_bytes!("../../../assets/fonts/atkinson-hyperlegible-next-regular.ttf")[..],
            &include_bytes!("../../../assets/fonts/atkinson-hyperlegible-next-semibold.ttf")[..],
        ] {
            fonts.load_font_data(font.to_vec());
        }
        let options = Options {
            font_family: FONT.into(),
            fontdb: Arc::new(fonts),
            ..Options::default()
        };
        let scale = scale.min(LARGEST / self.width.max(self.height));
        let (width, height) = (
            (self.width * scale).ceil() as u32,
            (self.height * scale).ceil() as u32,
        );
        let tree = Tree::from_str(&self.svg, &options)
            .map_err(|error| ExchangeError::Picture(error.to_string()))?;
        let mut pixels = Pixmap::new(width, height)
            .ok_or_else(|| ExchangeError::Picture("it has no size".into()))?;
        let transform = Transform::from_scale(scale, scale);
        resvg::render(&tree, transform, &mut pixels.as_mut());
        Ok(pixels)
    }
}
