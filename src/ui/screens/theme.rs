//! One theme through the audits: its numbers in time order, its questions, what was found and what
//! is being done about it.

use egui::Ui;

use super::behind::{BehindSide, Number};
use super::filter_bar::basis_choice;
use super::summary::change_sign;
use crate::analysis::comparison::{Compared, compare};
use crate::analysis::facts::{Basis, Facts};
use crate::analysis::summary::{AuditSummary, Heading, summary};
use crate::analysis::{Filter, comparison};
use crate::domain::action::Action;
use crate::domain::audit::Audit;
use crate::domain::catalogue::Theme;
use crate::domain::dates::written_date;
use crate::domain::finding::{Finding, FindingKind};
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::score::Tally;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, size, space};
use crate::ui::widgets::{self, HeatCell, badge, caption, card, hint, number_link};

/// The counts drawn, and the number looked behind.
#[derive(Default)]
pub struct ThemeScreen {
    basis: Basis,
    counted: Option<(Key, Vec<InAudit>)>,
    behind: BehindSide,
}

type Key = (u64, u64, Basis, String);

/// The theme in one audit.
struct InAudit {
    audit: RecordId,
    title: String,
    /// Nothing where the audit did not ask.
    summary: Option<(AuditSummary, Heading)>,
    /// Beside the audit before: its title and what can be said.
    change: Option<(String, Compared)>,
}

impl ThemeScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, theme: &str) -> Vec<Act> {
        let mut acts = Vec::new();
        let (Some(facts), Some(known)) = (session.facts(), session.catalogue().theme(theme)) else {
            widgets::page(ui, 600.0, |ui| hint(ui, "Counting…"));
            return acts;
        };
        self.count(session, facts, theme);
        self.behind.show(ui, session, self.basis, &mut acts);
        widgets::page(ui, 1000.0, |ui| {
            if widgets::back_button(ui, "All themes").clicked() {
                acts.push(Act::Go(Route::Themes));
            }
            widgets::title(ui, &format!("{} {}", known.id, known.name));
            ui.horizontal_wrapped(|ui| basis_choice(ui, &mut self.basis));
            ui.add_space(space::NEAR);
            self.audits(ui, session, known, &mut acts);
            found(ui, session, known);
            done(ui, session, known);
            ui.add_space(space::PART);
        });
        acts
    }

    fn count(&mut self, session: &Session, facts: &Facts, theme: &str) {
        let key = (
            session.facts_version(),
            session.revision(),
            self.basis,
            theme.to_owned(),
        );
        if self
            .counted
            .as_ref()
            .is_some_and(|(counted, _)| *counted == key)
        {
            return;
        }
        self.behind.close();
        let register = session.register();
        let audits = register.audits_in_order().into_iter();
        let counted =
            audits.map(|(id, audit)| in_audit(register, facts, self.basis, theme, id, audit));
        self.counted = Some((key, counted.collect()));
    }

    fn audits(&mut self, ui: &mut Ui, session: &Session, theme: &Theme, acts: &mut Vec<Act>) {
        let Some((_, audits)) = &self.counted else {
            return;
        };
        let mut chosen = None;
        for own in audits {
            ui.push_id(own.audit, |ui| {
                card(ui, |ui| {
                    if let Some(number) = one_audit(ui, session, theme, own, acts) {
                        chosen = Some((own.audit, number));
                    }
                });
            });
            ui.add_space(space::NEAR);
        }
        if let Some((audit, number)) = chosen {
            self.behind.choose(audit, number);
        }
    }
}

fn in_audit(
    register: &Register,
    facts: &Facts,
    basis: Basis,
    theme: &str,
    id: RecordId,
    audit: &Audit,
) -> InAudit {
    let filter = of_theme(theme);
    let counted = summary(register, facts, id, basis, &filter);
    let summary = counted.and_then(|summary| {
        let heading = summary.themes.iter().find(|own| own.id == theme)?.clone();
        Some((summary, heading))
    });
    let before = comparison::audit_before(register, facts, id);
    let change = before.and_then(|before| {
        let compared = compare(register, facts, before, id, basis, &Filter::default())?;
        let own = compared.themes.into_iter().find(|own| own.id == theme)?;
        Some((register.audits.get(&before)?.title.clone(), own))
    });
    InAudit {
        audit: id,
        title: audit.title.clone(),
        summary,
        change,
    }
}

fn of_theme(theme: &str) -> Filter {
    Filter {
        theme: Some(theme.to_owned()),
        ..Filter::default()
    }
}

/// One audit: the theme's count, its questions; the number that was chosen.
fn one_audit(
    ui: &mut Ui,
    session: &Session,
    theme: &Theme,
    own: &InAudit,
    acts: &mut Vec<Act>,
) -> Option<Number> {
    let mut number = None;
    ui.horizontal(|ui| {
        widgets::heading(ui, &own.title);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let named = format!("Summary, {}", own.title);
            if widgets::quiet(ui, icons::SUMMARY, "Summary")
                .accessible_name(named)
                .clicked()
            {
                acts.push(Act::Go(Route::Summary(own.audit)));
            }
        });
    });
    let Some((summary, heading)) = &own.summary else {
        hint(
            ui,
            "Not asked: the tool of this audit does not ask about this theme.",
        );
        return None;
    };
    ui.horizontal(|ui| {
        let cell = HeatCell {
            place: &format!("{}, {}", theme.name, own.title),
            count: Some((heading.favourable, heading.scored)),
            chosen: false,
            change: None,
        };
        if cell.show(ui, egui::vec2(120.0, 44.0)).clicked() {
            let title = format!("{}, {}", theme.short, own.title);
            number = Some(Number::counted(title, of_theme(&theme.id)));
        }
        ui.vertical(|ui| {
            let words = format!(
                "{} not evidenced, {} not applicable; {} cases",
                heading.not_evidenced, heading.not_applicable, heading.cases
            );
            caption(ui, &words);
            if let Some((title, compared)) = &own.change {
                changed(ui, title, compared);
            }
        });
    });
    let tool = session.register().tool_of(own.audit)?;
    let scored = tool
        .questions
        .iter()
        .filter(|question| question.theme == theme.id);
    for question in scored.filter(|question| question.is_scored()) {
        let mut tally = Tally::default();
        let tallies = summary.questions.iter();
        tallies
            .filter(|own| own.question == question.id)
            .for_each(|own| tally.merge(&own.tally));
        ui.horizontal_top(|ui| {
            let place = format!("{}, {}: {}", question.code, own.title, tally.words());
            ui.allocate_ui(egui::vec2(96.0, 22.0), |ui| {
                ui.set_min_width(96.0);
                if number_link(ui, &tally.words(), &place, tally.scored > 0) {
                    let title = format!("{}, {}", question.code, own.title);
                    let only = Default::default();
                    let filter = of_theme(&theme.id);
                    number = Some(Number::some(title, filter, Some(&question.id), only));
                }
            });
            let words = format!("{}  {}", question.code, question.text);
            ui.add(egui::Label::new(egui::RichText::new(words).size(size::SMALL)).wrap());
        });
    }
    number
}

fn changed(ui: &mut Ui, title: &str, compared: &Compared) {
    let (icon, tone) = change_sign(compared.change);
    ui.horizontal_wrapped(|ui| {
        if !icon.is_empty() {
            widgets::icon(ui, icon, 13.0, Palette::of(ui.ctx()).tone(tone).ink);
        }
        caption(
            ui,
            &format!(
                "Beside {title}, over the questions both ask: {}",
                compared.words()
            ),
        );
    });
}

/// The findings coded to it, audit by audit in time order.
fn findings<'a>(session: &'a Session, theme: &str) -> Vec<(RecordId, &'a Audit, &'a Finding)> {
    let register = session.register();
    let audits = register.audits_in_order().into_iter();
    let found = audits.flat_map(|(audit, record)| {
        let own = register.findings.iter();
        let own = own.filter(|(_, finding)| finding.audit == audit && finding.theme == theme);
        let mut own: Vec<_> = own.map(|(id, finding)| (*id, record, finding)).collect();
        own.sort_by_key(|(id, _, finding)| (finding.number, *id));
        own
    });
    found.collect()
}

fn found(ui: &mut Ui, session: &Session, theme: &Theme) {
    let findings = findings(session, &theme.id);
    for (kind, heading, tone, icon) in [
        (FindingKind::Strength, "Strengths", Tone::Good, icons::DONE),
        (
            FindingKind::AreaForImprovement,
            "Areas for improvement",
            Tone::Mixed,
            icons::ATTENTION,
        ),
        (
            FindingKind::PracticeConcern,
            "Practice concerns",
            Tone::Poor,
            icons::CONCERN,
        ),
    ] {
        let own: Vec<_> = findings
            .iter()
            .filter(|(.., own)| own.kind == kind)
            .collect();
        if own.is_empty() && kind == FindingKind::PracticeConcern {
            continue;
        }
        card(ui, |ui| {
            widgets::heading(ui, heading);
            if own.is_empty() {
                hint(ui, "None is coded to this theme.");
            }
            for (_, audit, finding) in own {
                ui.horizontal_top(|ui| {
                    widgets::icon(ui, icon, 15.0, Palette::of(ui.ctx()).tone(tone).ink);
                    ui.vertical(|ui| {
                        ui.add(egui::Label::new(&finding.text).wrap());
                        caption(ui, &format!("{}, finding {}", audit.title, finding.number));
                    });
                });
            }
        });
        ui.add_space(space::NEAR);
    }
}

/// Every action from a finding of this theme.
fn done(ui: &mut Ui, session: &Session, theme: &Theme) {
    let findings = findings(session, &theme.id);
    let register = session.register();
    let actions: Vec<(&Action, &Audit, u32)> = findings
        .iter()
        .flat_map(|(id, audit, finding)| {
            let own = register.actions.values();
            let own = own.filter(move |action| action.finding == Some(*id));
            own.map(move |action| (action, *audit, finding.number))
        })
        .collect();
    card(ui, |ui| {
        widgets::heading(ui, "Actions");
        if actions.is_empty() {
            hint(ui, "No action comes from a finding on this theme.");
        }
        for (action, audit, number) in actions {
            ui.horizontal_top(|ui| {
                let tone = if action.status.is_open() {
                    Tone::Mixed
                } else {
                    Tone::Neutral
                };
                badge(ui, tone, "", action.status.label());
                ui.vertical(|ui| {
                    ui.add(egui::Label::new(&action.what).wrap());
                    caption(ui, &about(session, action, &audit.title, number));
                });
            });
        }
    });
}

/// "Police, team manager · due 01/03/2020 · from finding 2 of Neglect 2019"
fn about(session: &Session, action: &Action, audit: &str, number: u32) -> String {
    let register = session.register();
    let owner = match action.owner_agency.as_str() {
        "" => "no owner yet".to_owned(),
        code => format!("{}, {}", register.agency_short(code), action.owner_role),
    };
    let due = match action.due {
        Some(due) => format!("due {}", written_date(due)),
        None => "no date yet".into(),
    };
    let owner = owner.trim_end_matches(", ").to_owned();
    format!("{owner} · {due} · from finding {number} of {audit}")
}
