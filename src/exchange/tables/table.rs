//! A table before it is a sheet or a file.

use chrono::NaiveDate;

use crate::analysis::suppression::Cell;
use crate::exchange::free_text::Outgoing;
use crate::exchange::report::Count;

/// What stands in one field.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A count.
    Count(usize),
    /// A count that is hidden.
    Hidden,
    /// A number that is not a count.
    Number(f64),
    /// A date.
    Date(NaiveDate),
    /// Yes or no.
    Flag(bool),
}

impl Field {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl From<Count> for Field {
    fn from(count: Count) -> Self {
        match count.0 {
            Cell::Count(count) => Self::Count(count),
            Cell::Hidden => Self::Hidden,
        }
    }
}

impl From<usize> for Field {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl From<&str> for Field {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }
}

impl From<String> for Field {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }
}

impl From<&String> for Field {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<bool> for Field {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<NaiveDate> for Field {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl<T: Into<Field>> From<Option<T>> for Field {
    fn from(field: Option<T>) -> Self {
        field.map_or(Self::Empty, Into::into)
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// What stands in it.
    pub about: String,
    /// How wide it is, in characters.
    pub width: u16,
    /// What may be chosen, where that is a fixed list.
    pub choices: Vec<&'static str>,
    /// Whether people wrote on a form, or the panel, what stands in it.
    pub written: bool,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Name of its sheet and its file.
    pub name: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a field for each column.
    pub rows: Vec<Vec<Field>>,
}

impl Table {
    /// A table without columns and rows.
    pub(super) fn new(name: &'static str, about: &'static str) -> Self {
        Self {
            name,
            about,
            columns: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Adds a column.
    pub(super) fn column(self, name: impl Into<String>, width: u16, about: &str) -> Self {
        self.choice(name, width, &[], about)
    }

    /// Adds a column whose fields are chosen from a list.
    pub(super) fn choice(
        mut self,
        name: impl Into<String>,
        width: u16,
        choices: &[&'static str],
        about: &str,
    ) -> Self {
        self.columns.push(Column {
            name: name.into(),
            about: about.to_owned(),
            width,
            choices: choices.to_vec(),
            written: false,
        });
        self
    }

    /// Adds a column of what people wrote on forms or at the panel.
    pub(super) fn written_column(
        mut self,
        name: impl Into<String>,
        width: u16,
        about: &str,
    ) -> Self {
        self = self.column(name, width, about);
        if let Some(column) = self.columns.last_mut() {
            column.written = true;
        }
        self
    }

    /// What people wrote, as it stands in the table, with its place: the row as far as its code.
    pub fn written(&self) -> Vec<Outgoing> {
        let code = self.columns.iter().position(|column| column.name == "Code");
        let names = code.map_or(1, |code| code + 1);
        let mut all = Vec::new();
        for row in &self.rows {
            for (column, field) in self.columns.iter().zip(row) {
                if let (true, Field::Text(text)) = (column.written, field) {
                    let mut place: Vec<&str> =
                        row[..names].iter().filter_map(Field::text).collect();
                    place.push(&column.name);
                    all.push(Outgoing {
                        place: place.join(", "),
                        text: text.clone(),
                    });
                }
            }
        }
        all
    }

    /// Gives the rows.
    pub(super) fn rows(mut self, rows: impl IntoIterator<Item = Vec<Field>>) -> Self {
        self.rows.extend(rows);
        debug_assert!(self.rows.iter().all(|row| row.len() == self.columns.len()));
        self
    }
}
