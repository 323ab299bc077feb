//! How a value is filled in: colour and pattern together, so that print in black and white and
//! colour-blind readers tell the values apart.

use super::svg::Svg;

/// What a part of a picture stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Outstanding.
    Best,
    /// Good, yes, met.
    Good,
    /// Requires improvement, partly.
    Mixed,
    /// Inadequate, no, missed.
    Poor,
    /// Not evidenced on the record.
    NotEvidenced,
    /// Not applicable, or outside the scale.
    Outside,
}

impl Fill {
    /// Every fill, best first.
    pub const ALL: [Self; 6] = [
        Self::Best,
        Self::Good,
        Self::Mixed,
        Self::Poor,
        Self::NotEvidenced,
        Self::Outside,
    ];

    /// The fill of the value at `rank` (0 is best) of a scale of which the first `good` values of
    /// `size` speak well of practice.
    pub fn of_rank(rank: usize, good: usize, size: usize) -> Self {
        match rank {
            0 if good > 1 => Self::Best,
            rank if rank < good => Self::Good,
            rank if rank + 1 < size => Self::Mixed,
            _ => Self::Poor,
        }
    }

    /// Ink and ground.
    pub(super) fn colours(self) -> (&'static str, &'static str) {
        match self {
            Self::Best => ("#1b4b94", "#e2ebf8"),
            Self::Good => ("#0b6249", "#ddf0e8"),
            Self::Mixed => ("#7d5100", "#faeed0"),
            Self::Poor => ("#931a2e", "#fae1e4"),
            Self::NotEvidenced => ("#474d54", "#e9e8e3"),
            Self::Outside => ("#85817f", "#ffffff"),
        }
    }

    /// How the picture refers to it.
    pub(super) fn reference(self) -> String {
        format!("url(#{})", self.id())
    }

    fn id(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Good => "good",
            Self::Mixed => "mixed",
            Self::Poor => "poor",
            Self::NotEvidenced => "not-evidenced",
            Self::Outside => "outside",
        }
    }

    /// The strokes on an 8 × 8 tile: solid, rising lines, dots, crossed lines, level lines, nothing.
    fn strokes(self) -> &'static str {
        match self {
            Self::Best => r#"<rect width="8" height="8" fill="INK"/>"#,
            Self::Good => {
                r#"<path d="M-2 10 10 -2M-2 2 2 -2M6 10 10 6" stroke="INK" stroke-width="1.6"/>"#
            }
            Self::Mixed => {
                r#"<circle cx="2" cy="2" r="1.2" fill="INK"/><circle cx="6" cy="6" r="1.2" fill="INK"/>"#
            }
            Self::Poor => r#"<path d="M0 0 8 8M8 0 0 8" stroke="INK" stroke-width="1.4"/>"#,
            Self::NotEvidenced => r#"<path d="M0 4H8" stroke="INK" stroke-width="1"/>"#,
            Self::Outside => "",
        }
    }

    /// Puts the patterns of all fills into a picture.
    pub(super) fn define(svg: &mut Svg) {
        let tiles = Self::ALL.map(|fill| {
            let (ink, ground) = fill.colours();
            format!(
                r#"<pattern id="{}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="{ground}"/>{}</pattern>"#,
                fill.id(),
                fill.strokes().replace("INK", ink),
            )
        });
        svg.raw(&format!("<defs>{}</defs>", tiles.concat()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scales_are_filled_as_the_window_paints_them() {
        let fills = |good, size| -> Vec<Fill> {
            let ranks = 0..size;
            ranks.map(|rank| Fill::of_rank(rank, good, size)).collect()
        };
        let grades = [Fill::Best, Fill::Good, Fill::Mixed, Fill::Poor];
        assert_eq!(fills(2, 4), grades);
        assert_eq!(fills(1, 3), [Fill::Good, Fill::Mixed, Fill::Poor]);
    }
}
