//! Fields for a new passphrase, with a plain word on its strength.

use egui::text_edit::TextEditState;
use egui::{Context, Id, Ui};

use super::TypedLine;
use super::text::caption;
use crate::store::Passphrase;

/// A field for a new passphrase; `shown` while the person wants to read what is typed.
pub fn new_passphrase(ui: &mut Ui, words: &str, shown: bool, text: &mut String) {
    let field = TypedLine::new(words);
    let field = if shown { field } else { field.secret() };
    field.show(ui, text);
    if !text.is_empty() {
        let strength = Passphrase::new(text.as_str()).strength();
        caption(ui, strength.sentence());
    }
}

/// Takes away what a field remembers of what was typed in it, for its own undo.
pub fn forget_typed(ctx: &Context, field: Id) {
    if let Some(mut state) = TextEditState::load(ctx, field) {
        state.clear_undoer();
        state.store(ctx, field);
    }
}
