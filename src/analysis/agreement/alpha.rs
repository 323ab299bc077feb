//! Krippendorff's alpha, with an interval from resampling the units.

use std::collections::HashMap;

use super::{Found, NoAlpha};

/// From how many pairable units on alpha is given.
pub const FEWEST_UNITS: usize = 20;

/// How often the units are drawn anew for the interval.
const DRAWS: usize = 1000;

/// Where the drawing starts: always the same, so that the same answers give the same interval.
const SEED: u64 = 0x0060_1D74_94EA_D001;

/// How two different values count against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Different is different.
    Nominal,
    /// The further apart on the scale, the worse; counted in how many values lie between.
    Ordinal,
}

/// Alpha with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alpha {
    /// 1 is full agreement, 0 what chance would give, below 0 worse than that.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// Units it rests on: one question of one case, answered by two agencies or more.
    pub units: usize,
}

impl Alpha {
    /// "0.41 (0.28 to 0.53)".
    pub fn words(&self) -> String {
        format!("{:.2} ({:.2} to {:.2})", self.value, self.low, self.high)
    }
}

/// Alpha of units with two values or more each, where there are enough of them; `None` where `stop`,
/// asked before every draw, said so before it was done.
///
/// The interval is the 2.5th to 97.5th percentile of alpha over [`DRAWS`] samples of as many units,
/// drawn with replacement (B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap", 1993,
/// chapter 13). Samples without variation, which have no alpha, are left out. Answers to several
/// questions about one child are drawn as if they had nothing to do with each other, so the
/// interval is rather too narrow than too wide.
///
/// Nearly all of the time goes into drawing the units, some 4 ns each: what a unit adds to the
/// coincidences is worked out once for all units alike.
pub(super) fn measured(
    patterns: &Patterns,
    metric: Metric,
    stop: &dyn Fn() -> bool,
) -> Option<Found> {
    let units = patterns.of_unit.len();
    if units < FEWEST_UNITS {
        return Some(Err(NoAlpha::TooFew));
    }
    let Some(value) = patterns.alpha(metric, &patterns.counts()) else {
        return Some(Err(NoAlpha::NoVariation));
    };
    let (low, high) = resampled(patterns, metric, stop)?;
    Some(Ok(Alpha {
        value,
        low: low.min(value),
        high: high.max(value),
        units,
    }))
}

/// The 2.5th and 97.5th percentile of alpha over the samples.
fn resampled(patterns: &Patterns, metric: Metric, stop: &dyn Fn() -> bool) -> Option<(f64, f64)> {
    let mut dice = Dice(SEED);
    let units = patterns.of_unit.len();
    let mut drawn = vec![0_u32; patterns.different.len()];
    let mut alphas = Vec::with_capacity(DRAWS);
    for _ in 0..DRAWS {
        if stop() {
            return None;
        }
        drawn.fill(0);
        for _ in 0..units {
            drawn[patterns.of_unit[dice.below(units)] as usize] += 1;
        }
        alphas.extend(patterns.alpha(metric, &drawn));
    }
    alphas.sort_by(f64::total_cmp);
    let at = |share: f64| alphas[((alphas.len() - 1) as f64 * share).round() as usize];
    Some(match alphas.is_empty() {
        true => (1.0, -1.0),
        false => (at(0.025), at(0.975)),
    })
}

/// Units with the same values are the same: there are few different ones.
#[derive(Clone, Debug)]
pub(super) struct Patterns {
    /// What a unit of each adds to the coincidences: of values c and k at c * size + k.
    different: Vec<Vec<f64>>,
    /// Which of them each unit is.
    of_unit: Vec<u32>,
    /// One more than the largest value.
    size: usize,
}

impl Patterns {
    /// Of units by their values; those with one value are in no pair and are left out.
    pub(super) fn of(units: impl Iterator<Item = Vec<usize>>) -> Self {
        let mut numbers: HashMap<Vec<usize>, u32> = HashMap::new();
        let of_unit = units.filter(|values| values.len() > 1).map(|mut values| {
            values.sort_unstable();
            let next = numbers.len() as u32;
            *numbers.entry(values).or_insert(next)
        });
        let of_unit = of_unit.collect();
        let size = numbers.keys().flatten().max().map_or(0, |most| most + 1);
        let mut different: Vec<_> = numbers.into_iter().collect();
        different.sort_by_key(|(_, number)| *number);
        let own = different
            .iter()
            .map(|(values, _)| coincidences(values, size));
        Self {
            different: own.collect(),
            of_unit,
            size,
        }
    }

    /// How many units have each pattern.
    fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.different.len()];
        for pattern in &self.of_unit {
            counts[*pattern as usize] += 1;
        }
        counts
    }

    /// Alpha where each pattern is there so often.
    fn alpha(&self, metric: Metric, times: &[u32]) -> Option<f64> {
        let mut sum = vec![0.0; self.size * self.size];
        for (pattern, times) in self.different.iter().zip(times) {
            for (sum, own) in sum.iter_mut().zip(pattern) {
                *sum += f64::from(*times) * own;
            }
        }
        of_coincidences(&sum, self.size, metric)
    }
}

/// A small generator of random numbers (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom
/// number generators", 2014: SplitMix64), so that results do not hang on a library's version.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `end`; `end` is far below 2^32, so that the bias does not matter.
    fn below(&mut self, end: usize) -> usize {
        (((self.next() >> 32) * end as u64) >> 32) as usize
    }
}

/// Each pair of a unit's values, weighted by one over its values less one.
fn coincidences(values: &[usize], size: usize) -> Vec<f64> {
    let mut found = vec![0.0; size * size];
    let weight = 1.0 / (values.len() - 1) as f64;
    for (at, c) in values.iter().enumerate() {
        for (other, k) in values.iter().enumerate() {
            if at != other {
                found[c * size + k] += weight;
            }
        }
    }
    found
}

/// Krippendorff's alpha of coincidences of so many values, which are positions on the scale; `None`
/// when all are the same.
///
/// K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), sections C and D: observed
/// coincidences o(c,k), each unit's pairs weighted by one over its values less one, against those
/// expected by chance; the ordinal metric counts the values between c and k.
fn of_coincidences(coincidences: &[f64], size: usize, metric: Metric) -> Option<f64> {
    let totals: Vec<f64> = coincidences
        .chunks(size.max(1))
        .map(|row| row.iter().sum())
        .collect();
    let n: f64 = totals.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..size {
        for k in c + 1..size {
            let distance = squared_distance(&totals, c, k, metric);
            observed += coincidences[c * size + k] * distance;
            expected += totals[c] * totals[k] * distance;
        }
    }
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

/// The squared difference of two values, `c` above `k` on the scale.
fn squared_distance(totals: &[f64], c: usize, k: usize, metric: Metric) -> f64 {
    match metric {
        Metric::Nominal => 1.0,
        Metric::Ordinal => {
            let between: f64 = totals[c..=k].iter().sum();
            (between - (totals[c] + totals[k]) / 2.0).powi(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alpha(units: &[Vec<usize>], metric: Metric) -> Option<f64> {
        let patterns = Patterns::of(units.iter().cloned());
        patterns.alpha(metric, &patterns.counts())
    }

    fn measured(units: &[Vec<usize>], metric: Metric) -> Found {
        let patterns = Patterns::of(units.iter().cloned());
        super::measured(&patterns, metric, &|| false).expect("nobody stops it")
    }

    #[test]
    fn it_stops_when_told_to() {
        let patterns = Patterns::of(units(40, 7).into_iter());
        let asked = std::cell::Cell::new(0);
        let stop = || {
            asked.set(asked.get() + 1);
            asked.get() > 10
        };
        assert_eq!(super::measured(&patterns, Metric::Ordinal, &stop), None);
        assert_eq!(asked.get(), 11, "asked before every draw");
    }

    /// The reliability data of Krippendorff 2011, section C: four observers, twelve units, values
    /// 1 to 5, 0 where one is missing.
    const OBSERVERS: [[usize; 12]; 4] = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];

    fn published() -> Vec<Vec<usize>> {
        (0..12)
            .map(|unit| {
                let values = OBSERVERS.iter().map(|observer| observer[unit]);
                values
                    .filter(|value| *value > 0)
                    .map(|value| value - 1)
                    .collect()
            })
            .collect()
    }

    #[test]
    fn krippendorffs_published_alphas() {
        for (metric, expected) in [(Metric::Nominal, 0.743), (Metric::Ordinal, 0.815)] {
            let found = alpha(&published(), metric).unwrap();
            assert!((found - expected).abs() < 5e-4, "{metric:?}: {found}");
        }
    }

    /// So many units of which a share, given in tenths, agree.
    fn units(count: usize, tenths: usize) -> Vec<Vec<usize>> {
        let unit = |at: usize| {
            let other = if at % 10 < tenths { at } else { at + 1 };
            vec![at % 4, other % 4]
        };
        (0..count).map(unit).collect()
    }

    #[test]
    fn nineteen_units_are_too_few_to_say() {
        let few = measured(&units(19, 8), Metric::Ordinal);
        assert_eq!(few, Err(NoAlpha::TooFew));
        assert_eq!(measured(&units(20, 8), Metric::Ordinal).unwrap().units, 20);
        let same = vec![vec![1, 1]; 40];
        let none = measured(&same, Metric::Ordinal);
        assert_eq!(none, Err(NoAlpha::NoVariation));
    }

    #[test]
    fn the_interval_is_the_same_each_time_and_narrower_with_more_units() {
        for metric in [Metric::Nominal, Metric::Ordinal] {
            let few = measured(&units(20, 7), metric).unwrap();
            assert_eq!(measured(&units(20, 7), metric), Ok(few));
            let many = measured(&units(400, 7), metric).unwrap();
            assert!(few.low < few.value && few.value < few.high, "{few:?}");
            assert!(
                many.high - many.low < (few.high - few.low) / 2.0,
                "{many:?}"
            );
        }
        let all = measured(&units(40, 10), Metric::Nominal).unwrap();
        assert_eq!((all.value, all.low, all.high), (1.0, 1.0, 1.0));
        assert_eq!(all.words(), "1.00 (1.00 to 1.00)");
    }

    /// With two agencies and four values given equally often, nominal alpha is nearly
    /// 1 - (1 - p) / (1 - 1/4), where p is the share of units that agree: its interval has to lie near
    /// what Wilson's interval of that share gives.
    #[test]
    fn the_interval_is_near_the_one_of_the_share_that_agrees() {
        let found = measured(&units(400, 7), Metric::Nominal).unwrap();
        let (low, high) = crate::analysis::interval::wilson(280, 400);
        let alpha = |share: f64| 1.0 - (1.0 - share) / 0.75;
        assert!((found.low - alpha(low)).abs() < 0.02, "{found:?}");
        assert!((found.high - alpha(high)).abs() < 0.02, "{found:?}");
    }

    #[test]
    fn full_agreement_is_one_and_no_variation_is_nothing() {
        let agreed = vec![vec![0, 0], vec![1, 1], vec![3, 3, 3]];
        assert_eq!(alpha(&agreed, Metric::Ordinal), Some(1.0));
        assert_eq!(alpha(&[vec![2, 2], vec![2, 2]], Metric::Ordinal), None);
        assert_eq!(alpha(&[vec![2]], Metric::Nominal), None);
    }
}
