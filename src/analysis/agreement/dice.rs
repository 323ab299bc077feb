//! Random numbers for resampling, the same on every machine and with every version of a library.

/// A small generator (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators",
/// 2014: SplitMix64).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// How many of `n` tries succeed, each with the probability `p`.
    pub(super) fn binomial(&mut self, n: usize, p: f64) -> usize {
        if n == 0 || p <= 0.0 {
            return 0;
        }
        if p >= 1.0 {
            return n;
        }
        if p > 0.5 {
            return n - self.binomial(n, 1.0 - p);
        }
        match n as f64 * p < FEW {
            true => self.few(n, p),
            false => self.many(n as f64, p),
        }
    }

    /// By adding up the probabilities of 0, 1, 2 …, where few succeed (V. Kachitvichyanukul and
    /// B. W. Schmeiser, "Binomial random variate generation", 1988: algorithm BINV).
    fn few(&mut self, n: usize, p: f64) -> usize {
        let odds = p / (1.0 - p);
        let none = (1.0 - p).powf(n as f64);
        loop {
            let (mut left, mut chance) = (self.uniform(), none);
            for x in 0..=n {
                if left < chance {
                    return x;
                }
                left -= chance;
                chance *= odds * (n - x) as f64 / (x + 1) as f64;
            }
        }
    }

    /// By rejection, where many succeed (W. Hörmann, "The generation of binomial random variates",
    /// 1993: algorithm BTRS); `p` is at most a half.
    fn many(&mut self, n: f64, p: f64) -> usize {
        let spread = (n * p * (1.0 - p)).sqrt();
        let b = 1.15 + 2.53 * spread;
        let a = -0.0873 + 0.0248 * b + 0.01 * p;
        let alpha = (2.83 + 5.1 / b) * spread;
        let middle = ((n + 1.0) * p).floor();
        let log_odds = (p / (1.0 - p)).ln();
        let at_middle = ln_factorial(middle) + ln_factorial(n - middle);
        loop {
            let (u, v) = (self.uniform() - 0.5, self.uniform());
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + n * p + 0.5).floor();
            if k < 0.0 || k > n {
                continue;
            }
            let well_inside = us >= 0.07 && v <= 0.92 - 4.2 / b;
            let under = || {
                let v = (v * alpha / (a / (us * us) + b)).ln();
                v <= at_middle - ln_factorial(k) - ln_factorial(n - k) + (k - middle) * log_odds
            };
            if well_inside || under() {
                return k as usize;
            }
        }
    }
}

/// Below so many expected successes adding up is quicker, and rejection not exact.
const FEW: f64 = 10.0;

/// The natural logarithm of k!, by Stirling's series from 10 on.
fn ln_factorial(k: f64) -> f64 {
    if k < 10.0 {
        return (2..=k as u32).map(|factor| f64::from(factor).ln()).sum();
    }
    let squared = k * k;
    let half_of_ln_2_pi = 0.918_938_533_204_672_7;
    (k + 0.5) * k.ln() - k + half_of_ln_2_pi + (1.0 / 12.0 - 1.0 / (360.0 * squared)) / k
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_of_factorials_are_right() {
        let mut sum = 0.0;
        for k in 1..200_u32 {
            sum += f64::from(k).ln();
            assert!((ln_factorial(f64::from(k)) - sum).abs() < 1e-7, "{k}");
        }
        assert_eq!(ln_factorial(0.0), 0.0);
    }

    /// Each count comes as often as its probability says: every one within five standard errors.
    #[test]
    fn successes_are_spread_as_the_binomial_distribution_says() {
        const DRAWS: usize = 20_000;
        for (n, p) in [(8, 0.3), (20, 0.9), (60, 0.5), (400, 0.04), (50, 0.25)] {
            let mut dice = Dice::new(7);
            let mut seen = vec![0_usize; n + 1];
            (0..DRAWS).for_each(|_| seen[dice.binomial(n, p)] += 1);
            for (k, seen) in seen.iter().enumerate() {
                let (n, k) = (n as f64, k as f64);
                let ways = ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
                let chance = (ways + k * p.ln() + (n - k) * (1.0 - p).ln()).exp();
                let expected = chance * DRAWS as f64;
                let error = (expected * (1.0 - chance)).sqrt();
                let apart = (*seen as f64 - expected).abs();
                assert!(
                    apart <= 5.0 * error + 2.0,
                    "{n} {p} {k}: {seen} of {expected}"
                );
            }
        }
    }

    #[test]
    fn what_is_certain_needs_no_dice() {
        let mut dice = Dice::new(7);
        for (n, p, expected) in [(0, 0.5, 0), (9, 0.0, 0), (9, 1.0, 9), (9, 1.2, 9)] {
            assert_eq!(dice.binomial(n, p), expected);
        }
    }
}
