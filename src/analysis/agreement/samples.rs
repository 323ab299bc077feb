//! The alphas of an audit, each over its own answers: over many forms they take a while, so each can be
//! worked out by itself and stopped.

use std::collections::BTreeMap;

use super::alpha::{Alpha, FEWEST_UNITS, Metric, Patterns, measured};
use super::{NoAlpha, OnQuestion, Unit};
use crate::domain::tool::Kind;

/// Up to so many units altogether all alphas together take less than a frame of a window.
const FEW: usize = 500;

/// Alpha, or why there is none.
pub type Found = Result<Alpha, NoAlpha>;

/// What an alpha is over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Over {
    /// All graded questions together; ordinal.
    Grades,
    /// All yes/partly/no questions together; nominal. Lists of choices differ from question to
    /// question: they have their alpha by question only.
    YesPartlyNo,
    /// One question: ordinal for grades, nominal otherwise.
    Question(String),
}

/// The answers that one alpha is over.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What it is over.
    pub over: Over,
    metric: Metric,
    units: Patterns,
}

impl Sample {
    fn of<'a>(over: Over, kind: Kind, units: impl Iterator<Item = &'a Unit>) -> Self {
        let metric = match kind {
            Kind::Grade => Metric::Ordinal,
            _ => Metric::Nominal,
        };
        let units = Patterns::of(units.map(Unit::values));
        Self {
            over,
            metric,
            units,
        }
    }

    /// Works the alpha out; `None` where `stop` said so before it was done.
    pub fn alpha(&self, stop: &dyn Fn() -> bool) -> Option<Found> {
        measured(&self.units, self.metric, stop)
    }
}

/// The answers behind every alpha of an audit: grades, yes/partly/no, then question by question in
/// the order in which they are listed.
#[derive(Clone, Debug)]
pub struct Samples(Vec<Sample>);

impl Samples {
    /// `units` stand by question; `listed` are the questions that have any.
    pub(super) fn of(units: &[Unit], listed: &[OnQuestion]) -> Self {
        let of_kind = |over: Over, kind: Kind| {
            let own = units.iter().filter(|unit| unit.kind == kind);
            Sample::of(over, kind, own)
        };
        let on_question = |on: &OnQuestion| {
            let own = units[on.first_unit..][..on.units].iter();
            Sample::of(Over::Question(on.question.clone()), on.kind, own)
        };
        let all = [
            of_kind(Over::Grades, Kind::Grade),
            of_kind(Over::YesPartlyNo, Kind::YesPartlyNo),
        ];
        Self(
            all.into_iter()
                .chain(listed.iter().map(on_question))
                .collect(),
        )
    }

    /// Each of them.
    pub fn each(&self) -> &[Sample] {
        &self.0
    }

    /// The alphas that are worked out without anybody noticing: all where there are few units
    /// altogether, else those that have too few.
    pub fn at_once(&self) -> Alphas {
        let units = self.0.iter().map(|own| own.units.count());
        let drawn = units.filter(|units| *units >= FEWEST_UNITS);
        let few = drawn.sum::<usize>() <= FEW;
        self.worked_out(|own| few || own.units.count() < FEWEST_UNITS)
    }

    /// How many units one alpha is over: questions of a case that two agencies or more answered.
    pub fn units(&self, over: &Over) -> usize {
        let sample = self.0.iter().find(|own| own.over == *over);
        sample.map_or(0, |own| own.units.count())
    }

    /// Every alpha.
    pub fn alphas(&self) -> Alphas {
        self.worked_out(|_| true)
    }

    fn worked_out(&self, wanted: impl Fn(&Sample) -> bool) -> Alphas {
        let samples = self.0.iter().filter(|own| wanted(own));
        let found = samples.filter_map(|own| Some((own.over.clone(), own.alpha(&|| false)?)));
        Alphas(found.collect())
    }
}

/// The alphas of an audit, as far as they are worked out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alphas(BTreeMap<Over, Found>);

impl Alphas {
    /// The one over this; `None` while it is not worked out.
    pub fn over(&self, over: &Over) -> Option<Found> {
        self.0.get(over).copied()
    }

    /// Takes one that was worked out.
    pub fn take(&mut self, over: Over, found: Found) {
        self.0.insert(over, found);
    }

    /// How many are worked out.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}
