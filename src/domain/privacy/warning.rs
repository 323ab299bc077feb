//! What is said beside a text that seems to identify somebody.

use super::{Finder, Identifier};

impl Finder {
    /// One sentence for each sort of identifier in `text`, in the order of the text: what it looks
    /// like, the words, and what to write instead.
    pub fn warnings(&self, text: &str) -> Vec<String> {
        let mut found: Vec<(Identifier, Vec<&str>)> = Vec::new();
        for mark in self.marks(text) {
            let words = &text[mark.place];
            match found.iter_mut().find(|(sort, _)| *sort == mark.identifier) {
                Some((_, all)) if all.contains(&words) => (),
                Some((_, all)) => all.push(words),
                None => found.push((mark.identifier, vec![words])),
            }
        }
        let sentences = found.into_iter().map(|(sort, all)| {
            let (label, all, instead) = (sort.label(), all.join("”, “"), sort.instead());
            format!("Looks like {label}: “{all}”. {instead}")
        });
        sentences.collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::catalogue::Catalogue;

    #[test]
    fn a_warning_says_what_where_and_what_instead() {
        let finder = Catalogue::built_in().unwrap().identifiers;
        let cases = [
            ("Mother kept every appointment.", vec![]),
            (
                "Kayleigh told Darren Whitlock. Later Kayleigh was seen at NG5 1PB.",
                vec![
                    "Looks like a name: “Kayleigh”, “Darren Whitlock”. Write the role, such as “mother” or “social worker”.",
                    "Looks like a postcode: “NG5 1PB”. Leave it out: the key to the case is kept elsewhere.",
                ],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(finder.warnings(text), expected, "{text}");
        }
    }
}
