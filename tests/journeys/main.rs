//! What people do, done through the window: no display, no graphics card, but every click, key and
//! word is the real program's.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod agreement;
mod auditor;
mod chair;
mod everyone;
mod findings;
mod help;
mod history;
mod hypotheses;
mod numbers;
mod panel;
mod retention;
mod returns;
mod search;
mod summary;
mod themes;
mod trust;
mod window;
mod zoom;
