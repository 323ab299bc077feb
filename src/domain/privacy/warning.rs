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
    use proptest::prelude::*;

    use crate::domain::catalogue::Catalogue;
    use crate::domain::privacy::Finder;

    thread_local! {
        static FINDER: Finder = Catalogue::built_in().unwrap().identifiers;
    }

    /// Texts near the shapes, with the two letters that are more than one byte and still an "s" and
    /// a "k" where capitals do not matter, and others of two to four bytes.
    fn hard_text() -> impl Strategy<Value = String> {
        let near = "[NGkKſ]{1,2}[0-9]{1,2}[kſ]? ?[0-9][sſ]{1,2}é?";
        let number = "(caſe|caſe no|unit|ſyſtmone|crime) ?[:#]? ?[a-zſK/-]{0,4}[0-9ſK/-]{0,9}";
        let anything = "[ſKİßﬆéa-zA-Z0-9 @.+()/'’,:\\n👧-]{0,30}";
        let born =
            "(D\\.?O\\.?B|born|ſ\\.K\\.) ?[0-9]{1,2}(ſt|ſT|/) ?(auguſt|[0-9ſ]{1,2})/? ?[0-9]{4}";
        prop_oneof![
            near,
            number,
            born,
            anything,
            (anything, near).prop_map(|(a, b)| a + " " + &b)
        ]
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in hard_text()) {
            FINDER.with(|finder| finder.warnings(&text));
        }
    }

    #[test]
    fn a_warning_says_what_where_and_what_instead() {
        let finder = Catalogue::built_in().unwrap().identifiers;
        let cases = [
            ("Mother kept every appointment.", vec![]),
            (
                "Seen at NG1 1ſſ and AB12 3ſſ.",
                vec![
                    "Looks like a postcode: “NG1 1ſſ”, “AB12 3ſſ”. Leave it out: the key to the case is kept elsewhere.",
                ],
            ),
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
