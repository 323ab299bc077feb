//! The register's home: its audits and how each stands.

use std::collections::BTreeMap;

use egui::Ui;

use super::beside::copies_beside;
use super::first_audit::first_audit;
use super::returns::conflicts;
use super::standing::standing;
use crate::domain::audit::{Audit, AuditState};
use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::chase::{FormsIn, LONG_AGO, forms_in};
use crate::session::settings::Settings;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, Way, Weight, badge, card, hint, meter, notice, primary, quiet};

/// How many audits are shown before one asks for the earlier ones.
const LATEST: usize = 50;

/// What the screen keeps.
#[derive(Default)]
pub struct AuditsScreen {
    /// How far the forms are in, and at which state of the register.
    forms: BTreeMap<RecordId, FormsIn>,
    counted_at: Option<u64>,
    /// Whether earlier audits are shown too.
    earlier: bool,
}

impl AuditsScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, settings: &Settings) -> Vec<Act> {
        let mut acts = Vec::new();
        self.count(session);
        widgets::page(ui, 980.0, |ui| {
            heading(ui, session, &mut acts);
            stops(ui, session, &mut acts);
            copies_beside(ui, session, settings, &mut acts);
            conflicts(ui, session, None, &mut acts);
            first_audit(ui, session, settings, &mut acts);
            self.cards(ui, session, settings, &mut acts);
            ui.add_space(space::PART);
        });
        acts
    }

    fn count(&mut self, session: &Session) {
        let now = Some(session.revision());
        if self.counted_at != now {
            self.counted_at = now;
            self.forms = forms_in(session.register());
        }
    }

    fn cards(&mut self, ui: &mut Ui, session: &Session, settings: &Settings, acts: &mut Vec<Act>) {
        let audits = session.register().audits_in_order();
        // The steps of a first audit say it already.
        if audits.is_empty() && !settings.guide {
            empty(ui);
        }
        let shown = if self.earlier { audits.len() } else { LATEST };
        for (id, audit) in audits.iter().rev().take(shown) {
            let forms = self.forms.get(id).copied().unwrap_or_default();
            ui.push_id(id, |ui| {
                audit_card(ui, session, (*id, audit), forms, acts);
            });
            ui.add_space(space::TIGHT);
        }
        let earlier = audits.len().saturating_sub(shown);
        if earlier > 0 {
            let words = format!("Show the {earlier} earlier audits");
            self.earlier = quiet(ui, icons::AUDIT, &words).clicked();
        }
    }
}

fn heading(ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
    ui.horizontal(|ui| {
        widgets::title(ui, "Audits");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if !session.file().read_only && primary(ui, icons::ADD, "New audit").clicked() {
                acts.push(Act::Go(Route::NewAudit));
            }
        });
    });
    if let Some(partnership) = session.register().partnership() {
        hint(ui, &partnership.name);
    }
    ui.add_space(space::NEAR);
}

/// Children who may not be safe come before everything else.
pub(super) fn stops(ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
    let register = session.register();
    let open = register.open_safety_stops();
    if open.is_empty() {
        return;
    }
    notice(ui, Tone::Poor, icons::SAFETY, |ui| {
        ui.label(widgets::strong(
            "A child may not be safe: who was told is not recorded yet",
        ));
        for (form, stop) in open {
            let Some((_, agency, case)) = register.place_of(form) else {
                continue;
            };
            let reference = register
                .cases
                .get(&case)
                .map_or("", |case| case.reference.as_str());
            let since = stop.opened.format("%d/%m/%Y %H:%M");
            let words = format!(
                "{reference}, {}, since {since} UTC",
                register.agency_short(agency)
            );
            ui.push_id(form, |ui| {
                if widgets::link(ui, &words).clicked() {
                    acts.push(Act::Go(Route::Form(form)));
                }
            });
        }
    });
    ui.add_space(space::NEAR);
}

fn empty(ui: &mut Ui) {
    card(ui, |ui| {
        widgets::heading(ui, "No audit yet");
        hint(
            ui,
            "An audit looks at one theme in a handful of children's cases. Begin with a new audit: choose a tool, agree the scope and hypotheses, and enter the case references. Each agency then has one form a case.",
        );
    });
}

fn audit_card(
    ui: &mut Ui,
    session: &Session,
    (id, audit): (RecordId, &Audit),
    forms: FormsIn,
    acts: &mut Vec<Act>,
) {
    let words = |ui: &mut Ui, acts: &mut Vec<Act>| {
        ui.horizontal_wrapped(|ui| {
            widgets::heading(ui, &audit.title);
            state_badge(ui, audit.state);
        });
        hint(ui, &about(session, id, audit, forms));
        returned(ui, session, id, audit, forms);
        standing(ui, session, id, &audit.title, acts);
    };
    let (ways, routes) = ways(id, audit);
    card(ui, |ui| {
        let room = widgets::width_of_ways(ui, &ways) + space::NEAR + ui.spacing().item_spacing.x;
        let narrow = ui.available_width() < 2.0 * room;
        let chosen = if narrow {
            words(ui, acts);
            ui.horizontal_wrapped(|ui| widgets::ways(ui, &ways)).inner
        } else {
            ui.horizontal(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(ui.available_width() - room);
                    words(ui, acts);
                });
                widgets::ways(ui, &ways)
            })
            .inner
        };
        acts.extend(chosen.map(|at| Act::Go(routes[at].clone())));
    });
}

/// Where an audit's card leads, in the order of the work.
fn ways(id: RecordId, audit: &Audit) -> ([Way<'static>; 4], [Route; 4]) {
    let way = |weight, icon, words: &'static str| Way {
        weight,
        icon,
        words,
        spoken: format!("{words}, {}", audit.title),
    };
    let ways = [
        way(Weight::Framed, icons::AUDIT, "Cases"),
        way(Weight::Framed, icons::SUMMARY, "Summary"),
        way(Weight::Quiet, icons::STAR, "Findings"),
        way(Weight::Quiet, icons::EXPORT, "Export"),
    ];
    let routes = [
        Route::Audit(id),
        Route::Summary(id),
        Route::Findings(id),
        Route::Export(Some(id)),
    ];
    (ways, routes)
}

/// The badge of an audit's state.
pub fn state_badge(ui: &mut Ui, state: AuditState) {
    let tone = match state {
        AuditState::Reported | AuditState::Closed | AuditState::FindingsAgreed => Tone::Good,
        AuditState::Open | AuditState::Panel => Tone::Mixed,
        AuditState::Scoping => Tone::Neutral,
    };
    badge(ui, tone, "", state.label());
}

fn about(session: &Session, id: RecordId, audit: &Audit, forms: FormsIn) -> String {
    let register = session.register();
    let tool = register
        .tool(&audit.tool)
        .map_or(audit.tool.as_str(), |tool| tool.title.as_str());
    let removed = register.retention_of(id).removed;
    let cases = removed.map_or(forms.cases, |removal| removal.counts.cases);
    let again = audit
        .re_audit_of
        .and_then(|first| register.audits.get(&first));
    let again = again
        .map(|first| format!(" · re-audit of {}", first.title))
        .unwrap_or_default();
    format!(
        "{tool} · {cases} cases · {} agencies{again}",
        audit.agencies.len()
    )
}

/// "50 of 56 forms in · 2 overdue since 06/12/2019"; once the panel has met, or after months, nobody
/// waits for them any more: "2 not returned, due 06/12/2019".
fn returned(ui: &mut Ui, session: &Session, id: RecordId, audit: &Audit, forms: FormsIn) {
    if let Some(removal) = session.register().retention_of(id).removed {
        let on = written_date(removal.at.date_naive());
        widgets::caption(ui, &format!("Forms removed on {on}"));
        return;
    }
    let FormsIn {
        forms,
        open,
        submitted,
        ..
    } = forms;
    let in_hand = forms - open;
    ui.horizontal_wrapped(|ui| {
        meter(ui, 96.0, in_hand, forms);
        let mut words = format!("{in_hand} of {forms} forms in ({submitted} submitted)");
        if let Some(due) = audit.scope.due
            && open > 0
        {
            let days = (due - session.now().date_naive()).num_days();
            let due = written_date(due);
            let waiting = matches!(audit.state, AuditState::Scoping | AuditState::Open);
            let when = match days {
                0.. => format!("due {due}, {days} days left"),
                _ if waiting && days >= -LONG_AGO => format!("{open} overdue since {due}"),
                _ => format!("{open} not returned, due {due}"),
            };
            words = format!("{words} · {when}");
        }
        widgets::caption(ui, &words);
    });
}
