//! A dated copy of a file once a day, and which of the older ones are kept.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, Days, NaiveDate};

use super::{Result, Store, StoreError, unfinished};

/// How many days, weeks and months keep their newest copy.
const DAYS: u64 = 7;
const WEEKS: u64 = 8;
const MONTHS: u32 = 12;

/// What keeping a daily copy did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The copy of today, if it was made now.
    pub copy: Option<PathBuf>,
    /// Older ones that were taken away because newer ones stand for them.
    pub thinned: Vec<PathBuf>,
}

impl Store {
    /// Keeps the first copy of the day in `folder`, protected as the file is, and thins the older
    /// ones out: the newest of each of the last 7 days, 8 weeks and 12 months stay.
    ///
    /// # Errors
    /// When the folder cannot be made or written. Older copies are then all still there.
    pub fn keep_daily(&self, folder: &Path, today: NaiveDate) -> Result<Kept> {
        fs::create_dir_all(folder).map_err(|error| match StoreError::from_io(error, folder) {
            StoreError::ReadOnlyFile(_) => StoreError::ReadOnlyFolder(folder.to_owned()),
            other => other,
        })?;
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let copy = folder.join(format!("{stem} {today}.goldthread"));
        // What a kill left of the copy of another day.
        unfinished::take_away_in(folder, &format!(".{stem} "));
        let mut kept = Kept::default();
        if !copy.exists() {
            self.backup(&copy)?;
            kept.copy = Some(copy);
        }
        let copies = copies_of(&stem, folder);
        let dates: Vec<NaiveDate> = copies.iter().map(|(date, _)| *date).collect();
        let stay = to_keep(&dates, today);
        for (_, path) in copies.into_iter().filter(|(date, _)| !stay.contains(date)) {
            // One that cannot be taken away is simply still there tomorrow.
            if fs::remove_file(&path).is_ok() {
                kept.thinned.push(path);
            }
        }
        Ok(kept)
    }
}

/// The dated copies of a file in a folder. Anything named otherwise is none of our business.
pub(super) fn copies_of(stem: &str, folder: &Path) -> Vec<(NaiveDate, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let copies = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let date = name.strip_prefix(stem)?.strip_prefix(' ')?;
        let date = date.strip_suffix(".goldthread")?.parse().ok()?;
        Some((date, entry.path()))
    });
    let mut copies: Vec<_> = copies.collect();
    copies.sort();
    copies
}

/// Which dates keep their copy: the newest of each recent day, week and month. A copy from the
/// future (a clock that was wrong) stays.
fn to_keep(dates: &[NaiveDate], today: NaiveDate) -> BTreeSet<NaiveDate> {
    let mut newest_first = dates.to_vec();
    newest_first.sort_unstable_by(|a, b| b.cmp(a));
    let month = |date: NaiveDate| date.year() * 12 + date.month0().cast_signed();
    let after = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let (mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new());
    newest_first
        .into_iter()
        .filter(|date| {
            let day = *date > after(DAYS);
            let week = *date > after(7 * WEEKS) && weeks.insert(date.iso_week());
            let recent = month(today) - month(*date) < MONTHS.cast_signed();
            let month = recent && months.insert(month(*date));
            day || week || month
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_of_daily_copies_thins_to_days_weeks_and_months() {
        let today = day("2026-11-25");
        let all: Vec<_> = (0..400)
            .filter_map(|back| today.checked_sub_days(Days::new(back)))
            .collect();
        let kept = to_keep(&all, today);
        // 7 days, the 7 other weeks that begin within 8 weeks, the 10 other months.
        for expected in [
            "2026-11-25",
            "2026-11-19",
            "2026-11-15",
            "2026-10-31",
            "2026-08-31",
            "2025-12-31",
        ] {
            assert!(kept.contains(&day(expected)), "{expected}");
        }
        for gone in ["2026-11-17", "2026-10-28", "2026-08-30", "2025-11-30"] {
            assert!(!kept.contains(&day(gone)), "{gone}");
        }
        assert!((22..=27).contains(&kept.len()), "{}", kept.len());
        // Thinning what was thinned takes nothing more.
        let again: Vec<_> = kept.iter().copied().collect();
        assert_eq!(to_keep(&again, today), kept);
    }

    #[test]
    fn a_copy_from_the_future_stays() {
        let today = day("2026-11-25");
        let all = [day("2026-12-01"), today];
        assert_eq!(to_keep(&all, today).len(), 2);
    }
}
