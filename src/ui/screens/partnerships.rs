//! Other partnerships' themes beside one's own: counts only, read from their registers.

use std::path::{Path, PathBuf};

use egui::{Grid, TextEdit, Ui};

use crate::analysis::Basis;
use crate::analysis::several::{PartnershipThemes, asked, themes_of};
use crate::session::{self, OtherRegister, Session};
use crate::store::{Passphrase, StoreError};
use crate::ui::act::{Act, PickFor};
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, size, space};
use crate::ui::widgets::{self, caption, card, hint, notice, quiet, secondary};

/// Which register is to be added.
#[derive(Default)]
pub struct Partnerships {
    open: bool,
    path: String,
    passphrase: String,
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
        self.path = path.display().to_string();
        self.needs_passphrase = matches!(
            error,
            session::Error::Store(StoreError::NeedsPassphrase(_) | StoreError::WrongPassphrase(_))
        );
        self.trouble = Some(error.to_string());
    }

    /// Draws what is open and the way to add another.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, basis: Basis) -> Vec<Act> {
        let mut acts = Vec::new();
        let others = session.other_themes(basis);
        if session.has_others() && others.is_empty() {
            acts.push(Act::ReadOthers(basis));
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
            self.add(ui, basis, &mut acts);
        });
        if !others.is_empty() {
            ui.add_space(space::NEAR);
            card(ui, |ui| table(ui, session, basis, others));
        }
        acts
    }

    fn add(&mut self, ui: &mut Ui, basis: Basis, acts: &mut Vec<Act>) {
        if !self.open {
            self.open = secondary(ui, icons::ADD, "Add a register…").clicked();
            return;
        }
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
                let typed = std::mem::take(&mut self.passphrase);
                let register = OtherRegister {
                    path: PathBuf::from(self.path.trim()),
                    passphrase: (!typed.is_empty()).then(|| Passphrase::new(typed)),
                };
                *self = Self {
                    open: true,
                    ..Self::default()
                };
                acts.push(Act::AddOther(register, basis));
            }
            if quiet(ui, "", "Done").clicked() {
                *self = Self::default();
            }
        });
    }
}

/// Themes down, partnerships across; each count with its audit. Partnerships differ in sample, tool
/// and year, so that no direction is drawn between them.
fn table(ui: &mut Ui, session: &Session, basis: Basis, others: &[PartnershipThemes]) {
    let Some(facts) = session.facts() else {
        return;
    };
    let register = session.register();
    let own = PartnershipThemes::of(register, facts, basis, &Default::default());
    let all: Vec<&PartnershipThemes> = [&own].into_iter().chain(others).collect();
    widgets::heading(ui, "Themes by partnership");
    hint(
        ui,
        "Beside one another, never added up: samples, tools and years differ. Whose answers stand behind another partnership's count is read in its own register.",
    );
    let everything: Vec<PartnershipThemes> = all.iter().map(|own| (*own).clone()).collect();
    widgets::sideways(ui, "partnerships", |ui| {
        let grid = Grid::new("partnerships")
            .num_columns(all.len() + 1)
            .spacing([18.0, 6.0]);
        grid.striped(true).show(ui, |ui| {
            caption(ui, "Theme");
            for own in &all {
                let example = if own.worked_example {
                    " (worked example)"
                } else {
                    ""
                };
                ui.label(widgets::strong(&format!("{}{example}", own.partnership)));
            }
            ui.end_row();
            for theme in themes_of(&everything) {
                let known = session.catalogue().theme(theme);
                ui.label(known.map_or(theme, |theme| theme.name.as_str()));
                all.iter().for_each(|own| cell(ui, own, theme));
                ui.end_row();
            }
        });
    });
}

fn cell(ui: &mut Ui, own: &PartnershipThemes, theme: &str) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let mut any = false;
        for (audit, heading) in asked(own, theme) {
            any = true;
            let (favourable, scored) = (heading.favourable, heading.scored);
            let ink = Palette::of(ui.ctx()).share(favourable, scored).ink;
            let words = crate::domain::score::count_words(favourable, scored);
            let line = format!("{words} · {}", audit.title);
            ui.label(egui::RichText::new(line).size(size::SMALL).color(ink))
                .accessible_name(format!(
                    "{theme}, {}, {}: {words}",
                    own.partnership, audit.title
                ));
        }
        if !any {
            caption(ui, "not asked");
        }
    });
}
