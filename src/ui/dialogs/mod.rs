//! Questions that hold everything else until they are answered.

mod ask;
mod picker;

pub use ask::{Ask, Asked, PassphraseAsk};
pub use picker::{FilePicker, NativePicker, NoPicker};
