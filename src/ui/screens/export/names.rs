//! Texts of an export that may identify somebody: looked at by a person before it is written.

use egui::Ui;

use super::kind::Kind;
use crate::analysis::Filter;
use crate::domain::id::RecordId;
use crate::session::Year;
use crate::session::jobs::StillMarked;
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, hint, notice};

/// What of an export decides which texts go out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chosen {
    pub(super) kind: Kind,
    pub(super) audit: Option<RecordId>,
    pub(super) with_notes: bool,
    pub(super) publish: bool,
    pub(super) agency: Option<String>,
    pub(super) case: Option<String>,
    pub(super) year: Option<Year>,
    pub(super) filter: Filter,
}

/// What is still marked, and whether a person said yes to it.
#[derive(Default)]
pub(super) struct NamesToCheck {
    pub(super) marked: Vec<StillMarked>,
    ticked: bool,
    asked_for: Option<Chosen>,
}

impl NamesToCheck {
    /// The export is asked for; says whether a person looked at its names. A yes holds for the
    /// export whose list was shown, and once.
    pub(super) fn ask(&mut self, chosen: Chosen) -> bool {
        let shown = self.asked_for.as_ref() == Some(&chosen) && !self.marked.is_empty();
        self.asked_for = Some(chosen);
        self.marked.clear();
        std::mem::take(&mut self.ticked) && shown
    }

    /// Lists them, with the tick that is needed before the export is written.
    pub(super) fn show(&mut self, ui: &mut Ui) {
        if self.marked.is_empty() {
            return;
        }
        notice(ui, Tone::Mixed, icons::ATTENTION, |ui| {
            let heading = match self.marked.len() {
                1 => "Nothing was written: one text may identify somebody".to_owned(),
                count => format!("Nothing was written: {count} texts may identify somebody"),
            };
            ui.label(widgets::strong(&heading));
            for marked in &self.marked {
                let words = format!("{}: {}", marked.place, marked.warning);
                ui.add(egui::Label::new(words).wrap());
            }
            hint(
                ui,
                "Change them where they stand, or say that they identify nobody and write the export again.",
            );
            let words = "I looked at each of these: nobody is identified";
            widgets::keep_in_view(&ui.checkbox(&mut self.ticked, words));
        });
        ui.add_space(space::NEAR);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_holds_for_the_export_whose_list_was_shown() {
        let chosen = Chosen {
            kind: Kind::Annual,
            audit: None,
            with_notes: false,
            publish: false,
            agency: Some("GP".into()),
            case: None,
            year: "2019-20".parse().ok(),
            filter: Filter::default(),
        };
        let others = [
            Chosen {
                year: "2020-21".parse().ok(),
                ..chosen.clone()
            },
            Chosen {
                agency: Some("POL".into()),
                ..chosen.clone()
            },
            Chosen {
                case: Some("NEG19-01".into()),
                ..chosen.clone()
            },
            Chosen {
                publish: true,
                ..chosen.clone()
            },
        ];
        let said_yes = |first: &Chosen, then: &Chosen| {
            let mut names = NamesToCheck::default();
            assert!(!names.ask(first.clone()));
            names.marked = vec![StillMarked {
                place: "place".into(),
                warning: "words".into(),
            }];
            names.ticked = true;
            names.ask(then.clone())
        };
        assert!(said_yes(&chosen, &chosen));
        for other in &others {
            assert!(!said_yes(&chosen, other), "{other:?}");
        }
    }
}
