//! Agreeing key dates: those on which the agencies differ first, each agency's date a button.

use chrono::NaiveDate;
use egui::{Response, Ui, Vec2};

use super::agree_date::DateDialog;
use super::timeline::given_line;
use super::{Dialog, PanelScreen, Scene};
use crate::analysis::timeline::{self, CaseDates, Moment};
use crate::domain::agreed_date::AgreedDate;
use crate::domain::dates::written_date;
use crate::session::command::{AgreeDateCommand, Command};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{
    self, AnswerButton, badge, caption, card, hint, marked_card, option_icon, paragraph, quiet,
};

/// The key dates on which the agencies differ: those that timescale rules need first, the earliest
/// first among each.
pub(super) fn differing<'a>(scene: Scene<'a>, dates: &CaseDates<'a>) -> Vec<Moment<'a>> {
    let mut moments = timeline::moments(&scene.open.tool, dates);
    moments.retain(Moment::differs);
    moments.sort_by_key(|moment| rules_on(scene, moment) == 0);
    moments
}

/// How many timescale rules run from or to a key date, of those this tool can feed.
fn rules_on(scene: Scene<'_>, moment: &Moment<'_>) -> usize {
    let asked = |id: &str| scene.open.tool.key_dates.iter().any(|field| field.id == id);
    let rules = scene.session.catalogue().rules.iter();
    let fed = rules.filter(|rule| asked(&rule.from) && asked(&rule.to));
    fed.filter(|rule| [&rule.from, &rule.to].contains(&&moment.field.id))
        .count()
}

/// What depends on a date that differs.
fn at_stake(scene: Scene<'_>, moment: &Moment<'_>) -> String {
    match (rules_on(scene, moment), moment.agreed) {
        (0, _) => "No timescale rule needs it: each agency may well have its own.".into(),
        (1, None) => "A timescale rule waits for it.".into(),
        (count, None) => format!("{count} timescale rules wait for it."),
        (1, Some(_)) => "A timescale rule uses it.".into(),
        (count, Some(_)) => format!("{count} timescale rules use it."),
    }
}

/// A warning where a rule needs the date, and otherwise a mere remark.
fn differ_badge(ui: &mut Ui, scene: Scene<'_>, moment: &Moment<'_>) -> Response {
    let (tone, icon) = match rules_on(scene, moment) {
        0 => (Tone::Neutral, icons::INFO),
        _ => (Tone::Mixed, icons::ATTENTION),
    };
    badge(ui, tone, icon, "Agencies differ")
}

/// "3", "3, 1 agreed", or "3, all agreed"
fn count(moments: &[Moment<'_>]) -> String {
    let (all, agreed) = (moments.len(), moments.iter());
    match agreed.filter(|moment| moment.agreed.is_some()).count() {
        0 => all.to_string(),
        agreed if agreed == all => format!("{all}, all agreed"),
        agreed => format!("{all}, {agreed} agreed"),
    }
}

/// What the keys do on the dates.
const KEYS: &str = "Up, Down: date · the number on a button: agree that date · Enter: another date";

impl PanelScreen {
    pub(super) fn dates_that_differ(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        dates: &CaseDates<'_>,
        acts: &mut Vec<Act>,
    ) {
        let differing = differing(scene, dates);
        if differing.is_empty() {
            return;
        }
        let needed = differing.partition_point(|moment| rules_on(scene, moment) > 0);
        let (needed, others) = differing.split_at(needed);
        let differ = format!("The agencies differ ({})", count(needed));
        let mut hint = Some(KEYS);
        for (moments, heading) in [(needed, differ.as_str()), (others, "Dates that may differ")] {
            if moments.is_empty() {
                continue;
            }
            widgets::heading(ui, heading);
            if let Some(keys) = hint.take() {
                caption(ui, keys);
            }
            for moment in moments {
                ui.push_id(("differs", &moment.field.id), |ui| {
                    self.date_card(ui, scene, moment, acts);
                });
                ui.add_space(space::TIGHT);
            }
        }
        ui.add_space(space::NEAR);
    }

    fn date_card(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        moment: &Moment<'_>,
        acts: &mut Vec<Act>,
    ) {
        let here = self.date.as_deref() == Some(&moment.field.id);
        let shown = marked_card(ui, here, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(widgets::strong(&moment.field.label));
                match moment.agreed {
                    Some(_) => badge(ui, Tone::Good, icons::DONE, "Agreed"),
                    None => differ_badge(ui, scene, moment),
                };
            });
            caption(ui, &at_stake(scene, moment));
            if here {
                ui.add_enabled_ui(scene.editable(), |ui| self.choices(ui, scene, moment));
            } else {
                let given = moment.given.iter();
                let given: Vec<String> = given.map(|given| given_line(scene, given)).collect();
                paragraph(ui, &given.join("  ·  "));
                let name = format!("Choose a date, {}", moment.field.label);
                let choose = quiet(ui, icons::NEXT, "Choose a date");
                if choose.accessible_name(name).clicked() {
                    self.date = Some(moment.field.id.clone());
                }
            }
            agreed(ui, scene, moment, acts);
        });
        if here && std::mem::take(&mut self.scroll_to_date) {
            ui.scroll_to_rect(shown.response.rect.expand(12.0), None);
        }
    }

    /// A button for each date an agency gives, and one for another.
    fn choices(&mut self, ui: &mut Ui, scene: Scene<'_>, moment: &Moment<'_>) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(space::NEAR);
            for (at, given) in moment.given.iter().enumerate() {
                let words = given_line(scene, given);
                let picked = moment.agreed.is_some_and(|agreed| agreed.date == given.0);
                let button = AnswerButton {
                    words: &words,
                    spoken: format!("Agree {words}, {}", moment.field.label),
                    key: &(at + 1).to_string(),
                    picked,
                    many: false,
                    tone: Tone::Neutral,
                    icon: option_icon(Tone::Neutral, false, picked),
                };
                if button.show(ui).clicked() {
                    self.ask_date(scene, moment, Some(given.0));
                }
            }
        });
        let other = quiet(ui, icons::CHANGE, "Another date…");
        let name = format!("Another date, {}", moment.field.label);
        if other.accessible_name(name).clicked() {
            self.ask_date(scene, moment, None);
        }
    }

    /// One key date in the order of time.
    pub(super) fn date_in_order(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        moment: &Moment<'_>,
        acts: &mut Vec<Act>,
    ) {
        ui.horizontal_wrapped(|ui| {
            ui.label(widgets::strong(&moment.field.label));
            if moment.is_open() {
                differ_badge(ui, scene, moment);
            }
        });
        if moment.differs() {
            let dates = moment.given.iter().map(|(date, _)| written_date(*date));
            let words = match moment.agreed {
                Some(agreed) => format!("{}: agreed by the panel", written_date(agreed.date)),
                None => dates.collect::<Vec<_>>().join(" or "),
            };
            paragraph(ui, &words);
            return;
        }
        for given in &moment.given {
            paragraph(ui, &given_line(scene, given));
        }
        agreed(ui, scene, moment, acts);
        if moment.agreed.is_none() {
            self.other_date(ui, scene, moment);
        }
    }

    fn other_date(&mut self, ui: &mut Ui, scene: Scene<'_>, moment: &Moment<'_>) {
        if !scene.editable() {
            return;
        }
        let button = quiet(ui, icons::CHANGE, "Agree another date…");
        let name = format!("Agree another date, {}", moment.field.label);
        if button.accessible_name(name).clicked() {
            self.ask_date(scene, moment, None);
        }
    }

    pub(super) fn dates_nobody_gives(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        dates: &CaseDates<'_>,
    ) {
        let fields = scene.open.tool.key_dates.iter();
        let all = fields.map(|field| dates.moment(field));
        let missing: Vec<Moment<'_>> = all.filter(Moment::is_missing).collect();
        if missing.is_empty() {
            return;
        }
        card(ui, |ui| {
            widgets::heading(ui, "Key dates nobody gives");
            for moment in &missing {
                ui.push_id(&moment.field.id, |ui| {
                    ui.horizontal_wrapped(|ui| {
                        ui.label(&moment.field.label);
                        if !scene.editable() {
                            return;
                        }
                        let button = quiet(ui, icons::CHANGE, "Agree a date…");
                        let name = format!("Agree a date, {}", moment.field.label);
                        if button.accessible_name(name).clicked() {
                            self.ask_date(scene, moment, None);
                        }
                    });
                });
            }
        });
    }

    /// Asks for the date the panel agrees and the reason, unless none is needed.
    pub(super) fn ask_date(
        &mut self,
        scene: Scene<'_>,
        moment: &Moment<'_>,
        date: Option<NaiveDate>,
    ) {
        if moment
            .agreed
            .is_some_and(|agreed| Some(agreed.date) == date)
        {
            return;
        }
        let dialog = DateDialog::new(scene, moment, date);
        self.dialog = Some(Dialog::Date(Box::new(dialog)));
    }
}

/// What the panel agreed, why, and the way back.
fn agreed(ui: &mut Ui, scene: Scene<'_>, moment: &Moment<'_>, acts: &mut Vec<Act>) {
    let Some(agreed) = moment.agreed else {
        return;
    };
    let label = &moment.field.label;
    let date = written_date(agreed.date);
    ui.label(widgets::strong(&format!("The panel agreed {date}")));
    if !agreed.reason.is_empty() {
        hint(ui, &agreed.reason);
    }
    ui.horizontal_wrapped(|ui| {
        let id = AgreedDate::id(agreed.case, &agreed.date_id);
        if scene.editable() {
            let back = quiet(ui, icons::REMOVE, "Take back");
            let name = format!("Take the agreed date back, {label}");
            if back.accessible_name(name).clicked() {
                acts.push(Act::Do(Command::AgreeDate(Box::new(AgreeDateCommand {
                    case: agreed.case,
                    date_id: agreed.date_id.clone(),
                    date: None,
                    reason: String::new(),
                }))));
            }
        }
        let history = quiet(ui, icons::HISTORY, "History");
        let name = format!("History, agreed date, {label}");
        if history.accessible_name(name).clicked() {
            acts.extend([Act::ReadHistory(id), Act::Go(Route::History(id))]);
        }
    });
}
