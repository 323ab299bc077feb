//! Small dialogs that ask for one thing: a reason, a yes, a passphrase.

use egui::{Id, Modal, TextEdit, Ui};

use crate::store::Passphrase;
use crate::ui::icons;
use crate::ui::theme::space;
use crate::ui::widgets::{
    TypedSecret, dangerous, forget_typed, heading, hint, identifying, label, paragraph, primary,
    secondary,
};

/// What came of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Still open.
    Waiting,
    /// Closed without an answer.
    Cancelled,
    /// Answered, with the words typed.
    Answered(String),
}

/// Asks for a text (a reason) or, without a field, for a yes.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Heading.
    pub heading: String,
    /// What it means to say yes.
    pub explanation: String,
    /// The label of the field; no field when empty.
    pub field: &'static str,
    /// The verb on the button.
    pub yes: &'static str,
    takes_away: bool,
    text: String,
    shown: bool,
}

const WIDTH: f32 = 460.0;

impl Ask {
    /// A dialog that has not been shown yet.
    pub fn new(
        heading: impl Into<String>,
        explanation: impl Into<String>,
        field: &'static str,
        yes: &'static str,
    ) -> Self {
        Self {
            heading: heading.into(),
            explanation: explanation.into(),
            field,
            yes,
            takes_away: false,
            text: String::new(),
            shown: false,
        }
    }

    /// To say yes takes something away: the button shows it, and Enter or Space alone does not do it.
    pub fn destructive(self) -> Self {
        Self {
            takes_away: true,
            ..self
        }
    }

    /// Draws it over everything else.
    pub fn show(&mut self, ui: &mut Ui) -> Asked {
        let mut asked = Asked::Waiting;
        let modal = Modal::new(Id::unique("ask")).show(ui.ctx(), |ui| {
            ui.set_width(WIDTH);
            heading(ui, &self.heading);
            paragraph(ui, &self.explanation);
            if !self.field.is_empty() {
                label(ui, self.field);
                let edit = TextEdit::multiline(&mut self.text)
                    .desired_rows(3)
                    .desired_width(f32::INFINITY);
                let response = ui.add(edit).accessible_name(self.field);
                identifying(ui, self.field, &self.text);
                if !self.shown {
                    response.request_focus();
                }
            }
            ui.add_space(space::NEAR);
            let ready = self.field.is_empty() || !self.text.trim().is_empty();
            ui.horizontal(|ui| asked = self.buttons(ui, ready));
        });
        self.shown = true;
        if modal.should_close() && asked == Asked::Waiting {
            asked = Asked::Cancelled;
        }
        asked
    }

    fn buttons(&self, ui: &mut Ui, ready: bool) -> Asked {
        let button = match self.takes_away {
            true => dangerous,
            false => primary,
        };
        let yes = ui.add_enabled_ui(ready, |ui| button(ui, "", self.yes));
        let no = secondary(ui, "", "Cancel");
        if self.field.is_empty() && !self.shown {
            match self.takes_away {
                true => no.request_focus(),
                false => yes.inner.request_focus(),
            }
        }
        if yes.inner.clicked() {
            Asked::Answered(self.text.trim().to_owned())
        } else if no.clicked() {
            Asked::Cancelled
        } else {
            Asked::Waiting
        }
    }
}

/// What came of asking for a passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassphraseAsked {
    /// Still open.
    Waiting,
    /// Closed without an answer.
    Cancelled,
    /// The passphrase.
    Given(Passphrase),
}

/// Asks for the passphrase of a file.
#[derive(Default)]
pub struct PassphraseAsk {
    text: TypedSecret,
    shown: bool,
    wrong: bool,
}

impl PassphraseAsk {
    /// Asks again.
    pub fn after_a_wrong_one() -> Self {
        Self {
            wrong: true,
            ..Self::default()
        }
    }

    /// Draws it over everything else.
    pub fn show(&mut self, ui: &mut Ui, file: &str) -> PassphraseAsked {
        let mut asked = PassphraseAsked::Waiting;
        let modal = Modal::new(Id::unique("passphrase")).show(ui.ctx(), |ui| {
            ui.set_width(WIDTH);
            heading(ui, &format!("{}  {file} is protected", icons::LOCKED));
            if self.wrong {
                hint(ui, "That passphrase does not open it. Try again.");
            }
            label(ui, "Passphrase");
            let edit = TextEdit::singleline(&mut *self.text)
                .password(true)
                .desired_width(f32::INFINITY);
            let response = ui.add(edit);
            if !self.shown {
                response.request_focus();
            }
            let entered =
                response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let field = response.id;
            response.accessible_name("Passphrase");
            ui.add_space(space::NEAR);
            ui.horizontal(|ui| {
                if primary(ui, "", "Open the file").clicked() || entered {
                    asked = PassphraseAsked::Given(self.text.take());
                }
                if secondary(ui, "", "Cancel").clicked() {
                    asked = PassphraseAsked::Cancelled;
                }
            });
            if asked != PassphraseAsked::Waiting {
                forget_typed(ui.ctx(), field);
            }
        });
        self.shown = true;
        if modal.should_close() && asked == PassphraseAsked::Waiting {
            asked = PassphraseAsked::Cancelled;
        }
        asked
    }
}
