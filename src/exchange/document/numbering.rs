//! Lists: one pattern of bullets, and for each numbered list a count of its own.

use docx_rs::{
    AbstractNumbering, Docx, IndentLevel, Level, LevelJc, LevelOverride, LevelText, NumberFormat,
    Numbering, NumberingId, Paragraph, SpecialIndentType, Start,
};

/// The library has a numbering 1 of its own.
const BULLETS: usize = 2;
const NUMBERS: usize = 3;
/// Numberings of numbered lists count up from here.
const FIRST_LIST: usize = 10;

/// Knows how many numbered lists there are so far.
#[derive(Default)]
pub(super) struct Lists {
    numbered: usize,
}

impl Lists {
    /// The numbering for a list.
    pub(super) fn next(&mut self, numbered: bool) -> NumberingId {
        if !numbered {
            return NumberingId::new(BULLETS);
        }
        self.numbered += 1;
        NumberingId::new(FIRST_LIST + self.numbered - 1)
    }

    /// Puts the patterns and the numberings into the paper.
    pub(super) fn define(&self, docx: Docx) -> Docx {
        let docx = docx
            .add_abstract_numbering(pattern(BULLETS, "bullet", "•"))
            .add_abstract_numbering(pattern(NUMBERS, "decimal", "%1."))
            .add_numbering(Numbering::new(BULLETS, BULLETS));
        (0..self.numbered).fold(docx, |docx, at| {
            let from_one = LevelOverride::new(0).start(1);
            docx.add_numbering(Numbering::new(FIRST_LIST + at, NUMBERS).add_override(from_one))
        })
    }
}

/// The paragraph as an item of a list.
pub(super) fn item(paragraph: Paragraph, list: &NumberingId) -> Paragraph {
    paragraph
        .style("ListParagraph")
        .numbering(list.clone(), IndentLevel::new(0))
}

fn pattern(id: usize, format: &str, text: &str) -> AbstractNumbering {
    let level = Level::new(
        0,
        Start::new(1),
        NumberFormat::new(format),
        LevelText::new(text),
        LevelJc::new("left"),
    )
    .indent(Some(425), Some(SpecialIndentType::Hanging(425)), None, None);
    AbstractNumbering::new(id).add_level(level)
}
