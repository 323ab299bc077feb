//! What is wrong with a file of decisions, place by place.

use std::fmt;

use crate::domain::plain::told;

/// How many problems are told at once.
const MOST: usize = 50;
/// From how many bytes on a sentence names no further problem.
const LONG: usize = 800;

/// One thing that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Where: sheet and cell, or a JSON pointer; empty for the whole file.
    pub place: String,
    /// What is wrong there.
    pub message: String,
}

impl Misread {
    pub(super) fn at(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: told(&place.into()),
            message: told(&message.into()),
        }
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.message)
    }
}

/// Everything wrong with a file of decisions, at most fifty problems of it. `Display` is one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadDecisions {
    /// The problems.
    pub problems: Vec<Misread>,
}

impl BadDecisions {
    pub(super) fn of(mut problems: Vec<Misread>) -> Self {
        problems.truncate(MOST);
        Self { problems }
    }

    pub(super) fn one(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self::of(vec![Misread::at(place, message)])
    }
}

impl fmt::Display for BadDecisions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut written = 0;
        for (at, problem) in self.problems.iter().enumerate() {
            if written > LONG {
                write!(f, "and {} more; ", self.problems.len() - at)?;
                break;
            }
            let problem = problem.to_string();
            written += problem.len();
            write!(f, "{problem}; ")?;
        }
        f.write_str("nothing was taken.")
    }
}
