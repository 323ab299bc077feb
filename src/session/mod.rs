//! An open document without a window: commands in, views out; undo; the worker.
//!
//! Knows `domain`, `store`, `analysis` and `exchange`; the window and the command line are its two
//! clients.

mod document;

pub use document::{Document, FormContent};
