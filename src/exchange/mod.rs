//! Files in and out: case-level data, summaries and the BMG's JSON, its decisions on actions, lists
//! of cases, returns as workbooks, pictures.
//!
//! Knows `domain` and `analysis`. Writing a file is atomic ([`file::write`]); reading one reports
//! every problem with its place and changes nothing.

pub mod actions_json;
pub mod bmg_json;
pub mod case_csv;
pub mod chart;
pub mod data_json;
pub mod decisions;
mod error;
pub mod file;
pub mod free_text;
mod json;
mod plain;
pub mod return_workbook;
pub mod summary_json;

pub use error::ExchangeError;

/// The result of everything here.
pub type Result<T> = std::result::Result<T, ExchangeError>;
