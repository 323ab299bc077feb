//! Conflicts by keyboard: figures choose a version, T writes a third, Enter leads to the reason,
//! Ctrl+Enter settles, Page Up and Page Down lead to the others.

use egui::{Key, Modifiers, Ui};

use super::{Choice, ConflictsScreen};
use crate::domain::record::RecordKind;
use crate::session::OpenConflict;
use crate::session::conflict::Says;
use crate::ui::act::Act;
use crate::ui::screens::form::keys::{leave_field, nothing_focused, pressed, typed};

impl ConflictsScreen {
    pub(super) fn keys(&mut self, ui: &Ui, conflict: &OpenConflict, count: usize) -> Option<Act> {
        if pressed(ui, Modifiers::COMMAND, Key::Enter) {
            return self.settle(conflict);
        }
        if ui.ctx().text_edit_focused() {
            if pressed(ui, Modifiers::NONE, Key::Escape) {
                leave_field(ui);
            }
            return None;
        }
        if pressed(ui, Modifiers::NONE, Key::PageDown) && self.at + 1 < count {
            self.go_to(self.at + 1);
        } else if pressed(ui, Modifiers::NONE, Key::PageUp) && self.at > 0 {
            self.go_to(self.at - 1);
        } else if nothing_focused(ui) && pressed(ui, Modifiers::NONE, Key::Enter) {
            self.to_reason = true;
        } else {
            for key in typed(ui) {
                self.choose_by(&key, conflict);
            }
        }
        None
    }

    fn choose_by(&mut self, key: &str, conflict: &OpenConflict) {
        let has_third = conflict.kind == RecordKind::Answer && conflict.question().is_some();
        if key == "T" && has_third {
            return self.choose(Choice::Third);
        }
        let nth = key.parse::<usize>().ok().and_then(|nth| nth.checked_sub(1));
        let Some(at) = nth else { return };
        let version = conflict.versions.get(at);
        if version.is_some_and(|version| version.says != Says::Unreadable) {
            self.choose(Choice::Version(at));
        }
    }
}
