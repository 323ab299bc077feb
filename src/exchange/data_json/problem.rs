//! What is wrong with a data file, place by place.

use std::fmt;

use crate::domain::plain::told;

/// How many problems are told at once.
pub(super) const MOST: usize = 50;

/// One thing wrong with a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// JSON pointer to the place; empty for the whole file.
    pub pointer: String,
    /// The case, agency and question it is about, as far as it is about one.
    pub about: Vec<String>,
    /// What is wrong there.
    pub message: String,
}

impl Problem {
    /// A problem at a place.
    pub(super) fn at(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            pointer: told(&pointer.into()),
            about: Vec::new(),
            message: told(&message.into()),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.pointer)?;
        if !self.about.is_empty() {
            write!(f, " ({})", self.about.join(", "))?;
        }
        if !self.pointer.is_empty() {
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}

/// Everything wrong with a data file, at most fifty problems of it. `Display` is one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadData {
    /// The problems.
    pub problems: Vec<Problem>,
    /// Whether there are more than told.
    pub more: bool,
}

impl BadData {
    pub(super) fn of(mut problems: Vec<Problem>) -> Self {
        let more = problems.len() > MOST;
        problems.truncate(MOST);
        Self { problems, more }
    }

    pub(super) fn one(pointer: &str, message: impl Into<String>) -> Self {
        Self::of(vec![Problem::at(pointer, message)])
    }
}

impl fmt::Display for BadData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.as_slice() {
            [only] => write!(f, "{only}; nothing was loaded."),
            problems => {
                let count = problems.len();
                let over = if self.more { "more than " } else { "" };
                write!(f, "{over}{count} problems; nothing was loaded. The first: ")?;
                problems
                    .first()
                    .map_or(Ok(()), |first| write!(f, "{first}."))
            }
        }
    }
}
