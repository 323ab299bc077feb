//! The help that comes with the program: pages in `assets/help`, one for each sort of person, in a
//! few signs of Markdown: `#`, `##`, lists, tables, `**names of controls**`, `-> [words](page#part)`.

use include_dir::{Dir, include_dir};

use super::search::Wanted;

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/help");

/// The pages in the order they are offered, by their files' names.
const ORDER: [&str; 4] = ["auditor", "chair", "office", "keys"];

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The name of its file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A sentence or two before its parts.
    pub about: Vec<Block>,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// One part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The heading in small letters with hyphens, by which links name it.
    pub id: String,
    /// The heading.
    pub title: String,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// A paragraph, or one line of a list or table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Span>),
    /// A line of a list, with its sign: "·" or "1.".
    Item(String, Vec<Span>),
    /// A row of a table; its heading has no row.
    Row(String, Vec<Span>),
    /// A line that leads to a part of a page.
    Link(Link),
}

/// Where a link leads, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub words: String,
    /// The page.
    pub page: String,
    /// The part of it.
    pub part: String,
}

/// Words in one weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub words: String,
    /// Whether they are the name of a control.
    pub strong: bool,
}

impl Part {
    /// All its words, as they are searched.
    pub fn words(&self) -> String {
        let blocks = self.blocks.iter().map(Block::words);
        blocks.collect::<Vec<_>>().join(" ")
    }

    /// Whether all these words stand in it.
    pub fn holds(&self, wanted: &Wanted) -> bool {
        wanted.are_in([self.title.as_str(), &self.words()].into_iter())
    }
}

impl Block {
    fn words(&self) -> String {
        match self {
            Self::Paragraph(spans) | Self::Item(_, spans) => joined(spans),
            Self::Row(key, spans) => format!("{key}: {}.", joined(spans)),
            Self::Link(link) => link.words.clone(),
        }
    }
}

fn joined(spans: &[Span]) -> String {
    spans.iter().map(|span| span.words.as_str()).collect()
}

/// Every page, in order.
pub fn pages() -> Vec<Page> {
    let read = |id: &&str| {
        let file = PAGES.get_file(format!("{id}.md"))?;
        Some(page(id, file.contents_utf8()?))
    };
    ORDER.iter().filter_map(read).collect()
}

fn page(id: &str, text: &str) -> Page {
    let mut page = Page {
        id: id.to_owned(),
        title: String::new(),
        about: Vec::new(),
        parts: Vec::new(),
    };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(title) = line.strip_prefix("## ") {
            page.parts.push(Part {
                id: slug(title),
                title: title.to_owned(),
                blocks: Vec::new(),
            });
        } else if let Some(title) = line.strip_prefix("# ") {
            title.clone_into(&mut page.title);
        } else if let Some(block) = block(line) {
            let last = page.parts.last_mut().map(|part| &mut part.blocks);
            last.unwrap_or(&mut page.about).push(block);
        }
    }
    page
}

/// "Your first audit" is named `your-first-audit`.
fn slug(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || *c == ' ');
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

fn block(line: &str) -> Option<Block> {
    if let Some(row) = line.strip_prefix("| ") {
        let (key, words) = row.trim_end_matches('|').split_once('|')?;
        let key = key.trim();
        return (key != "Key").then(|| Block::Row(key.to_owned(), spans(words.trim())));
    }
    if let Some(rest) = line.strip_prefix("-> ") {
        return link(rest).map(Block::Link);
    }
    if let Some(words) = line.strip_prefix("- ") {
        return Some(Block::Item("·".into(), spans(words)));
    }
    let numbered = line.split_once(". ");
    let numbered = numbered.filter(|(number, _)| number.parse::<u32>().is_ok());
    Some(match numbered {
        Some((number, words)) => Block::Item(format!("{number}."), spans(words)),
        None => Block::Paragraph(spans(line)),
    })
}

/// `[words](page#part)`
fn link(text: &str) -> Option<Link> {
    let (words, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (page, part) = rest.strip_suffix(')')?.split_once('#')?;
    Some(Link {
        words: words.to_owned(),
        page: page.to_owned(),
        part: part.to_owned(),
    })
}

fn spans(text: &str) -> Vec<Span> {
    let parts = text.split("**").enumerate();
    let spans = parts.map(|(at, words)| Span {
        words: words.to_owned(),
        strong: at % 2 == 1,
    });
    spans.filter(|span| !span.words.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_reads_and_every_link_leads_somewhere() {
        let pages = pages();
        assert_eq!(pages.len(), PAGES.files().count(), "a page out of order");
        assert_eq!(pages.len(), ORDER.len());
        for page in &pages {
            assert!(
                !page.title.is_empty() && page.parts.len() > 2,
                "{}",
                page.id
            );
            for part in &page.parts {
                assert!(!part.blocks.is_empty(), "{}#{}", page.id, part.id);
                for block in &part.blocks {
                    let words = block.words();
                    assert!(!words.contains("**") && !words.contains("]("), "{words}");
                    if let Block::Link(link) = block {
                        let page = pages.iter().find(|page| page.id == link.page).unwrap();
                        assert!(page.parts.iter().any(|part| part.id == link.part));
                    }
                }
            }
        }
    }

    #[test]
    fn signs_become_blocks() {
        let page = page(
            "x",
            "# T\nAbout\n## Own part!\n1. Do **this** now\n- so\n| Key | W |\n| F1 | help |\n-> [On](a#b)\n",
        );
        assert_eq!(page.parts[0].id, "own-part");
        assert_eq!(page.about.len(), 1);
        let span = |words: &str, strong| Span {
            words: words.into(),
            strong,
        };
        assert_eq!(
            page.parts[0].blocks,
            [
                Block::Item(
                    "1.".into(),
                    vec![span("Do ", false), span("this", true), span(" now", false)]
                ),
                Block::Item("·".into(), vec![span("so", false)]),
                Block::Row("F1".into(), vec![span("help", false)]),
                Block::Link(Link {
                    words: "On".into(),
                    page: "a".into(),
                    part: "b".into()
                }),
            ]
        );
        assert!(page.parts[0].holds(&Wanted::new("now f1").unwrap()));
    }
}
