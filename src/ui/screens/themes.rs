//! Themes across audits: the golden thread. Themes down, audits in time order across, "7 of 9" in
//! each cell; behind every number its questions and answers.

use std::path::Path;

use egui::{Ui, Vec2};

use super::behind::{BehindSide, Number};
use super::filter_bar::FilterBar;
use super::partnerships::Partnerships;
use super::summary::change_sign;
use crate::analysis::comparison::{Change, Compared, audit_before, compare};
use crate::analysis::facts::{Basis, Facts};
use crate::analysis::summary::{ThemeAcross, themes_across};
use crate::analysis::{Filter, FilterField};
use crate::domain::id::RecordId;
use crate::exchange::chart;
use crate::session::{self, Session};
use crate::ui::act::Act;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, share_tone, size, space};
use crate::ui::widgets::{self, HeatCell, badge, caption, card, hint, quiet};

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
        (Self::Number, "By number"),
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

const ROW: f32 = 46.0;
const HEAD: f32 = 40.0;

/// Below this a page is narrow, in points: large on a small screen, with something beside it.
const NARROW: f32 = 600.0;

/// How wide the columns of the table are, in points.
#[derive(Clone, Copy)]
struct Widths {
    name: f32,
    cell: f32,
    narrow: bool,
}

impl Widths {
    /// As the room allows; where it does not, as many audits as can be read stay in sight.
    fn of(room: f32, audits: usize) -> Self {
        let narrow = room < NARROW;
        let (name, least) = match room {
            _ if narrow => (124.0, 74.0),
            room if room < 760.0 => (160.0, 92.0),
            _ => (250.0, 92.0),
        };
        let cell = (room - name - 16.0) / audits as f32 - 2.0;
        Self {
            name,
            cell: cell.clamp(least, 240.0),
            narrow,
        }
    }

    /// How high the titles of the audits are.
    fn head(self) -> f32 {
        if self.narrow { HEAD + 16.0 } else { HEAD }
    }
}

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
                golden_thread(ui, session, &themes);
                ui.add_space(space::NEAR);
            }
            self.table(ui, session, &themes, &mut acts);
            ui.add_space(space::NEAR);
            if narrow {
                golden_thread(ui, session, &themes);
                ui.add_space(space::NEAR);
            }
            caption(
                ui,
                "Tint: three quarters or more, half or more, less than half. It is not a grade: read the counts, and the answers behind them. An arrow stands where an audit clearly differs from the one before it with the same tool, over the questions both ask; with fewer than 20 answers in either there is none.",
            );
            ui.add_space(space::NEAR);
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
            ui.separator();
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

    fn table(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        themes: &[ThemeAcross],
        acts: &mut Vec<Act>,
    ) {
        let register = session.register();
        let audits: Vec<RecordId> = themes[0].by_audit.iter().map(|(audit, _)| *audit).collect();
        let widths = Widths::of(ui.available_width(), audits.len());
        widgets::sideways(ui, "themes", |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(2.0, 0.0);
            ui.horizontal(|ui| {
                let corner = Vec2::new(widths.name, widths.head());
                ui.allocate_exact_size(corner, egui::Sense::hover());
                for audit in &audits {
                    let title = register
                        .audits
                        .get(audit)
                        .map_or("", |audit| audit.title.as_str());
                    if column_head(ui, title, Vec2::new(widths.cell, widths.head())) {
                        acts.push(Act::Go(Route::Summary(*audit)));
                    }
                }
            });
            for theme in themes {
                ui.push_id(&theme.theme, |ui| {
                    ui.horizontal(|ui| self.row(ui, session, theme, widths, acts));
                });
            }
        });
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        theme: &ThemeAcross,
        widths: Widths,
        acts: &mut Vec<Act>,
    ) {
        let name = theme_name(session, &theme.theme);
        ui.allocate_ui_with_layout(
            Vec2::new(widths.name, ROW),
            egui::Layout::left_to_right(egui::Align::Center),
            |ui| {
                ui.set_min_size(Vec2::new(widths.name, ROW));
                ui.spacing_mut().item_spacing.x = space::NEAR;
                if !widths.narrow {
                    let code = Vec2::new(30.0, ROW);
                    let beside = egui::Layout::left_to_right(egui::Align::Center);
                    ui.allocate_ui_with_layout(code, beside, |ui| {
                        ui.set_min_width(code.x);
                        caption(ui, &theme.theme);
                    });
                }
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Wrap);
                let points = if widths.narrow {
                    size::SMALL
                } else {
                    size::BODY
                };
                let colour = ui.visuals().hyperlink_color;
                let words = egui::RichText::new(name).size(points).color(colour);
                let link = ui.add(egui::Link::new(words));
                widgets::keep_in_view(&link);
                if link.clicked() {
                    let filter = Box::new(self.bar.filter.clone());
                    let theme = theme.theme.clone();
                    acts.push(Act::GoToTheme(theme, self.bar.basis, filter));
                }
            },
        );
        for (audit, heading) in &theme.by_audit {
            let title = session
                .register()
                .audits
                .get(audit)
                .map_or("", |audit| audit.title.as_str());
            let (heading_of, cell) = (heading.as_ref(), self.cell(session, theme, *audit));
            let place = format!("{name}, {title}");
            let cell = HeatCell {
                place: &place,
                count: heading_of.map(|heading| (heading.favourable, heading.scored)),
                ..cell
            };
            let change = cell.change.as_ref().map(|(.., words)| words.clone());
            let response = cell.show(ui, Vec2::new(widths.cell, ROW));
            let response = match heading_of {
                Some(heading) => response.on_hover_text(format!(
                    "{}\n{}",
                    blanks(heading.not_applicable, heading.not_evidenced),
                    change.unwrap_or_default()
                )),
                None => {
                    response.on_hover_text("The tool of this audit does not ask about this theme.")
                }
            };
            if response.clicked() {
                let filter = self.bar.filter.of_theme(&theme.theme);
                let number = Number::counted(name, filter).about(title);
                self.behind.choose(*audit, number);
            }
        }
    }

    /// The table as a picture for a paper.
    fn picture_of(&self, session: &Session, themes: &[ThemeAcross]) -> chart::HeatTable {
        let register = session.register();
        let title = |audit: &RecordId| {
            let audit = register.audits.get(audit);
            audit.map_or_else(String::new, |audit| audit.title.clone())
        };
        let rows = themes.iter().map(|theme| chart::HeatRow {
            label: theme_name(session, &theme.theme).to_owned(),
            cells: theme
                .by_audit
                .iter()
                .map(|(_, heading)| match heading {
                    Some(own) => chart::HeatCell::counted(own.favourable, own.scored),
                    None => chart::HeatCell::NotAsked,
                })
                .collect(),
        });
        let whose = match self.bar.basis {
            Basis::Agency => "agencies’ own answers",
            Basis::Panel => "panel judgements",
        };
        let all = session.facts().map_or(&[][..], |facts| &facts.audits);
        let only = self.bar.filter.in_words(all, register, session.catalogue());
        let only = only.map_or_else(String::new, |words| format!(" (only {words})"));
        let audits = themes.first().map_or(&[][..], |theme| &theme.by_audit);
        chart::HeatTable {
            title: format!("Themes across audits, {whose}{only}"),
            columns: audits.iter().map(|(audit, _)| title(audit)).collect(),
            rows: rows.collect(),
        }
    }

    /// Whether a cell is looked behind, and how it stands to the audit before.
    fn cell(&self, session: &Session, theme: &ThemeAcross, audit: RecordId) -> HeatCell<'static> {
        let chosen = self.behind.chosen().is_some_and(|(of, number)| {
            *of == audit && number.title == theme_name(session, &theme.theme)
        });
        let drawn = self.drawn.as_ref().map(|(_, drawn)| drawn);
        let change = drawn.and_then(|drawn| drawn.change(&theme.theme, audit));
        let change = change.and_then(|(before, compared)| {
            let (icon, tone) = change_sign(compared.change);
            let title = &session.register().audits.get(&before)?.title;
            let words = format!("beside {title}: {}", compared.words());
            Some((icon, tone, words))
        });
        HeatCell {
            place: "",
            count: None,
            chosen,
            change,
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

/// The audit's title in two or three lines, which leads to its summary.
fn column_head(ui: &mut Ui, title: &str, room: Vec2) -> bool {
    ui.allocate_ui_with_layout(room, egui::Layout::bottom_up(egui::Align::Center), |ui| {
        ui.set_min_size(room);
        let font = egui::FontId::new(size::SMALL, fonts::strong());
        let format = egui::TextFormat::simple(font, ui.visuals().text_color());
        let mut text = egui::text::LayoutJob::single_section(title.to_owned(), format);
        text.wrap.max_width = room.x;
        text.wrap.max_rows = if room.y > HEAD { 3 } else { 2 };
        text.halign = egui::Align::Center;
        let link = ui.add(egui::Link::new(text)).on_hover_text(title);
        widgets::keep_in_view(&link);
        link.accessible_name(format!("Summary of {title}"))
            .clicked()
    })
    .inner
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
