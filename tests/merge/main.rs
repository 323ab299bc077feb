//! Merging is boring: any order, any number of times, any subset first; nothing is dropped, and
//! whatever is not a return of this register is refused with one sentence.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod failures;
mod office;
mod properties;
mod refusals;
mod undo;
mod versions;
mod window;
mod workbooks;
