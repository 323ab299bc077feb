//! Other partnerships' themes beside one's own: counts only, read from their registers.

use std::path::{Path, PathBuf};

use egui::{Grid, TextEdit, Ui};

use super::behind::Number;
use crate::analysis::several::{PartnershipThemes, asked, themes_of};
use crate::analysis::{Basis, Filter};
use crate::domain::id::RecordId;
use crate::session::{self, OtherRegister, Session, Shown};
use crate::store::StoreError;
use crate::ui::act::{Act, PickFor};
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{
    self, caption, card, hint, label, notice, quiet, secondary, small_number,
};

/// Which register is to be added.
#[derive(Default)]
pub struct Partnerships {
    open: bool,
    path: String,
    passphrase: widgets::TypedSecret,
    needs_passphrase: bool,
    trouble: Option<String>,
}

impl Partnerships {
    /// A register was picked.
    pub fn picked(&mut self, path: &Path) {
        self.path = path.display().to_string();
    }

    /// The register that was added cannot be read, or not yet.
    pub fn refused(&mut self, path: &Path, error: &session::Error) {
        self.open = true;
        self.path = path.display().to_string();
        self.needs_passphrase = matches!(
            error,
            session::Error::Store(StoreError::NeedsPassphrase(_) | StoreError::WrongPassphrase(_))
        );
        self.trouble = Some(error.to_string());
    }

    /// Draws what is open and the way to add another; what is asked for, and which of one's own
    /// numbers was chosen.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        (basis, filter): (Basis, &Filter),
    ) -> (Vec<Act>, Option<(RecordId, Number)>) {
        let (mut acts, mut chosen) = (Vec::new(), None);
        let shown = (basis, filter.clone());
        let others = session.other_themes(&shown);
        if session.has_others() && others.is_empty() {
            acts.push(Act::ReadOthers(Box::new(shown.clone())));
        }
        if !others.is_empty() {
            self.trouble = self.trouble.take().filter(|_| self.open);
        }
        card(ui, |ui| {
            widgets::heading(ui, "Other partnerships");
            hint(
                ui,
                "Read from their registers as they are now; only counts are kept, and only while this window is open. Nothing is copied.",
            );
            for (at, own) in others.iter().enumerate() {
                ui.horizontal(|ui| {
                    ui.label(widgets::strong(&own.partnership));
                    caption(ui, &format!("{} audits", own.audits.len()));
                    let named = format!("Close {}", own.partnership);
                    if quiet(ui, icons::REMOVE, "Close")
                        .accessible_name(named)
                        .clicked()
                    {
                        acts.push(Act::CloseOther(at));
                    }
                });
            }
            self.add(ui, &shown, &mut acts);
        });
        if !others.is_empty() {
            ui.add_space(space::NEAR);
            card(ui, |ui| chosen = table(ui, session, &shown, others));
        }
        (acts, chosen)
    }

    fn add(&mut self, ui: &mut Ui, shown: &Shown, acts: &mut Vec<Act>) {
        if !self.open {
            self.open = secondary(ui, icons::ADD, "Add a register…").clicked();
            return;
        }
        label(ui, "Where the other register is");
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 130.0).max(120.0);
            let edit = TextEdit::singleline(&mut self.path).desired_width(width);
            ui.add(edit.margin(egui::Margin::symmetric(8, 6)))
                .accessible_name("Path of the other register");
            if secondary(ui, icons::FOLDER, "Choose…").clicked() {
                acts.push(Act::Pick(PickFor::Other));
            }
        });
        if self.needs_passphrase {
            widgets::TypedLine::new("Its passphrase")
                .secret()
                .show(ui, &mut self.passphrase);
        }
        if let Some(trouble) = &self.trouble {
            notice(ui, Tone::Poor, icons::ATTENTION, |ui| {
                widgets::paragraph(ui, trouble);
            });
        }
        ui.horizontal(|ui| {
            let ready = !self.path.trim().is_empty();
            let read = ui.add_enabled_ui(ready, |ui| secondary(ui, icons::OPEN, "Read it"));
            if read.inner.clicked() {
                let register = OtherRegister {
                    path: PathBuf::from(self.path.trim()),
                    passphrase: (!self.passphrase.is_empty()).then(|| self.passphrase.take()),
                };
                *self = Self::default();
                acts.push(Act::AddOther(register, Box::new(shown.clone())));
            }
            if quiet(ui, "", "Cancel").clicked() {
                *self = Self::default();
            }
        });
    }
}

/// Themes down, partnerships across; each count with its audit. Partnerships differ in sample, tool
/// and year, so that no direction is drawn between them.
fn table(
    ui: &mut Ui,
    session: &Session,
    (basis, filter): &Shown,
    others: &[PartnershipThemes],
) -> Option<(RecordId, Number)> {
    let facts = session.facts()?;
    let register = session.register();
    let own = PartnershipThemes::of(register, facts, *basis, filter);
    let all: Vec<PartnershipThemes> = [own].into_iter().chain(others.iter().cloned()).collect();
    widgets::heading(ui, "Themes by partnership");
    hint(
        ui,
        "Beside one another, never added up: samples, tools and years differ. Choose a count of your own to see its answers; whose answers stand behind another partnership's count is read in its own register.",
    );
    let mut chosen = None;
    widgets::sideways(ui, "partnerships", |ui| {
        let grid = Grid::new("partnerships")
            .num_columns(all.len() + 1)
            .spacing([18.0, 6.0]);
        grid.striped(true).show(ui, |ui| {
            heads(ui, &all);
            for theme in themes_of(&all) {
                let known = session.catalogue().theme(theme);
                let name = known.map_or(theme, |theme| theme.name.as_str());
                ui.label(name);
                for (at, partnership) in all.iter().enumerate() {
                    let audit = cell(ui, partnership, theme, at == 0);
                    chosen =
                        chosen.take().or(audit
                            .map(|audit| (audit, Number::counted(name, filter.of_theme(theme)))));
                }
                ui.end_row();
            }
        });
    });
    chosen
}

/// Width of a partnership's column, in points: its name wraps.
const COLUMN: f32 = 250.0;

fn heads(ui: &mut Ui, all: &[PartnershipThemes]) {
    caption(ui, "Theme");
    for own in all {
        ui.vertical(|ui| {
            ui.set_width(COLUMN);
            ui.add(egui::Label::new(widgets::strong(&own.partnership)).wrap());
            if own.worked_example && !own.partnership.contains("worked example") {
                caption(ui, "worked example");
            }
        });
    }
    ui.end_row();
}

/// The counts of one partnership on a theme, audit by audit; which of them was chosen, where their
/// answers are at hand.
fn cell(ui: &mut Ui, own: &PartnershipThemes, theme: &str, leads: bool) -> Option<RecordId> {
    let mut chosen = None;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.spacing_mut().interact_size.y = 16.0;
        let mut any = false;
        for (audit, heading) in asked(own, theme) {
            any = true;
            let (favourable, scored) = (heading.favourable, heading.scored);
            let words = crate::domain::score::count_words(favourable, scored);
            let line = format!("{words} · {}", audit.title);
            let name = format!("{theme}, {}, {}: {words}", own.partnership, audit.title);
            // In plain ink where it leads nowhere: nobody's practice is judged beside one's own.
            let clicked = small_number(ui, &line, &name, leads && scored > 0);
            chosen = chosen.or(clicked.then_some(audit.audit));
        }
        if !any {
            caption(ui, "not asked");
        }
    });
    chosen
}
