//! The little of SVG that the pictures need. Everything is in points.

use std::fmt::Write as _;

use crate::exchange::plain::in_xml;

/// The family of the fonts in `assets/fonts`.
pub(super) const FONT: &str = "Atkinson Hyperlegible Next";

/// Text, on white.
pub(super) const INK: &str = "#1b1f23";
/// Captions, on white.
pub(super) const SOFT: &str = "#52585f";
/// Thin lines.
pub(super) const LINE: &str = "#d9d6cd";

/// A rectangle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// How a line of text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Set {
    pub(super) size: f32,
    pub(super) strong: bool,
    pub(super) colour: &'static str,
    pub(super) anchor: Anchor,
}

/// Where a line of text stands to its point.
#[derive(Clone, Copy, Debug)]
pub(super) enum Anchor {
    Start,
    Middle,
}

impl Set {
    /// Ordinary text.
    pub(super) const fn body(size: f32) -> Self {
        Self {
            size,
            strong: false,
            colour: INK,
            anchor: Anchor::Start,
        }
    }

    pub(super) const fn strong(self) -> Self {
        Self {
            strong: true,
            ..self
        }
    }

    pub(super) const fn coloured(self, colour: &'static str) -> Self {
        Self { colour, ..self }
    }

    pub(super) const fn centred(self) -> Self {
        Self {
            anchor: Anchor::Middle,
            ..self
        }
    }
}

/// A picture being drawn.
#[derive(Default)]
pub(super) struct Svg(String);

impl Svg {
    /// Markup of our own.
    pub(super) fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    pub(super) fn rect(&mut self, area: Area, fill: &str, edge: &str) {
        let Area {
            x,
            y,
            width,
            height,
        } = area;
        // Writing into a String cannot fail.
        let _ = write!(
            self.0,
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="2" fill="{fill}" stroke="{edge}" stroke-width="0.8"/>"#
        );
    }

    /// A line of text with its baseline at `y`.
    pub(super) fn text(&mut self, x: f32, y: f32, words: &str, set: Set) {
        let weight = if set.strong { 600 } else { 400 };
        let anchor = match set.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
        };
        let _ = write!(
            self.0,
            r#"<text x="{x:.1}" y="{y:.1}" font-size="{}" font-weight="{weight}" text-anchor="{anchor}" fill="{}">{}</text>"#,
            set.size,
            set.colour,
            in_xml(words)
        );
    }

    /// The whole picture.
    pub(super) fn finish(self, width: f32, height: f32, alt: &str) -> String {
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1} {height:.1}" width="{width:.1}" height="{height:.1}" role="img" font-family="{FONT}"><title>{}</title><rect width="100%" height="100%" fill="#ffffff"/>{}</svg>"##,
            in_xml(alt),
            self.0
        )
    }
}

/// About how wide a text is, in points: a little more than it is in our font, so that what fits
/// here fits there.
pub(super) fn width_of(text: &str, size: f32) -> f32 {
    let em: f32 = text.chars().map(em_of).sum();
    em * size
}

fn em_of(letter: char) -> f32 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '’' | '\'' | ' ' | '|' => 0.31,
        'm' | 'w' | 'M' | 'W' | '…' => 0.88,
        'A'..='Z' => 0.68,
        letter if letter.is_ascii() => 0.57,
        letter if letter.len_utf8() > 2 => 1.0,
        _ => 0.62,
    }
}

/// A text in at most `most` lines of `width` points; what is left over ends in "…".
pub(super) fn lines(text: &str, size: f32, width: f32, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last().map_or("", String::as_str);
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        let fits = width_of(&longer, size) <= width;
        if !fits && !line.is_empty() {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            *line = longer;
        }
    }
    let cut = lines.len() > most;
    lines.truncate(most);
    let last = lines.len().saturating_sub(1);
    for (at, line) in lines.iter_mut().enumerate() {
        shorten(line, size, width, cut && at == last);
    }
    lines
}

/// Takes letters off the end until the line fits and says so with "…".
fn shorten(line: &mut String, size: f32, width: f32, cut: bool) {
    if !cut && width_of(line, size) <= width {
        return;
    }
    while !line.is_empty() && width_of(line, size) + size > width {
        line.pop();
    }
    line.truncate(line.trim_end().len());
    line.push('…');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_broken_and_then_cut() {
        let text = "Recognition of abuse or neglect";
        assert_eq!(lines(text, 10.0, 1000.0, 2), [text]);
        let two = lines(text, 10.0, 100.0, 2);
        assert_eq!(two.join(" "), text);
        let one = lines(text, 10.0, 100.0, 1);
        assert!(one.len() == 1 && one[0].ends_with('…'), "{one:?}");
        let word = lines(&"x".repeat(100), 10.0, 100.0, 3);
        assert!(
            word.len() == 1 && width_of(&word[0], 10.0) <= 110.0,
            "{word:?}"
        );
        assert_eq!(lines("", 10.0, 100.0, 2), [""]);
        // What is XML is told where the picture is written, and once.
        assert_eq!(lines("Care & <home>", 10.0, 1000.0, 1), ["Care & <home>"]);
    }
}
