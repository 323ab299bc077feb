//! What the DOCX library does not write (docx-rs 0.4.22): the words of pictures, header rows that
//! are repeated, the language, and the title and author in the file's properties. They are put into
//! the parts it has written. The text of a paper cannot be mistaken for markup: there every `<` is
//! written `&lt;`.

use docx_rs::XMLDocx;

use super::{Block, Paper};
use crate::exchange::plain::in_xml;

/// The height by which a header row is told from other rows until it is marked as one.
pub(super) const HEADER_ROW_HEIGHT: f32 = 1.0;
const HEADER_ROW: &str = r#"<w:trHeight w:val="1" w:hRule="atLeast" />"#;
const PICTURE: &str = r#"<wp:docPr id="1" name="Figure" />"#;

/// Puts in what is missing.
pub(super) fn complete(package: &mut XMLDocx, paper: &Paper) {
    let pictures = paper.blocks.iter().filter_map(|block| match block {
        Block::Picture(picture) => Some(picture.alt.as_str()),
        _ => None,
    });
    rewrite(&mut package.document, |xml| {
        described(&xml, pictures).replace(HEADER_ROW, "<w:tblHeader />")
    });
    rewrite(&mut package.styles, |xml| {
        xml.replacen(
            "</w:rPr></w:rPrDefault>",
            r#"<w:lang w:val="en-GB" /></w:rPr></w:rPrDefault>"#,
            1,
        )
    });
    let title = format!(
        "<dc:title>{}</dc:title></cp:coreProperties>",
        in_xml(&paper.title)
    );
    rewrite(&mut package.doc_props.core, |xml| {
        xml.replace(">unknown<", ">Goldthread<")
            .replace("</cp:coreProperties>", &title)
    });
}

fn rewrite(part: &mut Vec<u8>, change: impl FnOnce(String) -> String) {
    // The library writes UTF-8; were it not, the part would stay as it is.
    if let Ok(text) = String::from_utf8(part.clone()) {
        *part = change(text).into_bytes();
    }
}

/// Gives every picture its number and its words.
fn described<'a>(xml: &str, mut pictures: impl Iterator<Item = &'a str>) -> String {
    let mut parts = xml.split(PICTURE);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for (at, part) in (1..).zip(parts) {
        let words = in_xml(pictures.next().unwrap_or_default());
        whole.push_str(&format!(
            r#"<wp:docPr id="{at}" name="Figure {at}" descr="{words}" />"#
        ));
        whole.push_str(part);
    }
    whole
}
