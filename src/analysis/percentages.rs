//! Percentages of a spread that add up to 100.
//!
//! A reader adds up the percentages beside a bar. Each rounded for itself they may give 99 or 101;
//! so they are rounded down, and the points left over go to those with the largest remainders
//! (Hamilton's method; among equal remainders to the one first in the order of the scale). No
//! percentage is then a full point away from the share it stands for. A share that stands alone
//! ([`super::interval::share`]) is rounded for itself.

use super::interval::FEWEST_FOR_PERCENT;

/// Whole percentages of `counts` in their order, which add up to 100; `None` for fewer than 20
/// answers.
pub fn percentages(counts: &[usize]) -> Option<Vec<u32>> {
    let whole: usize = counts.iter().sum();
    if whole < FEWEST_FOR_PERCENT {
        return None;
    }
    let mut percent: Vec<u32> = counts
        .iter()
        .map(|count| (count * 100 / whole) as u32)
        .collect();
    let left = 100 - percent.iter().sum::<u32>();
    let mut by_remainder: Vec<usize> = (0..counts.len()).collect();
    // A stable sort: equal remainders stay in the order of the scale.
    by_remainder.sort_by_key(|at| std::cmp::Reverse(counts[*at] * 100 % whole));
    for at in by_remainder.into_iter().take(left as usize) {
        percent[at] += 1;
    }
    Some(percent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spreads_add_up() {
        let cases: &[(&[usize], Option<&[u32]>)] = &[
            (&[10, 10, 10], Some(&[34, 33, 33])),
            (&[1, 1, 1, 21], Some(&[4, 4, 4, 88])),
            (&[0, 20], Some(&[0, 100])),
            (&[20], Some(&[100])),
            (&[9, 10], None),
            (&[], None),
        ];
        for (counts, expected) in cases {
            assert_eq!(percentages(counts).as_deref(), *expected, "{counts:?}");
        }
    }

    proptest! {
        #[test]
        fn always_to_a_hundred_and_never_a_point_off(
            counts in proptest::collection::vec(0_usize..5000, 1..8)
        ) {
            let whole: usize = counts.iter().sum();
            let found = percentages(&counts);
            prop_assert_eq!(found.is_some(), whole >= 20);
            for (percent, count) in found.iter().flatten().zip(&counts) {
                let exact = *count as f64 * 100.0 / whole as f64;
                prop_assert!((f64::from(*percent) - exact).abs() < 1.0);
            }
            prop_assert!(found.is_none_or(|found| found.iter().sum::<u32>() == 100));
        }
    }
}
