//! Files in and out: case-level data, summaries, papers, workbooks and the BMG's JSON, its decisions
//! on actions, lists of cases, returns as workbooks, pictures.
//!
//! Knows `domain` and `analysis`. Writing a file is atomic ([`file::write`]); reading one reports
//! every problem with its place and changes nothing.

pub mod actions_json;
pub mod bmg_json;
pub mod case_csv;
pub mod certificate;
pub mod chart;
pub mod csv_files;
pub mod data_json;
pub mod decisions;
pub mod document;
mod error;
pub mod file;
pub mod free_text;
pub mod papers;
pub mod report;
pub mod return_workbook;
pub mod summary_json;
pub mod tables;
mod target;
pub mod xlsx;

pub use error::ExchangeError;

use crate::domain::{json, plain};

/// The result of everything here.
pub type Result<T> = std::result::Result<T, ExchangeError>;
