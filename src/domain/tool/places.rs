//! Where in a file something stands, by line and column.

use std::fmt;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged as _;

use crate::domain::plain::told;

/// One thing wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// JSON pointer to the place; empty for the whole file.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)?;
        if !self.pointer.is_empty() {
            write!(f, " ({})", self.pointer)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// A place and what is wrong there.
pub(super) type Found = (String, String);

/// The parsed file, to find the line of a pointer.
pub(super) struct Places<'a> {
    text: &'a str,
    root: Option<ast::Value<'a>>,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let parsed = jsonc_parser::parse_to_ast(text, &Default::default(), &Default::default());
        Self {
            text,
            root: parsed.ok().and_then(|parsed| parsed.value),
        }
    }

    pub(super) fn locate(&self, found: Vec<Found>) -> Vec<Problem> {
        let mut problems: Vec<_> = found.into_iter().map(|found| self.problem(found)).collect();
        problems.sort();
        problems.dedup();
        problems
    }

    fn problem(&self, (pointer, message): Found) -> Problem {
        let before = &self.text[..self.start_of(&pointer)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Problem {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            pointer: told(&pointer),
            message: told(&message),
        }
    }

    /// Where the value at `pointer` begins; its nearest parent where the pointer leads nowhere.
    fn start_of(&self, pointer: &str) -> usize {
        let Some(root) = &self.root else { return 0 };
        let mut here = root;
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            let next = match here {
                ast::Value::Object(object) => object.get(&step).map(|property| &property.value),
                ast::Value::Array(array) => step
                    .parse::<usize>()
                    .ok()
                    .and_then(|at| array.elements.get(at)),
                _ => None,
            };
            match next {
                Some(next) => here = next,
                None => break,
            }
        }
        here.start()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_line_and_a_column() {
        let places = Places::of("{\n  \"a\": [1,\n    {\"é\": 2, \"b\": 3}]}");
        let problem = places.problem(("/a/1/b".into(), String::new()));
        assert_eq!((problem.line, problem.column), (3, 19));
    }
}
