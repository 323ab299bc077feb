//! Sending the return back: a checked copy under a clear name, and what to do with it.

use egui::Ui;

use crate::session::{Session, ToSend};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, hint, notice, primary, quiet};

/// The button.
pub(super) fn send(ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
    widgets::heading(ui, "Send it back");
    let forms = session.register().forms.values();
    let open = forms.filter(|form| form.status.is_open()).count();
    let words = match open {
        0 => "Every form is finished.".to_owned(),
        1 => format!("1 form is not finished. {AGAIN}"),
        open => format!("{open} forms are not finished. {AGAIN}"),
    };
    hint(ui, &words);
    if primary(ui, icons::EXPORT, "Save my return to send").clicked() {
        acts.push(Act::SaveToSend);
    }
}

const AGAIN: &str = "You can send the return now, and again when the rest is finished.";

/// Where the copy is, and what to do next.
pub(super) fn saved(ui: &mut Ui, saved: Option<&ToSend>, acts: &mut Vec<Act>) {
    let Some(saved) = saved else { return };
    notice(ui, Tone::Good, icons::DONE, |ui| {
        ui.label(widgets::strong("Your return is ready to be sent"));
        let words = format!(
            "It is {}. It was opened and checked after it was written.",
            saved.path.display()
        );
        ui.add(egui::Label::new(words).wrap());
        if !saved.unfinished.is_empty() {
            let words = format!("Not finished in it: {}.", saved.unfinished.join(", "));
            ui.add(egui::Label::new(words).wrap());
        }
        hint(
            ui,
            "Send this file by secure e-mail to whoever sent you yours. If it has a passphrase, it is the same one; do not put it in the same message. Keep your own file until the audit is closed.",
        );
        if quiet(ui, icons::FOLDER, "Show it in its folder").clicked() {
            acts.push(Act::ShowInFolder(saved.path.clone()));
        }
    });
    ui.add_space(space::NEAR);
}
