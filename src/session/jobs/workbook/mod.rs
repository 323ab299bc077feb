//! The Excel return: the register's forms into a workbook, and what a workbook says into the
//! register.

mod issue;
mod merge;
mod said;

pub(super) use issue::write;
pub(super) use merge::{Refused, look_at};
