//! One theme through the audits: its numbers in time order, its questions, what was found and what
//! is being done about it.

use egui::Ui;

use super::behind::{BehindSide, Number, Only, Place, What};
use super::filter_bar::FilterBar;
use super::summary::change_sign;
use super::uncounted::Uncounted;
use crate::analysis::comparison::{Compared, compare};
use crate::analysis::facts::{AuditFacts, Basis, Facts};
use crate::analysis::missing::{MissingCounts, missing};
use crate::analysis::summary::{AuditSummary, Heading, summary};
use crate::analysis::{Filter, FilterField, comparison};
use crate::domain::action::Action;
use crate::domain::audit::Audit;
use crate::domain::catalogue::Theme;
use crate::domain::dates::written_date;
use crate::domain::finding::{Finding, FindingKind};
use crate::domain::id::RecordId;
use crate::domain::score::Tally;
use crate::domain::tool::Question;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, size, space};
use crate::ui::widgets::{self, HeatCell, badge, caption, card, hint, number_link, small_number};

/// The counts drawn, and the number looked behind.
#[derive(Default)]
pub struct ThemeScreen {
    bar: FilterBar,
    counted: Option<(Key, Vec<InAudit>)>,
    behind: BehindSide,
}

type Key = (u64, u64, Basis, Filter);

/// The theme in one audit.
struct InAudit {
    audit: RecordId,
    title: String,
    /// Nothing where the audit did not ask.
    summary: Option<(AuditSummary, Heading)>,
    missing: MissingCounts,
    change: Option<BesideBefore>,
}

/// The theme beside the audit before.
struct BesideBefore {
    before: RecordId,
    title: String,
    compared: Compared,
    /// The questions that both ask.
    questions: Vec<String>,
}

/// A number that was chosen, and the audit it is of.
type Chosen = Option<(RecordId, Number)>;

/// What the page may be filtered by: it is of one theme already.
const FIELDS: [FilterField; 5] = [
    FilterField::Agency,
    FilterField::AgeBand,
    FilterField::Sex,
    FilterField::Ethnicity,
    FilterField::Plan,
];

impl ThemeScreen {
    /// Goes on with what was shown on the page one comes from. A section is one tool's and a case one
    /// audit's: those are left behind.
    pub fn come_with(&mut self, basis: Basis, filter: Filter) {
        self.bar.basis = basis;
        self.bar.filter = Filter {
            section: None,
            theme: None,
            case: None,
            ..filter
        };
    }

    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, theme: &str) -> Vec<Act> {
        let mut acts = Vec::new();
        let (Some(facts), Some(known)) = (session.facts(), session.catalogue().theme(theme)) else {
            widgets::page(ui, 600.0, |ui| hint(ui, "Counting…"));
            return acts;
        };
        self.bar.show(ui, session, &facts.audits, &FIELDS);
        self.count(session, facts, theme);
        self.behind.show(ui, session, self.bar.basis, &mut acts);
        widgets::page(ui, 1000.0, |ui| {
            if widgets::back_button(ui, "All themes").clicked() {
                acts.push(Act::Go(Route::Themes));
            }
            widgets::title(ui, &format!("{} {}", known.id, known.name));
            hint(
                ui,
                "Answers that speak well of practice, out of all that count.",
            );
            widgets::step_key(ui);
            ui.add_space(space::NEAR);
            self.audits(ui, session, facts, known, &mut acts);
            found(ui, session, known);
            done(ui, session, known);
            ui.add_space(space::PART);
        });
        acts
    }

    fn count(&mut self, session: &Session, facts: &Facts, theme: &str) {
        let (version, revision) = (session.facts_version(), session.revision());
        let (basis, filter) = (self.bar.basis, self.bar.filter.of_theme(theme));
        let key = (version, revision, basis, filter);
        let known = self.counted.as_ref().map(|(counted, _)| counted);
        if known == Some(&key) {
            return;
        }
        self.behind.close();
        let audits = session.register().audits_in_order().into_iter();
        let counted = audits.map(|(id, audit)| in_audit(session, facts, basis, &key.3, id, audit));
        self.counted = Some((key.clone(), counted.collect()));
    }

    fn audits(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        facts: &Facts,
        theme: &Theme,
        acts: &mut Vec<Act>,
    ) {
        let Some(((_, _, basis, filter), audits)) = &self.counted else {
            return;
        };
        let mut chosen = None;
        for own in audits {
            let Some(facts) = facts.audit(own.audit) else {
                continue;
            };
            let page = Page {
                session,
                facts,
                theme,
                basis: *basis,
                filter,
            };
            ui.push_id(own.audit, |ui| {
                card(ui, |ui| {
                    chosen = chosen.take().or(page.one_audit(ui, own, acts));
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
    session: &Session,
    facts: &Facts,
    basis: Basis,
    filter: &Filter,
    id: RecordId,
    audit: &Audit,
) -> InAudit {
    let register = session.register();
    let theme = filter.theme.as_deref().unwrap_or_default();
    let counted = summary(register, facts, id, basis, filter);
    let summary = counted.and_then(|summary| {
        let heading = summary.themes.iter().find(|own| own.id == theme)?.clone();
        Some((summary, heading))
    });
    let own = facts.audit(id);
    let before = comparison::audit_before(register, facts, id);
    let change = before.and_then(|before| {
        let compared = compare(register, facts, before, id, basis, &of_every_theme(filter))?;
        let own = compared.themes.iter().find(|own| own.id == theme)?;
        Some(BesideBefore {
            before,
            title: register.audits.get(&before)?.title.clone(),
            compared: own.clone(),
            questions: compared.questions_of(theme, facts.audit(id)?),
        })
    });
    InAudit {
        audit: id,
        title: audit.title.clone(),
        summary,
        missing: own.map_or_else(Default::default, |own| missing(own, basis, filter)),
        change,
    }
}

/// Audits are compared question by question, under whichever theme each had it.
fn of_every_theme(filter: &Filter) -> Filter {
    Filter {
        theme: None,
        ..filter.clone()
    }
}

/// What the numbers of one audit are counted from.
struct Page<'a> {
    session: &'a Session,
    facts: &'a AuditFacts,
    theme: &'a Theme,
    basis: Basis,
    filter: &'a Filter,
}

impl Page<'_> {
    /// One audit: the theme's count, its questions.
    fn one_audit(&self, ui: &mut Ui, own: &InAudit, acts: &mut Vec<Act>) -> Chosen {
        ui.horizontal(|ui| {
            widgets::heading(ui, &own.title);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let named = format!("Summary, {}", own.title);
                let summary = widgets::quiet(ui, icons::SUMMARY, "Summary");
                if summary.accessible_name(named).clicked() {
                    acts.push(Act::Go(Route::Summary(own.audit)));
                }
            });
        });
        let Some((summary, heading)) = &own.summary else {
            let words = match self.filter.agency {
                None => "Not asked: the tool of this audit does not ask about this theme.",
                Some(_) => "Not asked: the audit does not ask this agency about this theme.",
            };
            hint(ui, words);
            return None;
        };
        let whole = ui.horizontal(|ui| self.whole(ui, own, heading)).inner;
        let mut number = None;
        let tool = self.session.register().tool_of(own.audit)?;
        let of_theme = tool.questions.iter();
        let of_theme = of_theme.filter(|own| own.theme == self.theme.id && own.is_scored());
        for question in of_theme {
            let chosen = self.question(ui, own, summary, question);
            number = number.take().or(chosen);
        }
        whole.or(number.map(|number| (own.audit, number)))
    }

    /// The theme's count with what is not in it, and how it stands to the audit before.
    fn whole(&self, ui: &mut Ui, own: &InAudit, heading: &Heading) -> Chosen {
        let mut number = None;
        let place = format!("{}, {}", self.theme.name, own.title);
        let cell = HeatCell {
            place: &place,
            count: Some((heading.favourable, heading.scored)),
            chosen: false,
            change: None,
        };
        if cell.show(ui, egui::vec2(120.0, 44.0)).clicked() {
            let title = format!("{}, {}", self.theme.short, own.title);
            number = Some(Number::counted(title, self.filter.clone()));
        }
        ui.vertical(|ui| {
            let uncounted = Uncounted {
                session: self.session,
                facts: self.facts,
                basis: self.basis,
                filter: self.filter,
                missing: &own.missing,
            };
            let blank = ui.horizontal_wrapped(|ui| {
                let cases = self.cases(ui, &place, heading);
                uncounted.of_heading(ui, &place, heading).or(cases)
            });
            number = number.take().or(blank.inner);
            let number = number.take().map(|number| (own.audit, number));
            let beside = own.change.as_ref();
            number.or(beside.and_then(|beside| self.changed(ui, own, beside)))
        })
        .inner
    }

    /// The cases with an answer that counts.
    fn cases(&self, ui: &mut Ui, place: &str, heading: &Heading) -> Option<Number> {
        let words = match heading.cases {
            1 => "over 1 case".to_owned(),
            cases => format!("over {cases} cases"),
        };
        let title = format!("{place}: {words}");
        small_number(ui, &words, &title, heading.cases > 0).then(|| {
            let answers = self.facts.behind(self.basis, self.filter, None);
            let counted = answers.iter().filter(|own| own.favourable.is_some());
            let mut cases: Vec<RecordId> = counted.map(|own| own.case).collect();
            cases.sort_unstable();
            cases.dedup();
            let place = |case: &RecordId| Place::of(self.session, self.facts.audit, *case, None);
            let mut places: Vec<Place> = cases.iter().map(place).collect();
            places.sort_by(|a, b| a.words.cmp(&b.words));
            Number::of_places(title.clone(), What::Cases, places)
        })
    }

    fn question(
        &self,
        ui: &mut Ui,
        own: &InAudit,
        summary: &AuditSummary,
        question: &Question,
    ) -> Option<Number> {
        let mut tally = Tally::default();
        let tallies = summary.questions.iter();
        tallies
            .filter(|own| own.question == question.id)
            .for_each(|own| tally.merge(&own.tally));
        let place = format!("{}, {}", question.code, own.title);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().interact_size.y = 18.0;
            let count = ui.allocate_ui(egui::vec2(96.0, 18.0), |ui| {
                ui.set_min_width(96.0);
                let name = format!("{place}: {}", tally.words());
                widgets::at_the_right(ui, |ui| {
                    number_link(ui, &tally.words(), &name, tally.scored > 0)
                })
            });
            ui.add_space(space::NEAR);
            let words = format!("{}  {}", question.code, question.text);
            ui.add(egui::Label::new(egui::RichText::new(words).size(size::SMALL)).wrap());
            count.inner.then(|| {
                let filter = self.filter.clone();
                Number::some(&place, filter, Some(&question.id), Only::Counted)
            })
        })
        .inner
    }

    /// "Beside Neglect 2019, over the questions both ask: 5 of 8, then 7 of 9: too few to call a
    /// change", both counts to look behind.
    fn changed(&self, ui: &mut Ui, own: &InAudit, beside: &BesideBefore) -> Chosen {
        let (icon, tone) = change_sign(beside.compared.change);
        let mut chosen = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().interact_size.y = 16.0;
            if !icon.is_empty() {
                widgets::icon(ui, icon, 13.0, Palette::of(ui.ctx()).tone(tone).ink);
            }
            caption(
                ui,
                &format!("Beside {}, over the questions both ask:", beside.title),
            );
            for (audit, title, counted) in [
                (beside.before, &beside.title, &beside.compared.earlier),
                (own.audit, &own.title, &beside.compared.later),
            ] {
                let place = format!("{}, both ask, {title}", self.theme.short);
                let words = counted.words();
                let name = format!("{place}: {words}");
                if small_number(ui, &words, &name, counted.scored > 0) {
                    let filter = of_every_theme(self.filter);
                    let questions = beside.questions.clone();
                    let number = Number::over(place, filter, questions, Only::Counted);
                    chosen = Some((audit, number));
                }
                if audit == beside.before {
                    caption(ui, "then");
                }
            }
            caption(ui, beside.compared.change.words());
        });
        chosen
    }
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
