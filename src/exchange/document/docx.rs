//! A paper as DOCX.

use std::io::Cursor;

use chrono::{DateTime, Utc};
use docx_rs::{
    AlignmentType, BreakType, Docx, Footer, HeightRule, NumPages, PageNum, Paragraph, Pic, Run,
    Shading, ShdType, Table, TableCell, TableLayoutType, TableRow, WidthType,
};

use super::numbering::{Lists, item};
use super::style::{self, HEAD_GROUND, IN_TABLE, TEXT_WIDTH, heading_style};
use super::{Block, Grid, Paper, TO_BE_COMPLETED, parts};
use crate::exchange::chart::Picture;
use crate::exchange::plain::{plain, plain_line};
use crate::exchange::{ExchangeError, Result};

/// Pixels to a point in pictures: sharp in print.
const SCALE: f32 = 3.0;
/// English metric units, in which pictures are measured, to a point.
const EMU: f32 = 12_700.0;
/// Tables of no more rows than this stay on one page.
const KEPT_TOGETHER: usize = 4;

impl Paper {
    /// The paper as the bytes of a DOCX file.
    ///
    /// # Errors
    /// [`ExchangeError::Document`] or [`ExchangeError::Picture`], which only a slip of ours can
    /// cause.
    pub fn docx(&self, now: DateTime<Utc>) -> Result<Vec<u8>> {
        let mut lists = Lists::default();
        let mut docx = style::styled();
        for block in &self.blocks {
            docx = add(docx, block, &mut lists)?;
        }
        let instant = now.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let docx = lists
            .define(docx)
            .footer(footer(&self.footer))
            .created_at(&instant)
            .updated_at(&instant);
        let mut package = docx.build();
        parts::complete(&mut package, self);
        let mut bytes = Cursor::new(Vec::new());
        package
            .pack(&mut bytes)
            .map_err(|error| ExchangeError::Document(error.to_string()))?;
        Ok(bytes.into_inner())
    }
}

fn add(docx: Docx, block: &Block, lists: &mut Lists) -> Result<Docx> {
    Ok(match block {
        Block::Title(words) => docx.add_paragraph(heading(words, "Title")),
        Block::Heading(level, words) => docx.add_paragraph(heading(words, heading_style(*level))),
        Block::Paragraph(words) => docx.add_paragraph(paragraph(words).style("Normal")),
        Block::Note(words) => docx.add_paragraph(paragraph(words).style("Note")),
        Block::Hint(words) => docx.add_paragraph(paragraph(words).style("Note").keep_next(true)),
        Block::Bullets(items) => list(docx, items, lists, false),
        Block::Numbers(items) => list(docx, items, lists, true),
        // A paragraph after it: two tables in a row would be read as one.
        Block::Table(grid) => docx
            .add_table(table(grid))
            .add_paragraph(Paragraph::new().style("Note")),
        Block::Picture(drawn) => docx.add_paragraph(picture(drawn)?),
        Block::PageBreak => {
            docx.add_paragraph(Paragraph::new().add_run(Run::new().add_break(BreakType::Page)))
        }
    })
}

fn heading(words: &str, style: &str) -> Paragraph {
    let run = Run::new().add_text(plain_line(words));
    Paragraph::new().add_run(run).style(style).keep_next(true)
}

fn list(docx: Docx, items: &[String], lists: &mut Lists, numbered: bool) -> Docx {
    let numbering = lists.next(numbered);
    items.iter().fold(docx, |docx, words| {
        docx.add_paragraph(item(paragraph(words), &numbering))
    })
}

/// A paragraph with its line breaks kept and its blanks marked.
fn paragraph(words: &str) -> Paragraph {
    written(Paragraph::new(), words, |run| run)
}

fn written(mut paragraph: Paragraph, words: &str, set: impl Fn(Run) -> Run) -> Paragraph {
    for (at, line) in plain(words).split('\n').enumerate() {
        if at > 0 {
            paragraph = paragraph.add_run(Run::new().add_break(BreakType::TextWrapping));
        }
        for (at, part) in line.split(TO_BE_COMPLETED).enumerate() {
            if at > 0 {
                let blank = Run::new().add_text(TO_BE_COMPLETED).highlight("yellow");
                paragraph = paragraph.add_run(set(blank));
            }
            if !part.is_empty() {
                paragraph = paragraph.add_run(set(with_tabs(part)));
            }
        }
    }
    paragraph
}

fn with_tabs(words: &str) -> Run {
    let mut parts = words.split('\t');
    let first = Run::new().add_text(parts.next().unwrap_or_default());
    parts.fold(first, |run, part| run.add_tab().add_text(part))
}

fn table(grid: &Grid) -> Table {
    let whole: u32 = grid.widths.iter().sum::<u32>().max(1);
    let widths: Vec<usize> = grid
        .widths
        .iter()
        .map(|width| (TEXT_WIDTH * width / whole) as usize)
        .collect();
    let mut rows = Vec::new();
    if !grid.header.is_empty() {
        let cells = grid.header.iter().zip(&widths);
        let cells = cells.map(|(words, width)| cell(words, *width, true, true));
        rows.push(header_row(cells.collect()));
    }
    let last = grid.rows.len().saturating_sub(1);
    rows.extend(grid.rows.iter().enumerate().map(|(at, row)| {
        let with_next = grid.rows.len() <= KEPT_TOGETHER && at < last;
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(at, (words, width))| {
            cell(words, *width, at == 0 && grid.row_headings, with_next)
        });
        TableRow::new(cells.collect()).cant_split()
    }));
    Table::new(rows)
        .set_grid(widths)
        .layout(TableLayoutType::Fixed)
        .width(TEXT_WIDTH as usize, WidthType::Dxa)
        .set_borders(style::borders())
        .margins(style::cell_margins())
}

/// A row that is repeated on every page: see [`parts::HEADER_ROW`].
fn header_row(cells: Vec<TableCell>) -> TableRow {
    TableRow::new(cells)
        .cant_split()
        .row_height(parts::HEADER_ROW_HEIGHT)
        .height_rule(HeightRule::AtLeast)
}

/// `with_next`: whether its row stays on the page of the one after it.
fn cell(words: &str, width: usize, heads: bool, with_next: bool) -> TableCell {
    let set = |run: Run| {
        let run = run.size(IN_TABLE);
        if heads { run.bold() } else { run }
    };
    let tight = Paragraph::new()
        .line_spacing(style::spacing(0, 0, 240))
        .keep_next(with_next);
    let paragraph = written(tight, words, set);
    let cell = TableCell::new()
        .width(width, WidthType::Dxa)
        .add_paragraph(paragraph);
    if !heads {
        return cell;
    }
    let ground = Shading::new()
        .shd_type(ShdType::Clear)
        .color("auto")
        .fill(HEAD_GROUND);
    cell.shading(ground)
}

fn picture(drawn: &Picture) -> Result<Paragraph> {
    let png = drawn.png(SCALE)?;
    let size = |points: f32| (points * EMU) as u32;
    let pic = Pic::new_with_dimensions(png.bytes, png.width, png.height)
        .size(size(drawn.width), size(drawn.height));
    Ok(Paragraph::new().add_run(Run::new().add_image(pic)))
}

/// What the paper is, and the page out of how many.
fn footer(words: &str) -> Footer {
    let line = |words: &str| Run::new().add_text(words);
    let about = Paragraph::new()
        .style("Footer")
        .add_run(line(&plain_line(words)));
    let pages = Paragraph::new()
        .style("Footer")
        .align(AlignmentType::Right)
        .add_run(line("Page "))
        .add_page_num(PageNum::new())
        .add_run(line(" of "))
        .add_num_pages(NumPages::new());
    Footer::new().add_paragraph(about).add_paragraph(pages)
}
