//! Returns: who is behind, the files that go out, what the agency sees, what comes back, and what
//! two people answered differently.

mod conflicts;
mod make;
mod matrix;
mod merge;
pub mod office;
mod own_cases;

use crate::window::Window;

/// The returns of the re-audit.
fn open_returns(window: &mut Window) {
    window.click("Cases, Neglect re-audit 2020");
    window.click("Returns");
}
