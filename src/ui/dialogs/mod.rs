//! Questions that hold everything else until they are answered.

mod ask;
mod picker;
mod picture;

pub use ask::{Ask, Asked, PassphraseAsk, PassphraseAsked};
pub use picker::{FilePicker, NativePicker, NoPicker};
pub use picture::PictureDialog;
