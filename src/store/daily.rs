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
        let (stem, id) = (self.stem(), self.short_id()?);
        let copy = folder.join(format!("{stem} {today} {id}.goldthread"));
        // What a kill left of the copy of another day.
        unfinished::take_away_in(folder, &format!(".{stem} "));
        let mut kept = Kept::default();
        if !copy.exists() {
            self.backup(&copy)?;
            kept.copy = Some(copy);
        }
        let copies = self.own_daily_copies(folder);
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

    /// The daily copies in `folder` that may be of this file, oldest first: also those under an old
    /// name, which does not tell two files of one name apart.
    pub fn daily_copies(&self, folder: &Path) -> Vec<(NaiveDate, PathBuf)> {
        let Ok(id) = self.short_id() else {
            return Vec::new();
        };
        let copies = copies_of(&self.stem(), folder).into_iter();
        let own = copies.filter(|copy| copy.id.as_ref().is_none_or(|other| *other == id));
        own.map(|copy| (copy.date, copy.path)).collect()
    }

    /// Those that are of this file for sure: with its identity in their name, or in the folder
    /// beside it that is named after it.
    pub(super) fn own_daily_copies(&self, folder: &Path) -> Vec<(NaiveDate, PathBuf)> {
        let beside = self.path.with_file_name(format!("{} copies", self.stem()));
        let copies = copies_of(&self.stem(), folder).into_iter();
        let id = self.short_id().ok();
        let own = copies.filter(|copy| match &copy.id {
            Some(other) => Some(other) == id.as_ref(),
            None => folder == beside,
        });
        own.map(|copy| (copy.date, copy.path)).collect()
    }

    fn stem(&self) -> String {
        let stem = self.path.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }

    /// The random end of the document's identity: what tells files of one name apart.
    fn short_id(&self) -> Result<String> {
        let id = self
            .db
            .query_row("SELECT id FROM document", [], |row| row.get::<_, String>(0));
        let id = id.map_err(|error| self.explain(error))?;
        let end = id.len().saturating_sub(SHORT_ID);
        Ok(id.get(end..).unwrap_or_default().to_owned())
    }
}

/// How many characters of a document's identity stand in the name of a copy.
const SHORT_ID: usize = 8;

/// A dated copy as its name tells it.
struct Dated {
    date: NaiveDate,
    path: PathBuf,
    /// The end of the identity of the document it is of; copies once had none.
    id: Option<String>,
}

/// The dated copies of files of this name in a folder, oldest first. Anything named otherwise is
/// none of our business.
fn copies_of(stem: &str, folder: &Path) -> Vec<Dated> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let copies = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let rest = name.strip_prefix(stem)?.strip_prefix(' ')?;
        let rest = rest.strip_suffix(".goldthread")?;
        let (date, id) = match rest.split_once(' ') {
            Some((date, id)) => (date, Some(id.to_owned())),
            None => (rest, None),
        };
        if id.as_ref().is_some_and(|id| id.len() != SHORT_ID) {
            return None;
        }
        Some(Dated {
            date: date.parse().ok()?,
            path: entry.path(),
            id,
        })
    });
    let mut copies: Vec<_> = copies.collect();
    copies.sort_by(|one, other| (one.date, &one.path).cmp(&(other.date, &other.path)));
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
