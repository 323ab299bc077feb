//! Themes across audits: "7 of 9" in every cell, with a tint, a mark and a bar that say the same.

use super::fill::Fill;
use super::note::{note_below, spoken};
use super::svg::{Area, SOFT, Set, Svg, lines, width_of};
use super::{Picture, WIDTH};
use crate::analysis::steps::{FEWEST_ANSWERS, Step};
use crate::domain::score::count_words;

/// A table of counts.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatTable {
    /// What it shows.
    pub title: String,
    /// Headings of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<HeatRow>,
    /// What has to be known of the numbers, below them.
    pub note: Option<String>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatRow {
    /// Its heading.
    pub label: String,
    /// A cell for each column.
    pub cells: Vec<HeatCell>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeatCell {
    /// So many of so many.
    Count {
        /// Answers that speak well of practice.
        favourable: usize,
        /// Answers that count.
        scored: usize,
    },
    /// Words where the count may not be shown.
    Words(String),
    /// Nobody was asked.
    NotAsked,
}

impl HeatCell {
    /// So many of so many.
    pub fn counted(favourable: usize, scored: usize) -> Self {
        Self::Count { favourable, scored }
    }

    fn words(&self) -> String {
        match self {
            Self::Count { favourable, scored } => count_words(*favourable, *scored),
            Self::Words(words) => words.clone(),
            Self::NotAsked => "not asked".into(),
        }
    }

    /// The three steps, as on the page; grey where there are too few answers for one.
    fn fill(&self) -> Option<Fill> {
        match *self {
            Self::Count { scored: 0, .. } | Self::Words(_) | Self::NotAsked => None,
            Self::Count { favourable, scored } => Some(match Step::of_enough(favourable, scored) {
                Some(step) => fill_of(step),
                None => Fill::NotEvidenced,
            }),
        }
    }
}

fn fill_of(step: Step) -> Fill {
    match step {
        Step::Most => Fill::Good,
        Step::Half => Fill::Mixed,
        Step::Less => Fill::Poor,
    }
}

const TITLE: Set = Set::body(12.0).strong();
const HEAD: Set = Set::body(9.0).strong();
const TEXT: Set = Set::body(9.5);
const LABELS: f32 = 160.0;
const ROW: f32 = 27.0;
const GAP: f32 = 3.0;

impl HeatTable {
    /// Draws it.
    pub fn draw(&self) -> Picture {
        let mut svg = Svg::default();
        svg.text(0.0, 14.0, &self.title, TITLE);
        draw_key(&mut svg, 30.0);
        let wide = (WIDTH - LABELS) / self.columns.len().max(1) as f32;
        for (at, column) in self.columns.iter().enumerate() {
            let middle = LABELS + wide * (at as f32 + 0.5);
            for (line, words) in lines(column, HEAD.size, wide - 6.0, 2).iter().enumerate() {
                svg.text(middle, 50.0 + line as f32 * 11.0, words, HEAD.centred());
            }
        }
        let mut y = 68.0;
        for row in &self.rows {
            draw_row(&mut svg, y, wide, row);
            y += ROW;
        }
        let y = note_below(&mut svg, y + 2.0, self.note.as_deref());
        let (alt, height) = (self.alt(), y);
        Picture {
            svg: svg.finish(WIDTH, height, &alt),
            alt,
            width: WIDTH,
            height,
        }
    }

    /// The picture in words.
    fn alt(&self) -> String {
        let rows = self.rows.iter().map(|row| {
            let cells = self.columns.iter().zip(&row.cells);
            let cells: Vec<String> = cells
                .map(|(column, cell)| format!("{column} {}", cell.words()))
                .collect();
            format!(" {}: {}.", row.label, cells.join("; "))
        });
        let rows: String = rows.collect();
        format!("{}.{rows}{}", self.title, spoken(self.note.as_deref()))
    }
}

/// What the marks mean.
fn draw_key(svg: &mut Svg, y: f32) {
    let set = Set::body(8.5).coloured(SOFT);
    let mut x = 0.0;
    for step in Step::ALL {
        let favourable = if step == Step::Most {
            " favourable"
        } else {
            ""
        };
        let words = format!("{}{favourable}", step.words());
        draw_mark(svg, x + 5.0, y - 3.0, fill_of(step));
        svg.text(x + 14.0, y, &words, set);
        x += 14.0 + width_of(&words, set.size) + 10.0;
    }
    let few = format!("grey: fewer than {FEWEST_ANSWERS}, too few to say");
    svg.text(x, y, &few, set);
}

fn draw_row(svg: &mut Svg, y: f32, wide: f32, row: &HeatRow) {
    let label = lines(&row.label, TEXT.size, LABELS - 8.0, 2);
    let first = if label.len() > 1 { y + 10.0 } else { y + 16.0 };
    for (at, line) in label.iter().enumerate() {
        svg.text(0.0, first + at as f32 * 10.5, line, TEXT);
    }
    for (at, cell) in row.cells.iter().enumerate() {
        let area = Area {
            x: LABELS + wide * at as f32 + GAP / 2.0,
            y,
            width: wide - GAP,
            height: ROW - GAP,
        };
        draw_cell(svg, area, cell);
    }
}

fn draw_cell(svg: &mut Svg, area: Area, cell: &HeatCell) {
    let middle = area.x + area.width / 2.0;
    let Some(fill) = cell.fill() else {
        let words = lines(&cell.words(), 8.5, area.width - 4.0, 2);
        let first = if words.len() > 1 { 10.0 } else { 15.0 };
        for (at, line) in words.iter().enumerate() {
            let set = Set::body(8.5).coloured(SOFT).centred();
            svg.text(middle, area.y + first + at as f32 * 9.5, line, set);
        }
        return;
    };
    let (ink, ground) = fill.colours();
    svg.rect(area, ground, ground);
    draw_mark(svg, area.x + 10.0, area.y + 10.0, fill);
    let words = Set::body(10.0).strong().coloured(ink).centred();
    svg.text(middle + 4.0, area.y + 13.5, &cell.words(), words);
    if let HeatCell::Count { favourable, scored } = cell {
        let bar = Area {
            x: area.x + 8.0,
            y: area.y + 17.5,
            width: area.width - 16.0,
            height: 3.0,
        };
        svg.rect(bar, "#ffffff", ink);
        let share = *favourable as f32 / *scored as f32;
        let width = bar.width * share;
        svg.rect(Area { width, ..bar }, ink, "none");
    }
}

/// A full, half-full or empty circle; none where there are too few answers.
fn draw_mark(svg: &mut Svg, x: f32, y: f32, fill: Fill) {
    if fill == Fill::NotEvidenced {
        return;
    }
    let ink = fill.colours().0;
    let inside = match fill {
        Fill::Good => ink,
        _ => "#ffffff",
    };
    svg.raw(&format!(
        r#"<circle cx="{x:.1}" cy="{y:.1}" r="3.6" fill="{inside}" stroke="{ink}" stroke-width="1.2"/>"#
    ));
    if fill == Fill::Mixed {
        let (top, bottom) = (y - 3.6, y + 3.6);
        svg.raw(&format!(
            r#"<path d="M{x:.1} {top:.1}A3.6 3.6 0 0 0 {x:.1} {bottom:.1}Z" fill="{ink}"/>"#
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_few_answers_are_grey_and_bear_no_mark() {
        let circles = |cell: HeatCell| {
            let table = HeatTable {
                title: "Themes".into(),
                columns: vec!["Neglect 2019".into()],
                rows: vec![HeatRow {
                    label: "Recognition".into(),
                    cells: vec![cell],
                }],
                note: None,
            };
            let drawn = table.draw();
            assert!(drawn.svg.contains("grey: fewer than 8, too few to say"));
            drawn.svg.matches("<circle cx=").count()
        };
        let key = circles(HeatCell::NotAsked);
        assert_eq!(circles(HeatCell::counted(7, 7)), key);
        assert_eq!(circles(HeatCell::counted(8, 8)), key + 1);
        let grey = HeatCell::counted(0, 7).fill();
        assert_eq!(grey, Some(Fill::NotEvidenced));
    }
}
