//! A paper as a tree of headings, paragraphs, tables and pictures, and its rendering as DOCX that
//! people can go on editing. What a paper says is written in `papers`; how it looks is decided here.

mod docx;
mod numbering;
mod parts;
mod style;

use super::chart::Picture;

/// What stands where a person has to write.
pub const TO_BE_COMPLETED: &str = "[to be completed]";

/// A paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Its title, in the file's properties too.
    pub title: String,
    /// At the foot of every page, beside the page number.
    pub footer: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// One part of a paper.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// The title on the first page.
    Title(String),
    /// A heading; 1 is highest.
    Heading(u8, String),
    /// A paragraph. Line breaks in it stay; [`TO_BE_COMPLETED`] is marked.
    Paragraph(String),
    /// What is said about what stands before it, smaller.
    Note(String),
    /// What is said about what follows, smaller, and kept on the page with it.
    Hint(String),
    /// A list.
    Bullets(Vec<String>),
    /// A list that is numbered from 1.
    Numbers(Vec<String>),
    /// A table.
    Table(Grid),
    /// A picture with its words.
    Picture(Picture),
    /// The next page.
    PageBreak,
}

/// A table in a paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// Widths of the columns to one another.
    pub widths: Vec<u32>,
    /// Headings of the columns, repeated on every page; none where the first column heads the rows.
    pub header: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
    /// Whether the first column heads the rows.
    pub row_headings: bool,
}

impl Grid {
    /// A table with headings over its columns.
    pub fn headed(columns: &[(&str, u32)]) -> Self {
        Self {
            widths: columns.iter().map(|(_, width)| *width).collect(),
            header: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
            rows: Vec::new(),
            row_headings: false,
        }
    }

    /// A table of headings and what belongs to them, row by row.
    pub fn of_rows(rows: Vec<Vec<String>>) -> Self {
        Self {
            widths: vec![2, 5],
            header: Vec::new(),
            rows,
            row_headings: true,
        }
    }

    /// Adds a row.
    pub fn row(&mut self, fields: impl IntoIterator<Item = String>) {
        self.rows.push(fields.into_iter().collect());
    }
}

impl Paper {
    /// A paper with nothing in it.
    pub fn new(title: impl Into<String>, footer: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            footer: footer.into(),
            blocks: Vec::new(),
        }
    }

    /// Adds the title.
    pub fn title(&mut self, words: impl Into<String>) {
        self.blocks.push(Block::Title(words.into()));
    }

    /// Adds a heading.
    pub fn heading(&mut self, level: u8, words: impl Into<String>) {
        self.blocks.push(Block::Heading(level, words.into()));
    }

    /// Adds a paragraph, unless it is empty.
    pub fn paragraph(&mut self, words: impl Into<String>) {
        let words = words.into();
        if !words.trim().is_empty() {
            self.blocks.push(Block::Paragraph(words));
        }
    }

    /// Adds a paragraph, or the mark that one has to be written.
    pub fn paragraph_or_blank(&mut self, words: &str) {
        let blank = words.trim().is_empty();
        self.paragraph(if blank { TO_BE_COMPLETED } else { words });
    }

    /// Adds a note.
    pub fn note(&mut self, words: impl Into<String>) {
        self.blocks.push(Block::Note(words.into()));
    }

    /// Adds a hint.
    pub fn hint(&mut self, words: impl Into<String>) {
        self.blocks.push(Block::Hint(words.into()));
    }

    /// Adds a list; what stands there when it is empty is said.
    pub fn bullets(&mut self, lines: Vec<String>, when_empty: &str) {
        if lines.is_empty() {
            self.paragraph(when_empty);
        } else {
            self.blocks.push(Block::Bullets(lines));
        }
    }

    /// Adds a numbered list, unless it is empty.
    pub fn numbers(&mut self, lines: Vec<String>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Numbers(lines));
        }
    }

    /// Adds a table; what stands there when it has no row is said.
    pub fn table(&mut self, grid: Grid, when_empty: &str) {
        if grid.rows.is_empty() {
            self.paragraph(when_empty);
        } else {
            self.blocks.push(Block::Table(grid));
        }
    }

    /// Adds a picture.
    pub fn picture(&mut self, picture: Picture) {
        self.blocks.push(Block::Picture(picture));
    }

    /// Goes on to the next page.
    pub fn page_break(&mut self) {
        self.blocks.push(Block::PageBreak);
    }
}
