//! Every audit's forms: until when they are kept, what holds them, which are due.

use egui::Ui;
use egui_extras::{Column, TableBuilder};

use crate::domain::dates::written_date;
use crate::session::Session;
use crate::session::command::{Command, RetentionCommand};
use crate::session::jobs::Kept;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, badge, caption, card, hint, label, link, paragraph, secondary};

/// The period as it is typed.
#[derive(Default)]
pub(super) struct ListPage {
    months: Option<String>,
    wrong: bool,
}

impl ListPage {
    pub(super) fn show(&mut self, ui: &mut Ui, session: &Session) -> Vec<Act> {
        let mut acts = Vec::new();
        widgets::page(ui, 980.0, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            widgets::title(ui, "How long forms are kept");
            paragraph(
                ui,
                "When their time is over, the forms of an audit can be removed for good: cases, answers, notes, dates and judgements, with their whole history. The audit, its findings and actions stay. Nothing is removed by itself.",
            );
            ui.add_space(space::NEAR);
            card(ui, |ui| self.period(ui, session, &mut acts));
            ui.add_space(space::NEAR);
            card(ui, |ui| table(ui, session.kept_forms(), &mut acts));
            ui.add_space(space::PART);
        });
        acts
    }

    fn period(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        let register = session.register();
        let kept = register.partnership().and_then(|own| own.keep_months);
        let kept = kept.map(|months| months.to_string()).unwrap_or_default();
        widgets::heading(ui, "Period of your partnership");
        hint(
            ui,
            "No law names one: your partnership sets it. 12 months after the actions are done is usual.",
        );
        label(ui, "Months after an audit is closed");
        caption(
            ui,
            "An audit that is closed from now on gets its date from this. Leave it empty to set each date by hand.",
        );
        ui.horizontal(|ui| {
            let months = self.months.get_or_insert_with(|| kept.clone());
            let edit = egui::TextEdit::singleline(months)
                .desired_width(56.0)
                .char_limit(4)
                .margin(egui::Margin::symmetric(8, 6));
            let response = ui.add_enabled(!session.file().read_only, edit);
            widgets::keep_in_view(&response);
            response.accessible_name("Months after an audit is closed");
            let changed = months.trim() != kept;
            let set = ui.add_enabled_ui(changed, |ui| secondary(ui, "", "Set the period"));
            if set.inner.clicked() {
                let given = Some(months.trim()).filter(|text| !text.is_empty());
                let given = given.map(str::parse).transpose();
                self.wrong = given.is_err();
                if let Ok(months) = given {
                    let command = RetentionCommand::Period(months);
                    acts.push(Act::Do(Command::Retention(command)));
                }
            }
        });
        if self.wrong {
            let ink = crate::ui::theme::Palette::of(ui.ctx()).tone(Tone::Poor).ink;
            ui.colored_label(ink, "Give a whole number of months, such as 12.");
        }
    }
}

const ROW: f32 = 36.0;
/// Between the numbers and the dates beside them, in points.
const APART: f32 = 24.0;

fn table(ui: &mut Ui, mut kept: Vec<Kept>, acts: &mut Vec<Act>) {
    // Newest first, as everywhere.
    kept.reverse();
    if kept.is_empty() {
        hint(ui, "There is no audit yet.");
        return;
    }
    // State, forms, kept until, badge; closer together where there is little room.
    let widths = match ui.available_width() > 840.0 {
        true => [120.0, 110.0, 130.0, 190.0],
        false => [126.0, 74.0, 96.0, 150.0],
    };
    let table = TableBuilder::new(ui)
        .vscroll(false)
        .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
        .column(Column::remainder().at_least(240.0).clip(true))
        .column(Column::exact(widths[0]))
        .column(Column::exact(widths[1]))
        .column(Column::exact(widths[2]))
        .column(Column::exact(widths[3]));
    let table = table.header(28.0, |mut header| {
        for words in ["Audit", "State", "Forms", "Kept until", ""] {
            header.col(|ui| match words {
                "Forms" => widgets::at_the_right(ui, |ui| {
                    ui.add_space(APART);
                    drop(caption(ui, words));
                }),
                _ => drop(caption(ui, words)),
            });
        }
    });
    table.body(|body| {
        body.rows(ROW, kept.len(), |mut row| {
            let own = &kept[row.index()];
            row.col(|ui| {
                let name = format!("Retention, {}", own.title);
                if link(ui, &own.title).accessible_name(name).clicked() {
                    acts.push(Act::Go(Route::Retention(Some(own.audit))));
                }
            });
            row.col(|ui| {
                ui.label(own.state.label());
            });
            row.col(|ui| {
                widgets::at_the_right(ui, |ui| {
                    ui.add_space(APART);
                    ui.label(forms(own))
                });
            });
            row.col(|ui| {
                let date = own.retention.keep_until.map(written_date);
                ui.label(date.unwrap_or_else(|| "no date".into()));
            });
            row.col(|ui| stands(ui, own));
        });
    });
}

fn forms(own: &Kept) -> String {
    match &own.retention.removed {
        Some(_) => "removed".into(),
        None => own.forms.to_string(),
    }
}

/// The badge that says how the forms of an audit stand; none while they are simply kept.
fn stands(ui: &mut Ui, own: &Kept) {
    let retention = &own.retention;
    if let Some(removed) = &retention.removed {
        let on = written_date(removed.at.date_naive());
        badge(ui, Tone::Neutral, "", &format!("Removed {on}"));
    } else if retention.hold.is_some() {
        badge(ui, Tone::Neutral, icons::LOCKED, "Legal hold");
    } else if own.due {
        badge(ui, Tone::Mixed, icons::CLOCK, "Can be removed");
    }
}
