//! Questions that hold everything else until they are answered.

mod ask;
mod no_form;
mod picker;
mod picture;

pub use ask::{Ask, Asked, PassphraseAsk, PassphraseAsked};
pub use no_form::{NO_RECORD, ask_not_known, ask_to_decline};
pub use picker::{FilePicker, NativePicker, NoPicker};
pub use picture::PictureDialog;
