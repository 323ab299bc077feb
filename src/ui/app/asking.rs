//! The dialogs that belong to no screen: a file's passphrase, a picture to copy or save.

use egui::Ui;

use super::App;
use crate::ui::act::Act;
use crate::ui::dialogs::{PassphraseAsk, PassphraseAsked};

impl App {
    pub(super) fn ask_for_passphrase(&mut self, ask: PassphraseAsk) {
        self.passphrase = self.opening.take().map(|opening| (opening, ask));
    }

    pub(super) fn ask_passphrase(&mut self, ui: &mut Ui) {
        let Some((opening, ask)) = &mut self.passphrase else {
            return;
        };
        let name = opening
            .path()
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        match ask.show(ui, &name) {
            PassphraseAsked::Waiting => (),
            PassphraseAsked::Cancelled => self.passphrase = None,
            PassphraseAsked::Given(passphrase) => {
                let opening = opening.clone().with_passphrase(passphrase);
                self.passphrase = None;
                self.open(ui.ctx(), opening);
            }
        }
    }

    pub(super) fn show_picture(&mut self, ui: &mut Ui) -> Vec<Act> {
        let Some(dialog) = &mut self.picture else {
            return Vec::new();
        };
        let (acts, open) = dialog.show(ui);
        if !open {
            self.picture = None;
        }
        acts
    }
}
