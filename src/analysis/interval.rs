//! Shares in percent, with the interval that says how little a small sample can tell.

/// From how many answers on a share is given in percent at all (design: never for fewer).
pub const FEWEST_FOR_PERCENT: usize = 20;

/// The 97.5 % point of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// What has to be said wherever an interval stands: it counts every answer as one of its own, and the
/// agencies answer about the same few children.
pub const ABOUT_THE_SAME_CHILDREN: &str = "An interval takes every answer as one of its own. Several \
are about the same child, so less is known than it says.";

/// A share with its 95 % interval, each between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The share itself.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Share {
    /// "78 % (63 to 88)", in whole percent.
    pub fn words(&self) -> String {
        let percent = |share: f64| (share * 100.0).round();
        format!(
            "{} % ({} to {})",
            percent(self.value),
            percent(self.low),
            percent(self.high)
        )
    }
}

/// The share of `part` in `whole`, where `whole` is large enough for one.
pub fn share(part: usize, whole: usize) -> Option<Share> {
    (whole >= FEWEST_FOR_PERCENT).then(|| {
        let (low, high) = wilson(part, whole);
        Share {
            value: part as f64 / whole as f64,
            low,
            high,
        }
    })
}

/// Wilson's score interval at 95 %, without continuity correction. `whole` must not be 0.
///
/// E. B. Wilson, J. Am. Statist. Assoc. 22 (1927) 209-212; method 3 of R. G. Newcombe, "Two-sided
/// confidence intervals for the single proportion", Statistics in Medicine 17 (1998) 857-872, whose
/// worked figures are the tests below.
pub fn wilson(part: usize, whole: usize) -> (f64, f64) {
    let n = whole as f64;
    let p = part as f64 / n;
    let centre = p + Z * Z / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    // At the ends the limit is exact; rounding must not leave it a hair inside.
    let low = if part == 0 {
        0.0
    } else {
        (centre - spread) / scale
    };
    let high = if part == whole {
        1.0
    } else {
        (centre + spread) / scale
    };
    (low, high)
}

/// A later share less an earlier one, with its 95 % interval, each between -1 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The difference itself.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Difference {
    /// "+12 points (-5 to +28)", in whole percentage points.
    pub fn words(&self) -> String {
        let points = |share: f64| match (share * 100.0).round() as i64 {
            0 => "0".to_owned(),
            points => format!("{points:+}"),
        };
        format!(
            "{} points ({} to {})",
            points(self.value),
            points(self.low),
            points(self.high)
        )
    }
}

/// The difference of two shares, where both wholes are large enough for one.
pub fn difference(earlier: (usize, usize), later: (usize, usize)) -> Option<Difference> {
    let enough = earlier.1 >= FEWEST_FOR_PERCENT && later.1 >= FEWEST_FOR_PERCENT;
    enough.then(|| newcombe(later, earlier))
}

/// Newcombe's hybrid score interval at 95 % for the first share less the second. Neither whole may
/// be 0.
///
/// Method 10 (without continuity correction) of R. G. Newcombe, "Interval estimation for the
/// difference between independent proportions: comparison of eleven methods", Statistics in Medicine
/// 17 (1998) 873-890: the distances from each share to the ends of its Wilson interval, squared and
/// added.
pub fn newcombe(first: (usize, usize), second: (usize, usize)) -> Difference {
    let share = |(part, whole): (usize, usize)| part as f64 / whole as f64;
    let (a, b) = (share(first), share(second));
    let (a_low, a_high) = wilson(first.0, first.1);
    let (b_low, b_high) = wilson(second.0, second.1);
    Difference {
        value: a - b,
        low: a - b - (a - a_low).hypot(b_high - b),
        high: a - b + (a_high - a).hypot(b - b_low),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe 1998, pp. 857-872, table I, method 3: 95 % limits to four places.
    #[test]
    fn newcombes_published_single_proportions() {
        let cases = [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ];
        for (part, whole, low, high) in cases {
            let (l, h) = wilson(part, whole);
            assert!((l - low).abs() < 5e-5, "{part} of {whole}: {l}");
            assert!((h - high).abs() < 5e-5, "{part} of {whole}: {h}");
        }
    }

    /// Newcombe 1998, pp. 873-890, table II, contrasts (a) to (h), method 10: 95 % limits to four
    /// places.
    #[test]
    fn newcombes_published_differences() {
        let cases = [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((0, 10), (0, 10), -0.2775, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0),
            ((10, 10), (0, 10), 0.6075, 1.0),
        ];
        for (first, second, low, high) in cases {
            let found = newcombe(first, second);
            assert!(
                (found.low - low).abs() < 5e-5,
                "{first:?} {second:?}: {found:?}"
            );
            assert!(
                (found.high - high).abs() < 5e-5,
                "{first:?} {second:?}: {found:?}"
            );
        }
    }

    /// Where the score test itself stops rejecting, found by halving: another way to the same limits.
    fn by_halving(part: usize, whole: usize, above: bool) -> f64 {
        let p = part as f64 / whole as f64;
        let kept =
            |truth: f64| (p - truth).abs() <= Z * (truth * (1.0 - truth) / whole as f64).sqrt();
        let (mut inside, mut outside) = (p, if above { 1.0 } else { 0.0 });
        if kept(outside) {
            return outside;
        }
        for _ in 0..100 {
            let middle = f64::midpoint(inside, outside);
            if kept(middle) {
                inside = middle
            } else {
                outside = middle
            }
        }
        inside
    }

    #[test]
    fn limits_are_where_the_score_test_stops_rejecting() {
        for whole in [1, 2, 7, 20, 29, 148] {
            for part in 0..=whole {
                let (low, high) = wilson(part, whole);
                let (l, h) = (
                    by_halving(part, whole, false),
                    by_halving(part, whole, true),
                );
                assert!((low - l).abs() < 1e-9, "{part} of {whole}: {low} {l}");
                assert!((high - h).abs() < 1e-9, "{part} of {whole}: {high} {h}");
            }
        }
    }

    #[test]
    fn the_ends_of_the_scale_are_exact() {
        for whole in [1, 2, 19, 20, 1000] {
            assert_eq!(wilson(0, whole).0, 0.0);
            assert_eq!(wilson(whole, whole).1, 1.0);
            let (low, high) = wilson(0, whole);
            let (other_low, other_high) = wilson(whole, whole);
            assert!((high - (1.0 - other_low)).abs() < 1e-12, "{whole}");
            assert_eq!(low, 1.0 - other_high);
            assert_eq!(newcombe((whole, whole), (0, whole)).high, 1.0);
        }
        // One of one: the score limit is z² / (1 + z²) from the other end.
        assert!((wilson(0, 1).1 - Z * Z / (1.0 + Z * Z)).abs() < 1e-12);
    }

    #[test]
    fn no_percentages_of_nineteen() {
        assert_eq!(share(7, 19), None);
        assert_eq!(share(0, 0), None);
        assert_eq!(share(15, 20).unwrap().words(), "75 % (53 to 89)");
        assert_eq!(share(20, 20).unwrap().words(), "100 % (84 to 100)");
        assert_eq!(difference((5, 19), (20, 20)), None);
        assert_eq!(difference((20, 20), (0, 0)), None);
        let found = difference((48, 80), (56, 70)).unwrap();
        assert_eq!(found.words(), "+20 points (+5 to +33)");
        let back = difference((56, 70), (48, 80)).unwrap();
        assert_eq!(back.words(), "-20 points (-33 to -5)");
    }
}
