//! Themes across audits: the golden thread. Themes down, audits in time order across, "7 of 9" in
//! each cell; behind every number its questions and answers.

use egui::{ScrollArea, Ui, Vec2};

use super::behind::BehindNumber;
use crate::analysis::Filter;
use crate::analysis::facts::{Basis, Facts};
use crate::analysis::summary::{ThemeAcross, themes_across};
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, share_tone, size, space};
use crate::ui::widgets::{self, HeatCell, badge, caption, card, hint};

/// What the table shows, and the number looked behind.
#[derive(Default)]
pub struct ThemesScreen {
    basis: Basis,
    weakest_first: bool,
    /// The counts drawn, and of which facts and basis they are.
    drawn: Option<((u64, Basis), Vec<ThemeAcross>)>,
    chosen: Option<(String, RecordId)>,
    behind: Option<BehindNumber>,
}

const ROW: f32 = 46.0;
const HEAD: f32 = 40.0;

impl ThemesScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session) -> Vec<Act> {
        let mut acts = Vec::new();
        let Some(facts) = session.facts() else {
            widgets::page(ui, 600.0, |ui| hint(ui, "Counting…"));
            return acts;
        };
        self.count(session.facts_version(), facts);
        if self.chosen.is_some() {
            self.side(ui, session, facts, &mut acts);
        }
        widgets::page(ui, 1160.0, |ui| {
            widgets::title(ui, "Themes across audits");
            hint(
                ui,
                "Answers that speak well of practice, out of all that count. Not applicable, not evidenced and unanswered are left out of both.",
            );
            ui.add_space(space::TIGHT);
            self.choices(ui);
            ui.add_space(space::NEAR);
            let themes = self.in_order();
            if themes.is_empty() {
                empty(ui);
                return;
            }
            golden_thread(ui, session, &themes);
            ui.add_space(space::NEAR);
            self.table(ui, session, &themes);
            ui.add_space(space::NEAR);
            caption(
                ui,
                "Tint: three quarters or more, half or more, less than half. It is not a grade: read the counts, and the answers behind them.",
            );
            ui.add_space(space::PART);
        });
        acts
    }

    fn count(&mut self, version: u64, facts: &Facts) {
        let key = (version, self.basis);
        if self.drawn.as_ref().is_none_or(|(drawn, _)| *drawn != key) {
            self.drawn = Some((key, themes_across(facts, self.basis, &Filter::default())));
            self.chosen = None;
            self.behind = None;
        }
    }

    fn choices(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            for (basis, words) in [
                (Basis::Agency, "Agencies' own answers"),
                (Basis::Panel, "Panel judgements"),
            ] {
                widgets::keep_in_view(&ui.radio_value(&mut self.basis, basis, words));
            }
            ui.separator();
            widgets::keep_in_view(&ui.checkbox(&mut self.weakest_first, "Weakest first"));
        });
    }

    fn in_order(&self) -> Vec<ThemeAcross> {
        let mut themes = self
            .drawn
            .as_ref()
            .map(|(_, themes)| themes.clone())
            .unwrap_or_default();
        if self.weakest_first {
            themes.sort_by(|a, b| {
                let (a, b) = (total(a), total(b));
                // favourable/scored compared without dividing; nothing scored goes last.
                (a.1 == 0)
                    .cmp(&(b.1 == 0))
                    .then((a.0 * b.1).cmp(&(b.0 * a.1)))
            });
        }
        themes
    }

    fn table(&mut self, ui: &mut Ui, session: &Session, themes: &[ThemeAcross]) {
        let register = session.register();
        let audits: Vec<RecordId> = themes[0].by_audit.iter().map(|(audit, _)| *audit).collect();
        let name_width = if ui.available_width() < 760.0 {
            160.0
        } else {
            250.0
        };
        let wide = ((ui.available_width() - name_width - 36.0) / audits.len() as f32 - 2.0)
            .clamp(92.0, 240.0);
        ScrollArea::horizontal().show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(2.0, 0.0);
            ui.horizontal(|ui| {
                ui.allocate_exact_size(Vec2::new(name_width, HEAD), egui::Sense::hover());
                for audit in &audits {
                    let title = register
                        .audits
                        .get(audit)
                        .map_or("", |audit| audit.title.as_str());
                    column_head(ui, title, wide);
                }
            });
            for theme in themes {
                ui.push_id(&theme.theme, |ui| {
                    ui.horizontal(|ui| self.row(ui, session, theme, name_width, wide));
                });
            }
        });
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        theme: &ThemeAcross,
        name_width: f32,
        wide: f32,
    ) {
        let name = theme_name(session, &theme.theme);
        ui.allocate_ui_with_layout(
            Vec2::new(name_width, ROW),
            egui::Layout::left_to_right(egui::Align::Center),
            |ui| {
                ui.set_min_size(Vec2::new(name_width, ROW));
                ui.spacing_mut().item_spacing.x = space::NEAR;
                let code = Vec2::new(30.0, ROW);
                let beside = egui::Layout::left_to_right(egui::Align::Center);
                ui.allocate_ui_with_layout(code, beside, |ui| {
                    ui.set_min_width(code.x);
                    caption(ui, &theme.theme);
                });
                ui.add(egui::Label::new(name).wrap());
            },
        );
        for (audit, heading) in &theme.by_audit {
            let title = session
                .register()
                .audits
                .get(audit)
                .map_or("", |audit| audit.title.as_str());
            let chosen = self.chosen.as_ref() == Some(&(theme.theme.clone(), *audit));
            let cell = HeatCell {
                place: &format!("{name}, {title}"),
                count: heading
                    .as_ref()
                    .map(|heading| (heading.favourable, heading.scored)),
                chosen,
            };
            let response = cell.show(ui, Vec2::new(wide, ROW));
            let response =
                match heading {
                    Some(heading) => response
                        .on_hover_text(blanks(heading.not_applicable, heading.not_evidenced)),
                    None => response
                        .on_hover_text("The tool of this audit does not ask about this theme."),
                };
            if response.clicked() {
                self.chosen = (!chosen).then(|| (theme.theme.clone(), *audit));
                self.behind = None;
            }
        }
    }

    fn side(&mut self, ui: &mut Ui, session: &Session, facts: &Facts, acts: &mut Vec<Act>) {
        let Some((theme, audit)) = self.chosen.clone() else {
            return;
        };
        if self.behind.is_none() {
            let filter = Filter {
                theme: Some(theme.clone()),
                ..Filter::default()
            };
            let of_audit = facts.audit(audit);
            self.behind = of_audit
                .and_then(|facts| BehindNumber::gather(session, facts, self.basis, &filter, None));
        }
        let title = session.register().audits.get(&audit);
        let title = title.map_or("", |audit| audit.title.as_str());
        let names = [theme_name(session, &theme), title];
        if BehindNumber::side(self.behind.as_ref(), ui, session, names, acts) {
            self.chosen = None;
        }
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

fn blanks(not_applicable: usize, not_evidenced: usize) -> String {
    format!("{not_applicable} not applicable, {not_evidenced} not evidenced on the record")
}

fn column_head(ui: &mut Ui, title: &str, width: f32) {
    ui.allocate_ui_with_layout(
        Vec2::new(width, HEAD),
        egui::Layout::bottom_up(egui::Align::Center),
        |ui| {
            ui.set_min_size(Vec2::new(width, HEAD));
            let text = widgets::strong(title).size(size::SMALL);
            ui.add(egui::Label::new(text).wrap().halign(egui::Align::Center));
        },
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

/// What runs through the audits, in words that fit the counts.
fn golden_thread(ui: &mut Ui, session: &Session, themes: &[ThemeAcross]) {
    let through = |tone: Tone| -> Vec<&str> {
        let runs = |theme: &&ThemeAcross| {
            let asked: Vec<_> = theme
                .by_audit
                .iter()
                .filter_map(|(_, h)| h.as_ref())
                .filter(|h| h.scored > 0)
                .collect();
            asked.len() >= 2
                && asked
                    .iter()
                    .all(|h| share_tone(h.favourable, h.scored) == tone)
        };
        let names = themes.iter().filter(runs).map(|theme| {
            session
                .catalogue()
                .theme(&theme.theme)
                .map_or(theme.theme.as_str(), |theme| theme.short.as_str())
        });
        names.collect()
    };
    let (strong, weak) = (through(Tone::Good), through(Tone::Poor));
    if strong.is_empty() && weak.is_empty() {
        return;
    }
    card(ui, |ui| {
        widgets::label(ui, "What runs through the audits");
        for (tone, icon, words, names) in [
            (
                Tone::Good,
                icons::DONE,
                "Three quarters or more in every audit that asked",
                strong,
            ),
            (
                Tone::Poor,
                icons::ATTENTION,
                "Less than half in every audit that asked",
                weak,
            ),
        ] {
            if !names.is_empty() {
                ui.horizontal_wrapped(|ui| {
                    caption(ui, words);
                    for name in names {
                        badge(ui, tone, icon, name);
                    }
                });
            }
        }
    });
}
