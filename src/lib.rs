//! Goldthread.
#![forbid(unsafe_code)]
pub mod domain;
pub mod session;
pub mod store;
