//! The heat table: themes down, audits across, each cell to look behind.

use egui::{Ui, Vec2};

use super::super::behind::Number;
use super::super::summary::change_sign;
use super::{NARROW, ThemesScreen, theme_name};
use crate::analysis::summary::ThemeAcross;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::fonts;
use crate::ui::route::Route;
use crate::ui::theme::{size, space};
use crate::ui::widgets::{self, HeatCell, caption};

const ROW: f32 = 46.0;
const HEAD: f32 = 40.0;

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
            _ if narrow => (124.0, 88.0),
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
    pub(super) fn table(
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
