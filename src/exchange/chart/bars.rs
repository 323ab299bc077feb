//! The spread of answers, row by row: stacked bars with the count in each part.

use super::fill::Fill;
use super::note::{note_below, spoken};
use super::svg::{Area, INK, LINE, SOFT, Set, Svg, lines, width_of};
use super::{Picture, WIDTH};

/// A table of stacked bars.
#[derive(Clone, Debug, PartialEq)]
pub struct BarTable {
    /// What it shows.
    pub title: String,
    /// What the parts of a bar are, best first.
    pub legend: Vec<(Fill, String)>,
    /// The bars.
    pub rows: Vec<BarRow>,
    /// What has to be known of the numbers, below them.
    pub note: Option<String>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct BarRow {
    /// Whose it is.
    pub label: String,
    /// A count for each part, in the order of the legend; `Err` with the words that stand there
    /// where the counts may not be shown.
    pub counts: Result<Vec<usize>, String>,
}

impl BarRow {
    /// A bar of these counts.
    pub fn counted(label: impl Into<String>, counts: Vec<usize>) -> Self {
        Self {
            label: label.into(),
            counts: Ok(counts),
        }
    }

    /// A bar whose counts may not be shown.
    pub fn hidden(label: impl Into<String>, words: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            counts: Err(words.into()),
        }
    }

    fn total(&self) -> usize {
        self.counts.as_ref().map_or(0, |counts| counts.iter().sum())
    }
}

const TITLE: Set = Set::body(12.0).strong();
const TEXT: Set = Set::body(9.5);
const LABELS: f32 = 150.0;
const TOTALS: f32 = 26.0;
const ROW: f32 = 24.0;
const BAR: f32 = 16.0;
/// From this width on a count stands in its part, on a ground of its own.
const ROOM_FOR_COUNT: f32 = 14.0;

impl BarTable {
    /// Draws it.
    pub fn draw(&self) -> Picture {
        let mut svg = Svg::default();
        Fill::define(&mut svg);
        svg.text(0.0, 14.0, &self.title, TITLE);
        let mut y = self.draw_legend(&mut svg, 24.0);
        // One scale for all bars: a longer bar is more answers.
        let most = self.rows.iter().map(BarRow::total).max().unwrap_or(0);
        for row in &self.rows {
            self.draw_row(&mut svg, y, row, most);
            y += ROW;
        }
        let y = note_below(&mut svg, y + 4.0, self.note.as_deref());
        let (alt, height) = (self.alt(), y);
        Picture {
            svg: svg.finish(WIDTH, height, &alt),
            alt,
            width: WIDTH,
            height,
        }
    }

    /// The legend from `top` down; returns where it ends.
    fn draw_legend(&self, svg: &mut Svg, top: f32) -> f32 {
        let (mut x, mut y) = (0.0, top);
        for (fill, words) in &self.legend {
            let wide = 16.0 + width_of(words, TEXT.size) + 12.0;
            if x > 0.0 && x + wide > WIDTH {
                (x, y) = (0.0, y + 15.0);
            }
            let key = Area {
                x: x + 0.5,
                y,
                width: 11.0,
                height: 9.0,
            };
            svg.rect(key, &fill.reference(), fill.colours().0);
            svg.text(x + 16.0, y + 8.0, words, TEXT);
            x += wide;
        }
        y + 22.0
    }

    fn draw_row(&self, svg: &mut Svg, y: f32, row: &BarRow, most: usize) {
        let label = lines(&row.label, TEXT.size, LABELS - 8.0, 2);
        let first = if label.len() > 1 { y + 7.0 } else { y + 12.0 };
        for (at, line) in label.iter().enumerate() {
            svg.text(0.0, first + at as f32 * 10.0, line, TEXT);
        }
        let counts = match &row.counts {
            Ok(counts) if row.total() > 0 => counts,
            Ok(_) => return svg.text(LABELS, y + 12.0, "none", TEXT.coloured(SOFT)),
            Err(words) => return svg.text(LABELS, y + 12.0, words, TEXT.coloured(SOFT)),
        };
        let scale = (WIDTH - LABELS - TOTALS) / most as f32;
        let mut x = LABELS;
        for ((fill, _), count) in self.legend.iter().zip(counts) {
            let width = *count as f32 * scale;
            draw_part(
                svg,
                Area {
                    x,
                    y,
                    width,
                    height: BAR,
                },
                *fill,
                *count,
            );
            x += width;
        }
        svg.text(
            x + 5.0,
            y + 12.0,
            &row.total().to_string(),
            TEXT.coloured(SOFT),
        );
    }

    /// The picture in words.
    fn alt(&self) -> String {
        let rows = self.rows.iter().map(|row| {
            let words = match &row.counts {
                Ok(counts) => self.in_words(counts),
                Err(words) => words.clone(),
            };
            format!(" {}: {words}.", row.label)
        });
        let rows: String = rows.collect();
        format!("{}.{rows}{}", self.title, spoken(self.note.as_deref()))
    }

    fn in_words(&self, counts: &[usize]) -> String {
        let parts = self.legend.iter().zip(counts);
        let some: Vec<String> = parts
            .filter(|(_, count)| **count > 0)
            .map(|((_, words), count)| format!("{words} {count}"))
            .collect();
        if some.is_empty() {
            "none".into()
        } else {
            some.join(", ")
        }
    }
}

fn draw_part(svg: &mut Svg, area: Area, fill: Fill, count: usize) {
    if count == 0 {
        return;
    }
    svg.rect(area, &fill.reference(), fill.colours().0);
    let words = count.to_string();
    let wide = width_of(&words, TEXT.size) + 5.0;
    if area.width < ROOM_FOR_COUNT.max(wide) {
        return;
    }
    let middle = area.x + area.width / 2.0;
    let plate = Area {
        x: middle - wide / 2.0,
        y: area.y + 2.5,
        width: wide,
        height: area.height - 5.0,
    };
    svg.rect(plate, "#ffffff", LINE);
    svg.text(
        middle,
        area.y + 11.5,
        &words,
        TEXT.centred().strong().coloured(INK),
    );
}
