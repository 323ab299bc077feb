//! A small solver over whole numbers: can a number be another than it is?

/// A number somebody would like to know.
#[derive(Clone, Debug)]
pub struct Unknown {
    pub name: String,
    /// What it is.
    pub truth: i64,
    /// What it could be at least and at most, as far as anybody knows.
    pub bounds: (i64, i64),
    /// Whether it is published.
    pub shown: bool,
    /// Whether it stands in a table (and not only in the attacker's head).
    pub cell: bool,
}

/// What has to hold for the values of all cells.
type Condition = Box<dyn Fn(&[i64]) -> bool>;

/// Numbers and what is known of them: sums, and conditions on the whole.
#[derive(Default)]
pub struct Puzzle {
    pub unknowns: Vec<Unknown>,
    /// Signed numbers that add up to 0 (the constant is in a shown number).
    sums: Vec<Vec<(usize, i64)>>,
    conditions: Vec<Condition>,
}

/// How many steps a search may take before it counts as without result.
const STEPS: usize = 200_000;

impl Puzzle {
    /// A number in a table.
    pub fn cell(&mut self, name: impl Into<String>, truth: i64, most: i64, shown: bool) -> usize {
        self.push(name.into(), truth, (0, most), shown, true)
    }

    /// A number that stands in no table.
    pub fn hidden(&mut self, name: &str, truth: i64, most: i64) -> usize {
        self.push(name.into(), truth, (0, most), false, false)
    }

    /// A number that everybody knows.
    pub fn known(&mut self, truth: i64) -> usize {
        self.push("known".into(), truth, (truth, truth), true, false)
    }

    fn push(
        &mut self,
        name: String,
        truth: i64,
        bounds: (i64, i64),
        shown: bool,
        cell: bool,
    ) -> usize {
        assert!(
            bounds.0 <= truth && truth <= bounds.1,
            "{name}: {truth} {bounds:?}"
        );
        self.unknowns.push(Unknown {
            name,
            truth,
            bounds,
            shown,
            cell,
        });
        self.unknowns.len() - 1
    }

    /// These parts add up to that whole.
    pub fn sum(&mut self, parts: &[usize], whole: usize) {
        let mut sum: Vec<(usize, i64)> = parts.iter().map(|part| (*part, 1)).collect();
        sum.push((whole, -1));
        let truth: i64 = sum
            .iter()
            .map(|(at, sign)| sign * self.unknowns[*at].truth)
            .sum();
        assert_eq!(truth, 0, "the puzzle's own numbers do not add up");
        self.sums.push(sum);
    }

    /// What holds of all the numbers together.
    pub fn condition(&mut self, holds: impl Fn(&[i64]) -> bool + 'static) {
        let truth: Vec<i64> = self.unknowns.iter().map(|unknown| unknown.truth).collect();
        assert!(holds(&truth));
        self.conditions.push(Box::new(holds));
    }

    /// The hidden cells whose value can be worked out.
    pub fn worked_out(&self) -> Vec<&Unknown> {
        let hidden = (0..self.unknowns.len()).filter(|at| {
            let unknown = &self.unknowns[*at];
            unknown.cell && !unknown.shown
        });
        hidden
            .filter(|at| !self.could_be_another(*at))
            .map(|at| &self.unknowns[at])
            .collect()
    }

    /// Whether everything known leaves another value for this number: a whole other solution is
    /// found, not only not excluded.
    fn could_be_another(&self, at: usize) -> bool {
        let truth = self.unknowns[at].truth;
        let (least, most) = self.unknowns[at].bounds;
        [(least, truth - 1), (truth + 1, most)]
            .into_iter()
            .any(|range| {
                let mut bounds: Vec<(i64, i64)> = self
                    .unknowns
                    .iter()
                    .map(|unknown| {
                        if unknown.shown {
                            (unknown.truth, unknown.truth)
                        } else {
                            unknown.bounds
                        }
                    })
                    .collect();
                bounds[at] = range;
                range.0 <= range.1 && self.solve(bounds, &mut 0)
            })
    }

    fn solve(&self, mut bounds: Vec<(i64, i64)>, steps: &mut usize) -> bool {
        *steps += 1;
        if *steps > STEPS || !self.narrow(&mut bounds) {
            return false;
        }
        // The number with the fewest values left, the nearest to its truth first.
        let open = (0..bounds.len()).filter(|at| bounds[*at].0 < bounds[*at].1);
        let Some(at) = open.min_by_key(|at| bounds[*at].1 - bounds[*at].0) else {
            let values: Vec<i64> = bounds.iter().map(|(value, _)| *value).collect();
            return self.conditions.iter().all(|holds| holds(&values));
        };
        let truth = self.unknowns[at].truth;
        let mut values: Vec<i64> = (bounds[at].0..=bounds[at].1).collect();
        values.sort_by_key(|value| (value - truth).abs());
        values.into_iter().any(|value| {
            let mut tried = bounds.clone();
            tried[at] = (value, value);
            self.solve(tried, steps)
        })
    }

    /// Narrows every bound by every sum until nothing changes; false where nothing is left.
    fn narrow(&self, bounds: &mut [(i64, i64)]) -> bool {
        loop {
            let mut changed = false;
            for sum in &self.sums {
                let ends = |(at, sign): &(usize, i64)| {
                    let (least, most) = bounds[*at];
                    if *sign > 0 {
                        (least, most)
                    } else {
                        (-most, -least)
                    }
                };
                let (least, most) = sum
                    .iter()
                    .map(ends)
                    .fold((0, 0), |sum, end| (sum.0 + end.0, sum.1 + end.1));
                for (at, sign) in sum {
                    let own = ends(&(*at, *sign));
                    // The others add up to at least `least - own.0`, so this one is at most minus that.
                    let range = (-(most - own.1), -(least - own.0));
                    let range = if *sign > 0 {
                        range
                    } else {
                        (-range.1, -range.0)
                    };
                    let narrowed = (bounds[*at].0.max(range.0), bounds[*at].1.min(range.1));
                    if narrowed.0 > narrowed.1 {
                        return false;
                    }
                    if narrowed != bounds[*at] {
                        bounds[*at] = narrowed;
                        changed = true;
                        break;
                    }
                }
            }
            if !changed {
                return true;
            }
        }
    }
}

#[test]
fn what_follows_is_worked_out_and_nothing_else() {
    let mut puzzle = Puzzle::default();
    let total = puzzle.known(10);
    let a = puzzle.cell("a", 3, 10, false);
    let b = puzzle.cell("b", 7, 10, true);
    puzzle.sum(&[a, b], total);
    assert_eq!(puzzle.worked_out().len(), 1);
    let c = puzzle.cell("c", 2, 10, false);
    let d = puzzle.cell("d", 8, 10, false);
    puzzle.sum(&[c, d], total);
    assert_eq!(puzzle.worked_out().len(), 1);
    puzzle.condition(|values| values[3] == 2);
    assert_eq!(puzzle.worked_out().len(), 3);
}
