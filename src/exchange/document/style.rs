//! Fonts, sizes and distances of papers. Sizes are in half points, distances in twentieths of a
//! point, as the file format has them.

use docx_rs::{
    BorderType, Docx, LineSpacing, LineSpacingType, PageMargin, RunFonts, Style, StyleType,
    TableBorder, TableBorderPosition, TableBorders, TableCellMargins,
};

/// A font that every office has: people go on editing these papers.
const FONT: &str = "Arial";
const BODY: usize = 22;
/// Smaller text.
pub(super) const SMALL: usize = 18;
/// Text in tables.
pub(super) const IN_TABLE: usize = 20;
/// Colour of headings.
const HEADING: &str = "1B536B";
/// Colour of small print.
pub(super) const SOFT: &str = "52585F";
/// Ground of the headings of tables.
pub(super) const HEAD_GROUND: &str = "DFECF1";
const LINE: &str = "85817F";

/// A4 in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
/// 2 cm.
const MARGIN: i32 = 1134;
/// What is left for text.
pub(super) const TEXT_WIDTH: u32 = PAGE.0 - 2 * MARGIN as u32;

/// Name of a paragraph style, as papers refer to it.
pub(super) fn heading_style(level: u8) -> &'static str {
    match level {
        0 | 1 => "Heading1",
        2 => "Heading2",
        _ => "Heading3",
    }
}

/// A paper with its styles and page, and nothing in it.
pub(super) fn styled() -> Docx {
    let fonts = RunFonts::new()
        .ascii(FONT)
        .hi_ansi(FONT)
        .cs(FONT)
        .east_asia(FONT);
    let margins = PageMargin::new()
        .top(MARGIN)
        .bottom(MARGIN)
        .left(MARGIN)
        .right(MARGIN)
        .header(567)
        .footer(567);
    [
        heading("Title", "Title", 40, 0, 160),
        heading("Heading1", "heading 1", 30, 320, 120).outline_lvl(0),
        heading("Heading2", "heading 2", 25, 260, 100).outline_lvl(1),
        heading("Heading3", "heading 3", 22, 200, 80).outline_lvl(2),
        Style::new("Normal", StyleType::Paragraph)
            .name("Normal")
            .q_format(true)
            .line_spacing(spacing(0, 120, 264)),
        Style::new("ListParagraph", StyleType::Paragraph)
            .name("List Paragraph")
            .based_on("Normal")
            .q_format(true)
            .line_spacing(spacing(0, 80, 264)),
        Style::new("Note", StyleType::Paragraph)
            .name("Note")
            .based_on("Normal")
            .q_format(true)
            .size(SMALL)
            .color(SOFT),
        Style::new("Footer", StyleType::Paragraph)
            .name("footer")
            .based_on("Normal")
            .size(SMALL)
            .color(SOFT)
            .line_spacing(spacing(0, 0, 240)),
    ]
    .into_iter()
    .fold(Docx::new(), Docx::add_style)
    .default_fonts(fonts)
    .default_size(BODY)
    .page_size(PAGE.0, PAGE.1)
    .page_margin(margins)
}

/// Distances before and after a paragraph, and the height of its lines, where 240 is single; lines
/// grow with what stands in them.
pub(super) fn spacing(before: u32, after: u32, line: i32) -> LineSpacing {
    LineSpacing::new()
        .line_rule(LineSpacingType::Auto)
        .before(before)
        .after(after)
        .line(line)
}

fn heading(id: &str, name: &str, size: usize, before: u32, after: u32) -> Style {
    Style::new(id, StyleType::Paragraph)
        .name(name)
        .based_on("Normal")
        .next("Normal")
        .q_format(true)
        .size(size)
        .bold()
        .color(HEADING)
        .line_spacing(spacing(before, after, 252))
}

/// Thin lines around every cell.
pub(super) fn borders() -> TableBorders {
    use TableBorderPosition as Place;
    let places = [
        Place::Top,
        Place::Bottom,
        Place::Left,
        Place::Right,
        Place::InsideH,
        Place::InsideV,
    ];
    places
        .into_iter()
        .fold(TableBorders::with_empty(), |borders, place| {
            borders.set(
                TableBorder::new(place)
                    .border_type(BorderType::Single)
                    .size(4)
                    .color(LINE),
            )
        })
}

/// Room around the text of a cell.
pub(super) fn cell_margins() -> TableCellMargins {
    TableCellMargins::new().margin(60, 100, 60, 100)
}
