//! What people do, done through the window: no display, no graphics card, but every click, key and
//! word is the real program's.

mod auditor;
mod chair;
mod everyone;
mod window;
