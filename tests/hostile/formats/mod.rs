//! The kinds of file that come from outside: how each is spoiled, and what the program does with it
//! then. Shared by the mutation test here and the targets in `tests/fuzz`.
//!
//! Showing a file to the program panics where it broke a promise: it is refused with one sentence
//! and changes nothing, or what was taken of it is whole.

mod choices;
mod document;
mod edits;
mod json;
mod list;
pub mod office;
pub mod sentence;
pub mod sqlite;
pub mod workbook;

pub use choices::{Choices, bytes_of};
pub use office::Office;

/// One kind of file.
pub struct Format {
    /// Its name: that of the fuzz target, and the beginning of the names of kept findings.
    pub name: &'static str,
    /// Good files of this kind.
    pub good: fn() -> Vec<Vec<u8>>,
    /// Spoils a good file.
    pub spoil: fn(&[u8], &mut Choices<'_>) -> Vec<u8>,
    /// Shows a file to the program; whether it was taken.
    pub show: fn(&mut Office, &[u8]) -> bool,
}

/// Every kind there is.
pub const FORMATS: [Format; 7] = [
    Format {
        name: "register",
        good: || vec![office::REGISTER.to_vec()],
        spoil: sqlite::spoil,
        show: document::show_register,
    },
    Format {
        name: "return",
        good: || vec![office::RETURN.to_vec()],
        spoil: sqlite::spoil,
        show: document::show_return,
    },
    Format {
        name: "data",
        good: json::good_data,
        spoil: json::spoil,
        show: json::show_data,
    },
    Format {
        name: "tool",
        good: json::good_tools,
        spoil: json::spoil,
        show: json::show_tool,
    },
    Format {
        name: "workbook",
        good: || vec![office::WORKBOOK.to_vec()],
        spoil: workbook::spoil,
        show: workbook::show_return,
    },
    Format {
        name: "decisions",
        good: || vec![office::DECISIONS.to_vec(), office::PLAN.to_vec()],
        spoil: workbook::spoil_or_json,
        show: workbook::show_decisions,
    },
    Format {
        name: "cases",
        good: list::good,
        spoil: list::spoil,
        show: list::show,
    },
];

impl Format {
    /// The kind of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The file that these bytes stand for: after a 0 the file itself, otherwise a good file and what
    /// to do to it.
    pub fn file(&self, bytes: &[u8]) -> Vec<u8> {
        match bytes {
            [0, file @ ..] => file.to_vec(),
            _ => {
                let choices = &mut Choices::new(bytes);
                let good = (self.good)();
                let which = choices.below(good.len().max(2)) % good.len();
                (self.spoil)(&good[which], choices)
            }
        }
    }
}
