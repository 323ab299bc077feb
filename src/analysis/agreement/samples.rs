//! The alphas of an audit, each over its own answers: over many forms they take a while, so each can be
//! worked out by itself and stopped.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::alpha::{Alpha, FEWEST_UNITS, Metric, Patterns, measured};
use super::units::{Unit, Units};
use super::{NoAlpha, OnQuestion};
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
    kind: Kind,
    units: Arc<Units>,
    /// Among which units those of this kind are its own.
    which: Range<usize>,
    count: usize,
}

impl Sample {
    fn of(over: Over, kind: Kind, units: &Arc<Units>, which: Range<usize>) -> Self {
        let mut sample = Self {
            over,
            kind,
            units: Arc::clone(units),
            which,
            count: 0,
        };
        sample.count = sample.each().count();
        sample
    }

    fn each(&self) -> impl Iterator<Item = Unit<'_>> {
        let among = self.units.within(self.which.clone());
        among.filter(|unit| unit.kind == self.kind)
    }

    /// Works the alpha out; `None` where `stop` said so before it was done.
    pub fn alpha(&self, stop: &dyn Fn() -> bool) -> Option<Found> {
        let metric = match self.kind {
            Kind::Grade => Metric::Ordinal,
            _ => Metric::Nominal,
        };
        let patterns = Patterns::of(self.each().map(|unit| unit.values()));
        measured(&patterns, metric, stop)
    }
}

/// The answers behind every alpha of an audit: grades, yes/partly/no, then question by question in
/// the order in which they are listed.
#[derive(Clone, Debug)]
pub struct Samples(Vec<Sample>);

impl Samples {
    /// `listed` are the questions that have any units.
    pub(super) fn of(units: &Arc<Units>, listed: &[OnQuestion]) -> Self {
        let of_kind = |over, kind| Sample::of(over, kind, units, 0..units.count());
        let on_question = |on: &OnQuestion| {
            let over = Over::Question(on.question.clone());
            Sample::of(over, on.kind, units, on.which.clone())
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
        let units = self.0.iter().map(|own| own.count);
        let drawn = units.filter(|units| *units >= FEWEST_UNITS);
        let few = drawn.sum::<usize>() <= FEW;
        self.worked_out(|own| few || own.count < FEWEST_UNITS)
    }

    /// How many units one alpha is over: questions of a case that two agencies or more answered.
    pub fn units(&self, over: &Over) -> usize {
        let sample = self.0.iter().find(|own| own.over == *over);
        sample.map_or(0, |own| own.count)
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
