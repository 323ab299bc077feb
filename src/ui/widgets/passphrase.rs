//! Fields for a passphrase, with a plain word on the strength of a new one.

use std::ops::{Deref, DerefMut};

use egui::text_edit::TextEditState;
use egui::{Context, Id, Ui};
use zeroize::Zeroizing;

use super::TypedLine;
use super::text::caption;
use crate::store::Passphrase;

/// A passphrase while it is typed. Wiped from memory when it is dropped or taken, and never
/// printed.
pub struct TypedSecret(Zeroizing<String>);

/// How many bytes are set aside: a text that grows beyond leaves a copy behind that nobody wipes.
const SET_ASIDE: usize = 512;

impl Default for TypedSecret {
    fn default() -> Self {
        Self(Zeroizing::new(String::with_capacity(SET_ASIDE)))
    }
}

impl Deref for TypedSecret {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl DerefMut for TypedSecret {
    fn deref_mut(&mut self) -> &mut String {
        &mut self.0
    }
}

impl TypedSecret {
    /// What is typed.
    pub fn passphrase(&self) -> Passphrase {
        Passphrase::new(self.as_str())
    }

    /// What is typed; the field is empty afterwards.
    pub fn take(&mut self) -> Passphrase {
        std::mem::take(self).passphrase()
    }
}

/// A field for a new passphrase; `shown` while the person wants to read what is typed.
pub fn new_passphrase(ui: &mut Ui, words: &str, shown: bool, text: &mut TypedSecret) {
    let field = TypedLine::new(words);
    let field = if shown { field } else { field.secret() };
    field.show(ui, text);
    if !text.is_empty() {
        caption(ui, text.passphrase().strength().sentence());
    }
}

/// Takes away what a field remembers of what was typed in it, for its own undo.
pub fn forget_typed(ctx: &Context, field: Id) {
    if let Some(mut state) = TextEditState::load(ctx, field) {
        state.clear_undoer();
        state.store(ctx, field);
    }
}

/// Takes away what every field remembers of what was typed in it.
pub fn forget_all_typed(ctx: &Context) {
    ctx.data_mut(|data| data.remove_by_type::<TextEditState>());
}
