//! Who was at the panel of an audit: day by day, agency by agency, in roles.

use chrono::{Local, NaiveDate};
use egui::{Key, Ui, Vec2};

use crate::domain::attendance::{Attendance, Presence, panel_days};
use crate::domain::audit::Audit;
use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::command::{AttendanceCommand, Command};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{
    self, AnswerButton, DateField, Drafts, Field, caption, card, hint, keep_in_view, option_icon,
    secondary,
};

/// One agency on one panel day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Entry {
    audit: RecordId,
    day: NaiveDate,
    agency: String,
}

impl Entry {
    fn record(&self) -> RecordId {
        Attendance::id(self.audit, self.day, &self.agency)
    }

    fn set(self, presence: Option<Presence>, roles: String) -> Act {
        Act::Do(Command::SetAttendance(Box::new(AttendanceCommand {
            audit: self.audit,
            day: self.day,
            agency: self.agency,
            presence,
            roles,
        })))
    }
}

/// The day that is shown and what is typed.
#[derive(Default)]
pub struct AttendanceScreen {
    audit: Option<RecordId>,
    day: Option<NaiveDate>,
    new_day: DateField,
    /// What the field for another day holds.
    typed_day: Option<NaiveDate>,
    drafts: Drafts<Entry>,
}

const WIDTH: f32 = 980.0;

impl AttendanceScreen {
    /// What is typed and not kept yet, as commands; called before a field goes out of sight.
    pub fn flush(&mut self, session: &Session) -> Vec<Act> {
        let typed = self.drafts.flush().into_iter();
        let kept = typed.filter_map(|(entry, roles)| {
            let known = session.register().attendances.get(&entry.record())?;
            Some(entry.set(Some(known.presence), roles))
        });
        kept.collect()
    }

    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, id: RecordId) -> Vec<Act> {
        let Some(audit) = session.register().audits.get(&id) else {
            return vec![Act::Back];
        };
        if self.audit != Some(id) {
            *self = Self {
                audit: Some(id),
                ..Self::default()
            };
        }
        let mut acts = Vec::new();
        widgets::page(ui, WIDTH, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            widgets::title(ui, "Attendance at the panel");
            hint(ui, &format!("{}. Roles, never names.", audit.title));
            ui.add_space(space::NEAR);
            acts.extend(self.days(ui, session, id));
            ui.add_space(space::NEAR);
            if let Some(day) = self.day {
                card(ui, |ui| {
                    self.agencies(ui, session, (id, audit), day, &mut acts)
                });
            }
            ui.add_space(space::PART);
        });
        acts
    }

    /// The panel days, and a field for another.
    fn days(&mut self, ui: &mut Ui, session: &Session, id: RecordId) -> Vec<Act> {
        let mut days: Vec<NaiveDate> = panel_days(session.register(), id).into_keys().collect();
        if self.day.is_none() {
            let today = session.now().with_timezone(&Local).date_naive();
            self.day = days.last().copied().or(Some(today));
        }
        days.extend(self.day.filter(|day| !days.contains(day)));
        days.sort_unstable();
        let mut acts = Vec::new();
        let before = self.day;
        ui.horizontal_wrapped(|ui| {
            for day in days {
                let chosen = self.day == Some(day);
                let words = format!("Panel of {}", written_date(day));
                let button = ui.add(egui::Button::selectable(chosen, words));
                keep_in_view(&button);
                if button.clicked() {
                    self.day = Some(day);
                }
            }
        });
        if session.file().read_only {
            return acts;
        }
        self.another_day(ui);
        if before != self.day {
            acts.extend(self.flush(session));
        }
        acts
    }

    /// A day that is not listed yet: added with the button, or with Enter.
    fn another_day(&mut self, ui: &mut Ui) {
        let entered = ui.input(|input| input.key_pressed(Key::Enter));
        let add = ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                let (field, known) = (&mut self.new_day, self.typed_day);
                if let Some(day) = field.show(ui, "Another panel day", "", known) {
                    self.typed_day = day;
                }
            });
            ui.vertical(|ui| {
                // Beside the field, under its label.
                ui.label("");
                secondary(ui, icons::ADD, "Add this day").clicked()
            })
            .inner
        });
        if !add.inner && !entered {
            return;
        }
        if let Some(day) = self.new_day.take_typed(self.typed_day) {
            self.typed_day = day;
        }
        if let Some(day) = self.typed_day.take() {
            self.day = Some(day);
            self.new_day = DateField::default();
        }
    }

    fn agencies(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        (id, audit): (RecordId, &Audit),
        day: NaiveDate,
        acts: &mut Vec<Act>,
    ) {
        widgets::heading(ui, &format!("Panel of {}", written_date(day)));
        caption(ui, "Choose the same again to take it back.");
        let itself = std::iter::once("");
        for code in itself.chain(audit.agencies.iter().map(String::as_str)) {
            let entry = Entry {
                audit: id,
                day,
                agency: code.to_owned(),
            };
            let name = match code {
                "" => "Chair and business office",
                code => session.register().agency_short(code),
            };
            ui.push_id(code, |ui| {
                ui.add_enabled_ui(!session.file().read_only, |ui| {
                    self.agency(ui, session, &entry, name, acts);
                });
            });
            ui.separator();
        }
    }

    fn agency(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        entry: &Entry,
        name: &str,
        acts: &mut Vec<Act>,
    ) {
        let known = session.register().attendances.get(&entry.record());
        let roles = known.map_or("", |known| known.roles.as_str());
        let wide = ui.available_width() > 700.0;
        let shares: &[f32] = if wide { &[0.8, 2.5, 1.7] } else { &[1.0] };
        widgets::columns(ui, shares, |ui, column| {
            if column == 0 {
                ui.label(widgets::strong(name));
            }
            if column == 1 || !wide {
                presences(ui, known, name, |presence| {
                    acts.push(entry.clone().set(presence, roles.to_owned()));
                });
            }
            if let (true, Some(known)) = (column == 2 || !wide, known) {
                let field = Field {
                    label: "",
                    hint: "",
                    spoken: &format!("Roles that were there, {name}"),
                    rows: 1,
                    figures: false,
                };
                caption(ui, "Roles that were there");
                let (_, due) = self.drafts.show(ui, entry.clone(), roles, &field);
                if let Some(roles) = due {
                    acts.push(entry.clone().set(Some(known.presence), roles));
                }
            }
        });
    }
}

/// A button for each presence; the one that is on, pressed again, is taken back.
fn presences(
    ui: &mut Ui,
    known: Option<&Attendance>,
    name: &str,
    mut set: impl FnMut(Option<Presence>),
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::TIGHT);
        for presence in Presence::ALL {
            let picked = known.is_some_and(|known| known.presence == presence);
            let tone = match presence {
                Presence::Attended => Tone::Good,
                Presence::Apologies => Tone::Mixed,
                Presence::Absent => Tone::Poor,
            };
            let button = AnswerButton {
                words: presence.label(),
                spoken: format!("{}, {name}", presence.label()),
                key: "",
                picked,
                many: false,
                tone,
                icon: option_icon(tone, false, picked),
            };
            let response = button.show(ui);
            if response.clicked() {
                set((!picked).then_some(presence));
            }
            if picked {
                response.on_hover_text("Once more takes the entry away");
            }
        }
    });
}
