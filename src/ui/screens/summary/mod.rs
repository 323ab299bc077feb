//! The summary of one audit, a topic a page: overview, questions, hypotheses, timescales, agreement.
//! Every count keeps its denominator, and leads to the answers behind it.

mod agreement;
mod by_agency;
mod changes;
mod counted;
mod grades;
mod hypotheses;
mod marked;
mod overview;
mod questions;
mod re_audit;
mod timescales;

use std::cell::OnceCell;

use egui::Ui;

use super::behind::{BehindSide, Number, Place};
use super::filter_bar::FilterBar;
use super::uncounted::Uncounted;
use crate::analysis::facts::{AuditFacts, Basis};
use crate::analysis::{Facts, Filter, FilterField};
use crate::domain::audit::Audit;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Way, Weight, hint};

use counted::Counted;
use hypotheses::HypothesesPart;
use questions::QuestionsView;
pub use re_audit::change_sign;

/// The topics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Topic {
    /// Coverage, grades, themes, marks.
    #[default]
    Overview,
    /// Question by question.
    Questions,
    /// What the audit set out to test.
    Hypotheses,
    /// Rules met and missed.
    Timescales,
    /// How far auditors agree.
    Agreement,
    /// Beside the audit it repeats.
    ReAudit,
}

impl Topic {
    const ALL: [Self; 6] = [
        Self::Overview,
        Self::Questions,
        Self::Hypotheses,
        Self::Timescales,
        Self::Agreement,
        Self::ReAudit,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Questions => "Questions",
            Self::Hypotheses => "Hypotheses",
            Self::Timescales => "Timescales",
            Self::Agreement => "Agreement",
            Self::ReAudit => "Re-audit",
        }
    }
}

type Key = (u64, u64, RecordId, Basis, Filter);

/// The topic shown, the filter in force and the number looked behind.
#[derive(Default)]
pub struct SummaryScreen {
    topic: Topic,
    wanted: Option<Topic>,
    bar: FilterBar,
    counted: Option<(Key, Counted)>,
    behind: BehindSide,
    view: QuestionsView,
    hypotheses: HypothesesPart,
}

/// What the topics draw from and hand back.
struct Part<'a> {
    session: &'a Session,
    audit: RecordId,
    record: &'a Audit,
    facts: &'a AuditFacts,
    basis: Basis,
    filter: &'a Filter,
    counted: &'a Counted,
    /// The number that was chosen.
    number: Option<Number>,
    /// The audit it is of, where that is another one.
    of: Option<RecordId>,
    acts: Vec<Act>,
}

impl SummaryScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, audit: RecordId) -> Vec<Act> {
        let mut acts = Vec::new();
        let record = session.register().audits.get(&audit);
        let facts = session
            .facts()
            .and_then(|all| Some((all, all.audit(audit)?)));
        let (Some((all, facts)), Some(record)) = (facts, record) else {
            widgets::page(ui, 600.0, |ui| hint(ui, "Counting…"));
            return acts;
        };
        self.come_to(audit);
        let own = std::slice::from_ref(facts);
        self.bar.show(ui, session, own, &FilterField::ALL);
        // Only once the filter is chosen: what is drawn is counted with the filter that is shown.
        self.count(session, all, facts);
        self.behind.show(ui, session, self.bar.basis, &mut acts);
        widgets::page(ui, 1080.0, |ui| {
            self.head(ui, audit, record, &mut acts);
            ui.add_space(space::NEAR);
            self.topic(ui, session, audit, record, facts, &mut acts);
            ui.add_space(space::PART);
        });
        acts
    }

    /// Goes to a topic when the screen is drawn next.
    pub fn go_to(&mut self, topic: Topic) {
        self.wanted = Some(topic);
    }

    /// Goes to a question with its counts when the screen is drawn next.
    pub fn go_to_question(&mut self, question: String) {
        self.wanted = Some(Topic::Questions);
        self.view.go_to(question);
    }

    /// What is typed and not kept yet.
    pub fn flush(&mut self) -> Vec<Act> {
        self.hypotheses.flush()
    }

    /// Another audit begins with its overview, unfiltered.
    fn come_to(&mut self, audit: RecordId) {
        let counted = self.counted.as_ref().map(|(key, _)| key);
        if counted.is_some_and(|key| key.2 != audit) {
            self.bar = FilterBar::default();
            self.behind.close();
            self.topic = Topic::default();
        }
        if let Some(topic) = self.wanted.take() {
            self.topic = topic;
            self.behind.close();
        }
    }

    fn count(&mut self, session: &Session, all: &Facts, facts: &AuditFacts) {
        let (version, revision) = (session.facts_version(), session.revision());
        let (basis, filter) = (self.bar.basis, &self.bar.filter);
        let key = (version, revision, facts.audit, basis, filter.clone());
        let counted = self.counted.as_ref().map(|(key, _)| key);
        if counted == Some(&key) {
            return;
        }
        match counted {
            Some(old) if (old.3, &old.4) != (basis, filter) => self.behind.close(),
            _ => self.behind.stale(),
        }
        // What cannot be known hangs on no filter.
        let same = |old: &Key| (old.0, old.1, old.2) == (version, revision, facts.audit);
        let unknown = match self.counted.take() {
            Some((old, counted)) if same(&old) => counted.unknown,
            _ => OnceCell::new(),
        };
        let shown = (basis, filter);
        let counted = Counted::of(session, (all, facts), shown, unknown);
        self.counted = counted.map(|counted| (key, counted));
    }

    fn head(&mut self, ui: &mut Ui, audit: RecordId, record: &Audit, acts: &mut Vec<Act>) {
        if widgets::back_button(ui, &record.title).clicked() {
            acts.push(Act::Go(Route::Audit(audit)));
        }
        ui.horizontal_wrapped(|ui| {
            widgets::title(ui, &format!("Summary: {}", record.title));
            self.ways(ui, audit, acts);
        });
        ui.horizontal_wrapped(|ui| {
            for topic in Topic::ALL {
                let words = topic.title();
                let response = ui.selectable_label(topic == self.topic, words);
                widgets::keep_in_view(&response);
                if response.clicked() && topic != self.topic {
                    self.topic = topic;
                    self.behind.close();
                }
            }
        });
    }

    fn ways(&self, ui: &mut Ui, audit: RecordId, acts: &mut Vec<Act>) {
        let [cases, export] = [
            (icons::AUDIT, "Cases"),
            (icons::EXPORT, "Export what is shown"),
        ]
        .map(|(icon, words)| Way {
            weight: Weight::Framed,
            icon,
            words,
            spoken: words.to_owned(),
        });
        match widgets::ways(ui, &[cases, export]) {
            Some(0) => acts.push(Act::Go(Route::Audit(audit))),
            Some(_) => {
                let filter = Box::new(self.bar.filter.clone());
                acts.push(Act::ExportPart(Some(audit), self.bar.basis, filter));
            }
            None => (),
        }
    }

    fn topic(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        audit: RecordId,
        record: &Audit,
        facts: &AuditFacts,
        acts: &mut Vec<Act>,
    ) {
        let Some((_, counted)) = &self.counted else {
            return;
        };
        let mut part = Part {
            session,
            audit,
            record,
            facts,
            basis: self.bar.basis,
            filter: &self.bar.filter,
            counted,
            number: None,
            of: None,
            acts: Vec::new(),
        };
        match self.topic {
            Topic::Overview => overview::show(ui, &mut part),
            Topic::Questions => self.view.show(ui, &mut part),
            Topic::Hypotheses => self.hypotheses.show(ui, &mut part),
            Topic::Timescales => timescales::show(ui, &mut part),
            Topic::Agreement => agreement::show(ui, &mut part),
            Topic::ReAudit => re_audit::show(ui, &mut part),
        }
        let (number, of) = (part.number, part.of.unwrap_or(audit));
        acts.extend(part.acts);
        if let Some(number) = number {
            self.behind.choose(of, number);
        }
    }
}

impl Part<'_> {
    /// The words for an agency, or the panel.
    fn who<'a>(&'a self, agency: &'a Option<String>) -> &'a str {
        let agency = agency.as_deref();
        agency.map_or("Panel", |code| self.session.register().agency_short(code))
    }

    /// A case, or one agency's form of it, behind a number.
    fn place(&self, case: RecordId, agency: Option<&str>) -> Place {
        Place::of(self.session, self.audit, case, agency)
    }

    /// What is in no other number of a part of what is shown.
    fn uncounted<'b>(&'b self, filter: &'b Filter) -> Uncounted<'b> {
        Uncounted {
            session: self.session,
            facts: self.facts,
            basis: self.basis,
            filter,
            missing: &self.counted.missing,
        }
    }

    /// The printed code of a question.
    fn code<'a>(&'a self, question: &'a str) -> &'a str {
        let tool = self.session.register().tool_of(self.audit);
        let known = tool.and_then(|tool| tool.question(question));
        known.map_or(question, |known| known.code.as_str())
    }

    /// What a picture shows, of which audit, in whose view and of which part.
    fn picture_title(&self, what: &str) -> String {
        let (register, catalogue) = (self.session.register(), self.session.catalogue());
        let own = std::slice::from_ref(self.facts);
        let only = self.filter.in_words(own, register, catalogue);
        let only = only.map_or_else(String::new, |words| format!(" (only {words})"));
        format!("{what}, {}{only}", self.record.title)
    }
}
