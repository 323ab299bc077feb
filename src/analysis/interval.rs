//! Shares in percent, with the interval that says how little a small sample can tell.

/// From how many answers on a share is given in percent at all (design: never for fewer).
pub const FEWEST_FOR_PERCENT: usize = 20;

/// The 97.5 % point of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

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
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal
/// of the American Statistical Association 22 (1927) 209-212; method 3 in R. G. Newcombe,
/// "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998)
/// 857-872, whose worked figures are the tests below.
pub fn wilson(part: usize, whole: usize) -> (f64, f64) {
    let n = whole as f64;
    let p = part as f64 / n;
    let centre = p + Z * Z / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    (
        ((centre - spread) / scale).max(0.0),
        ((centre + spread) / scale).min(1.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newcombes_published_figures() {
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

    #[test]
    fn no_percentages_of_nineteen() {
        assert_eq!(share(7, 19), None);
        assert_eq!(share(0, 0), None);
        assert_eq!(share(15, 20).unwrap().words(), "75 % (53 to 89)");
        assert_eq!(share(20, 20).unwrap().words(), "100 % (84 to 100)");
    }
}
