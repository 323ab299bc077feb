//! What has to be known of the numbers of a picture, below it and in its words.

use super::WIDTH;
use super::svg::{SOFT, Set, Svg, lines};

const TEXT: Set = Set::body(8.5).coloured(SOFT);
const LINE: f32 = 11.0;

/// Draws a note from `top` down; returns where it ends.
pub(super) fn note_below(svg: &mut Svg, top: f32, note: Option<&str>) -> f32 {
    let mut y = top;
    for line in lines(note.unwrap_or_default(), TEXT.size, WIDTH, 3) {
        if !line.is_empty() {
            svg.text(0.0, y + LINE, &line, TEXT);
            y += LINE;
        }
    }
    y + if y > top { 4.0 } else { 0.0 }
}

/// The note after the words of a picture.
pub(super) fn spoken(note: Option<&str>) -> String {
    note.map_or_else(String::new, |note| format!(" {note}"))
}
