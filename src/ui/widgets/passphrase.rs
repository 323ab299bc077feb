//! Fields for a passphrase, with a plain word on the strength of a new one.

use std::ops::{Deref, DerefMut};

use egui::text_edit::TextEditState;
use egui::{Context, Id, Ui};
use zeroize::Zeroizing;

use super::text::caption;
use super::{Told, TypedLine, wrong_here};
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
pub fn new_passphrase(ui: &mut Ui, words: &str, shown: bool, told: Told, text: &mut TypedSecret) {
    let field = TypedLine::new(words).told(told);
    let field = if shown { field } else { field.secret() };
    field.show(ui, text);
    if !text.is_empty() {
        caption(ui, text.passphrase().strength().sentence());
    }
}

/// The field for the same passphrase once more; says so while what is typed is another.
pub fn passphrase_again(
    ui: &mut Ui,
    words: &str,
    shown: bool,
    (first, told): (&TypedSecret, Told),
    again: &mut TypedSecret,
) {
    let is_told = told.is_wrong();
    let field = TypedLine::new(words).told(told);
    let field = if shown { field } else { field.secret() };
    let typing = field.show(ui, again).has_focus();
    if !is_told && differs(first, again, typing) {
        wrong_here(ui, "These are not the same.");
    }
}

/// Whether the second is another than the first, and not merely on its way there.
fn differs(first: &str, again: &str, typing: bool) -> bool {
    let on_its_way = typing && first.starts_with(again);
    !again.is_empty() && first != again && !on_its_way
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_passphrase_is_told_to_differ_once_it_cannot_become_the_same() {
        for (first, again, typing, expected) in [
            ("kettle ladder", "", true, false),
            ("kettle ladder", "kettle", true, false),
            ("kettle ladder", "kettle", false, true),
            ("kettle ladder", "kettles", true, true),
            ("kettle ladder", "kettle ladder moss", true, true),
            ("kettle ladder", "kettle ladder", false, false),
        ] {
            assert_eq!(differs(first, again, typing), expected, "{again}");
        }
    }
}
