//! What is in no other number: not applicable, not evidenced, and answers that are not there; each
//! apart, each to look behind.

use egui::Ui;

use super::behind::{Number, Only, Place, What};
use crate::analysis::missing::{Absence, Absences, MissingCounts, behind};
use crate::analysis::summary::Heading;
use crate::analysis::{AskedQuestion, AuditFacts, Basis, Filter};
use crate::domain::answer::Blank;
use crate::session::Session;
use crate::ui::widgets::small_number;

/// The two blanks of a count: which, "2 not evidenced", and whether there is any.
pub fn blanks(not_applicable: usize, not_evidenced: usize) -> [(Blank, String, bool); 2] {
    [
        (Blank::NotApplicable, not_applicable, "not applicable"),
        (Blank::NotEvidenced, not_evidenced, "not evidenced"),
    ]
    .map(|(blank, count, words)| (blank, format!("{count} {words}"), count > 0))
}

/// A part of an audit in somebody's view, and what is missing there.
pub struct Uncounted<'a> {
    /// The open document.
    pub session: &'a Session,
    /// The audit.
    pub facts: &'a AuditFacts,
    /// Whose view.
    pub basis: Basis,
    /// The part.
    pub filter: &'a Filter,
    /// Counted over that part, or one that holds it.
    pub missing: &'a MissingCounts,
}

impl Uncounted<'_> {
    /// What does not count under a heading, in one line; the number that was chosen.
    pub fn of_heading(&self, ui: &mut Ui, place: &str, heading: &Heading) -> Option<Number> {
        let mut number = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().interact_size.y = 16.0;
            for (blank, words, leads) in blanks(heading.not_applicable, heading.not_evidenced) {
                let title = format!("{place}: {words}");
                if small_number(ui, &words, &title, leads) {
                    let only = Only::Blank(blank);
                    number = Some(Number::some(title, self.filter.clone(), None, only));
                }
            }
            let questions = self.scored();
            let absences = self.missing.of(questions.iter().copied());
            let absent = self.not_there(ui, place, &questions, &absences);
            number = number.take().or(absent);
        });
        number
    }

    /// The scored questions that the filter leaves.
    fn scored(&self) -> Vec<&str> {
        let is =
            |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|it| it == found);
        let taken = |question: &&AskedQuestion| {
            question.scored
                && is(&self.filter.section, &question.section)
                && is(&self.filter.theme, &question.theme)
        };
        let questions = self.facts.questions.iter().filter(taken);
        questions.map(|question| question.id.as_str()).collect()
    }

    /// Answers to these questions that are not there, by why; the number that was chosen. What every
    /// form is asked is said even where none is missing.
    pub fn not_there(
        &self,
        ui: &mut Ui,
        place: &str,
        questions: &[&str],
        absences: &Absences,
    ) -> Option<Number> {
        let always = match self.basis {
            Basis::Agency => Absence::Unanswered,
            Basis::Panel => Absence::NotJudged,
        };
        let mut number = None;
        for why in Absence::ALL {
            let count = absences.get(&why).copied().unwrap_or_default();
            if count == 0 && why != always {
                continue;
            }
            let words = format!("{count} {}", why.words());
            let title = format!("{place}: {words}");
            if small_number(ui, &words, &title, count > 0) {
                let places = self.places(questions, why);
                number = Some(Number::of_places(title, What::Missing, places));
            }
        }
        number
    }

    fn places(&self, questions: &[&str], why: Absence) -> Vec<Place> {
        let tool = self.session.register().tool_of(self.facts.audit);
        let missing = behind(self.facts, self.basis, self.filter, questions, why).into_iter();
        let place = missing.map(|own| {
            let known = tool.and_then(|tool| tool.question(&own.question));
            let code = known.map_or(own.question.as_str(), |known| known.code.as_str());
            let agency = own.agency.as_deref();
            let place = Place::of(self.session, self.facts.audit, own.case, agency);
            Place {
                words: format!("{} · {code}", place.words),
                ..place
            }
        });
        place.collect()
    }
}
