//! Themes across audits: the golden thread. Themes down, audits in time order across, "7 of 9" in
//! each cell; behind every number its questions and answers.

mod golden_thread;
mod picture;
mod table;

use std::path::Path;

use egui::Ui;

use super::behind::BehindSide;
use super::filter_bar::FilterBar;
use super::partnerships::Partnerships;
use crate::analysis::comparison::{Change, Compared, audit_before, compare};
use crate::analysis::facts::{Basis, Facts};
use crate::analysis::summary::{ThemeAcross, themes_across};
use crate::analysis::{Filter, FilterField};
use crate::domain::id::RecordId;
use crate::session::{self, Session};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::space;
use crate::ui::widgets::{self, caption, card, hint, quiet};

/// In which order the themes stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Order {
    /// T01 first.
    #[default]
    Number,
    /// By name.
    Name,
    /// The weakest over all audits first.
    Weakest,
    /// What became worse first, then what became better.
    Change,
}

impl Order {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Number, "In theme order"),
        (Self::Name, "By name"),
        (Self::Weakest, "Weakest first"),
        (Self::Change, "By change"),
    ];
}

/// What the table shows, and the number looked behind.
#[derive(Default)]
pub struct ThemesScreen {
    bar: FilterBar,
    order: Order,
    drawn: Option<(Key, Drawn)>,
    behind: BehindSide,
    partnerships: Partnerships,
}

type Key = (u64, u64, Basis, Filter);

/// The counts, and how each audit stands to the one before it.
struct Drawn {
    themes: Vec<ThemeAcross>,
    changes: Vec<BesideBefore>,
}

/// An audit beside the one before it with the same tool.
struct BesideBefore {
    audit: RecordId,
    before: RecordId,
    themes: Vec<Compared>,
}

impl Drawn {
    /// How a theme of an audit stands to the audit before, and which one that is.
    fn change(&self, theme: &str, audit: RecordId) -> Option<(RecordId, &Compared)> {
        let beside = self.changes.iter().find(|own| own.audit == audit)?;
        let own = beside.themes.iter().find(|own| own.id == theme)?;
        Some((beside.before, own))
    }

    /// 0 where a theme became worse, 1 where it became better, 2 otherwise.
    fn change_rank(&self, theme: &str) -> usize {
        let own = self.changes.iter().flat_map(|beside| &beside.themes);
        let ranks = own
            .filter(|own| own.id == theme)
            .map(|own| match own.change {
                Change::Worse => 0,
                Change::Improved => 1,
                _ => 2,
            });
        ranks.min().unwrap_or(3)
    }
}

/// Below this a page is narrow, in points: large on a small screen, with something beside it.
const NARROW: f32 = 600.0;

impl ThemesScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session) -> Vec<Act> {
        let mut acts = Vec::new();
        let Some(facts) = session.facts() else {
            widgets::page(ui, 600.0, |ui| hint(ui, "Counting…"));
            return acts;
        };
        self.bar
            .show(ui, session, &facts.audits, &FilterField::ACROSS);
        self.count(session, facts);
        self.behind.show(ui, session, self.bar.basis, &mut acts);
        widgets::page(ui, 1160.0, |ui| {
            widgets::title(ui, "Themes across audits");
            hint(
                ui,
                "Answers that speak well of practice, out of all that count. Not applicable, not evidenced and unanswered are left out of both.",
            );
            ui.add_space(space::TIGHT);
            let themes = self.in_order(session);
            self.choices(ui, session, &themes, &mut acts);
            ui.add_space(space::NEAR);
            if themes.is_empty() {
                empty(ui);
                return;
            }
            // Where there is little room the table comes first.
            let narrow = ui.available_width() < NARROW;
            if !narrow {
                golden_thread::show(ui, session, &themes);
                ui.add_space(space::NEAR);
            }
            widgets::step_key(ui);
            self.table(ui, session, &themes, &mut acts);
            arrows(ui);
            ui.add_space(space::NEAR);
            if narrow {
                golden_thread::show(ui, session, &themes);
                ui.add_space(space::NEAR);
            }
            let shown = (self.bar.basis, &self.bar.filter);
            let (asked, number) = self.partnerships.show(ui, session, shown);
            acts.extend(asked);
            if let Some((audit, number)) = number {
                self.behind.choose(audit, number);
            }
            ui.add_space(space::PART);
        });
        acts
    }

    /// Another register was picked.
    pub fn picked(&mut self, path: &Path) {
        self.partnerships.picked(path);
    }

    /// Another register cannot be read, or not without a passphrase.
    pub fn refused(&mut self, path: &Path, error: &session::Error) {
        self.partnerships.refused(path, error);
    }

    fn count(&mut self, session: &Session, facts: &Facts) {
        let (basis, filter) = (self.bar.basis, &self.bar.filter);
        let (version, revision) = (session.facts_version(), session.revision());
        let key = (version, revision, basis, filter.clone());
        if self.drawn.as_ref().is_some_and(|(drawn, _)| *drawn == key) {
            return;
        }
        let register = session.register();
        let beside = |audit: RecordId| {
            let before = audit_before(register, facts, audit)?;
            let compared = compare(register, facts, before, audit, basis, filter)?;
            let themes = compared.themes;
            Some(BesideBefore {
                audit,
                before,
                themes,
            })
        };
        let audits = facts.audits.iter().map(|own| own.audit);
        let drawn = Drawn {
            themes: themes_across(facts, basis, filter),
            changes: audits.filter_map(beside).collect(),
        };
        self.drawn = Some((key, drawn));
        self.behind.close();
    }

    fn choices(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        themes: &[ThemeAcross],
        acts: &mut Vec<Act>,
    ) {
        ui.horizontal_wrapped(|ui| {
            for (order, words) in Order::ALL {
                widgets::keep_in_view(&ui.radio_value(&mut self.order, order, words));
            }
            ui.add_space(space::NEAR);
            if !themes.is_empty() && quiet(ui, icons::EXPORT, "Picture…").clicked() {
                let picture = self.picture_of(session, themes).draw();
                acts.push(Act::ShowPicture(Box::new(picture)));
            }
            if !themes.is_empty() && quiet(ui, icons::EXPORT, "Export what is shown").clicked() {
                let filter = Box::new(self.bar.filter.clone());
                acts.push(Act::ExportPart(None, self.bar.basis, filter));
            }
        });
    }

    fn in_order(&self, session: &Session) -> Vec<ThemeAcross> {
        let Some((_, drawn)) = &self.drawn else {
            return Vec::new();
        };
        let mut themes = drawn.themes.clone();
        match self.order {
            Order::Number => (),
            Order::Name => {
                let name = |own: &ThemeAcross| theme_name(session, &own.theme).to_owned();
                themes.sort_by_key(name);
            }
            Order::Weakest => themes.sort_by(|a, b| {
                let (a, b) = (total(a), total(b));
                // favourable/scored compared without dividing; nothing scored goes last.
                (a.1 == 0)
                    .cmp(&(b.1 == 0))
                    .then((a.0 * b.1).cmp(&(b.0 * a.1)))
            }),
            Order::Change => themes.sort_by_key(|own| drawn.change_rank(&own.theme)),
        }
        themes
    }
}

fn theme_name<'a>(session: &'a Session, id: &'a str) -> &'a str {
    session
        .catalogue()
        .theme(id)
        .map_or(id, |theme| theme.name.as_str())
}

fn total(theme: &ThemeAcross) -> (usize, usize) {
    let headings = theme
        .by_audit
        .iter()
        .filter_map(|(_, heading)| heading.as_ref());
    headings.fold((0, 0), |sum, heading| {
        (sum.0 + heading.favourable, sum.1 + heading.scored)
    })
}

/// When there is an arrow in a cell.
fn arrows(ui: &mut Ui) {
    caption(
        ui,
        "An arrow stands where an audit clearly differs from the one before it with the same tool, over the questions both ask; with fewer than 20 answers in either there is none.",
    );
}

fn empty(ui: &mut Ui) {
    card(ui, |ui| {
        widgets::heading(ui, "Nothing to count yet");
        hint(
            ui,
            "Themes appear here as soon as the first form of an audit is submitted. Only submitted forms count.",
        );
    });
}
