//! Pictures for papers and pages from one source: a neutral description becomes SVG text, a PNG in
//! the program's own font, and the words that stand in for the picture.
//!
//! A value is told by its words and pattern as well as its colour; a count stands in every cell.
//! Nothing here is a mean, and nothing is a percentage.

mod bars;
mod fill;
mod heat;
mod note;
mod png;
mod svg;

pub use bars::{BarRow, BarTable};
pub use fill::Fill;
pub use heat::{HeatCell, HeatRow, HeatTable};

/// A drawn picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// As SVG.
    pub svg: String,
    /// What it shows, for people who do not see it.
    pub alt: String,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
}

/// A picture as PNG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Png {
    /// The file.
    pub bytes: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// What stands under a picture in which small numbers are not hidden.
pub const NOT_HIDDEN: &str =
    "Small numbers are shown: for use inside the partnership, not for publishing.";

/// How wide pictures are, in points: the text of an A4 page with 2 cm margins.
pub const WIDTH: f32 = 482.0;

#[cfg(test)]
mod tests {
    use super::*;

    fn bars() -> BarTable {
        BarTable {
            title: "Overall grades <by agency> & panel".into(),
            legend: vec![
                (Fill::Best, "Outstanding".into()),
                (Fill::Good, "Good".into()),
                (Fill::Mixed, "Requires improvement".into()),
                (Fill::Poor, "Inadequate".into()),
            ],
            rows: vec![
                BarRow::counted("Children’s social care", vec![0, 3, 4, 1]),
                BarRow::counted("No returns", vec![0, 0, 0, 0]),
                BarRow::hidden("Police", "small numbers, not shown"),
            ],
            note: None,
        }
    }

    fn heat() -> HeatTable {
        HeatTable {
            title: "Themes".into(),
            columns: vec!["Neglect 2019".into(), "Short CP plans 2019".into()],
            rows: vec![HeatRow {
                label: "Recognition of abuse or neglect and everything that belongs to it".into(),
                cells: vec![HeatCell::counted(7, 9), HeatCell::NotAsked],
            }],
            note: Some(NOT_HIDDEN.into()),
        }
    }

    #[test]
    fn words_and_counts_stand_in_the_picture_and_in_its_alternative() {
        let drawn = bars().draw();
        for words in [
            "Outstanding",
            "&lt;by agency&gt; &amp; panel",
            "Police",
            "not shown",
        ] {
            assert!(drawn.svg.contains(words), "{words}");
        }
        assert!(
            drawn
                .alt
                .contains("Children’s social care: Good 3, Requires improvement 4, Inadequate 1")
        );
        assert!(drawn.alt.contains("No returns: none"));
        let drawn = heat().draw();
        assert!(drawn.svg.contains("7 of 9"));
        assert!(
            drawn
                .alt
                .contains("Neglect 2019 7 of 9; Short CP plans 2019 not asked")
        );
    }

    #[test]
    fn the_note_stands_below_and_in_the_words() {
        let noted = BarTable {
            note: Some(NOT_HIDDEN.into()),
            ..bars()
        };
        assert!(noted.draw().height > bars().draw().height);
        for drawn in [noted.draw(), heat().draw()] {
            let shown = drawn.svg.split("</title>").nth(1).unwrap();
            assert!(shown.contains("not for publishing."));
            assert!(drawn.alt.ends_with(NOT_HIDDEN), "{}", drawn.alt);
        }
        assert!(!bars().draw().svg.contains("not for publishing"));
    }

    #[test]
    fn a_picture_is_drawn_in_our_font_at_the_size_asked() {
        for drawn in [bars().draw(), heat().draw()] {
            let png = drawn.png(2.0).unwrap();
            assert_eq!(png.width, (drawn.width * 2.0).ceil() as u32);
            assert!(png.bytes.starts_with(b"\x89PNG"));
            // Without its text the picture is another one: the font was found.
            let wordless = Picture {
                svg: drawn
                    .svg
                    .replace("Atkinson Hyperlegible Next", "No such font"),
                ..drawn.clone()
            };
            assert_ne!(wordless.png(2.0).unwrap().bytes, png.bytes);
        }
    }

    #[test]
    fn hostile_labels_are_still_a_picture() {
        let mut table = bars();
        for label in [
            "\0\u{1b}[31m",
            "]]><script>",
            "\u{202e}txet",
            "👧漢",
            &"word ".repeat(500),
        ] {
            table.rows.push(BarRow::counted(label, vec![1, 2, 3, 4]));
        }
        let drawn = table.draw();
        assert!(drawn.png(1.0).is_ok());
        assert!(!drawn.svg.contains("<script>"));
    }
}
