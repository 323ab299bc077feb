//! How long the forms of an audit are kept, what holds them, and the certificate of their removal.
//!
//! No period is laid down for these audits: the partnership sets it. What was learnt stays (the
//! audit, its findings and actions); what was read about each child goes. A legal hold stops that.

use std::collections::BTreeMap;

use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::id::RecordId;
use super::record::{Record, RecordKind};
use super::revision::{Hash, in_hex};

/// The longest period a partnership can set, in months (100 years).
pub const LONGEST_MONTHS: u32 = 1200;

/// The kinds of record that are removed: everything that is of one child's case. A kind comes after
/// those it refers to.
pub const REMOVED: &[RecordKind] = &[
    RecordKind::Case,
    RecordKind::CaseForm,
    RecordKind::Answer,
    RecordKind::KeyDate,
    RecordKind::SafetyStop,
    RecordKind::Judgement,
    RecordKind::AgreedDate,
    RecordKind::ConcernFollowUp,
    RecordKind::Dismissal,
];

/// How long the forms of one audit are kept. The office's own: no part of a return.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Retention {
    /// The audit.
    pub audit: RecordId,
    /// The last day on which its forms are kept; without a date until one is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_until: Option<NaiveDate>,
    /// What stops the removal, whatever the date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<LegalHold>,
    /// The certificate, once the forms are removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Removal>,
}

/// A legal hold: nothing of the audit may be destroyed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LegalHold {
    /// Why, such as an inquiry that asked for it.
    pub reason: String,
    /// The role that placed it.
    pub by: String,
    /// When.
    pub since: DateTime<Utc>,
}

/// What was removed, without a word of its content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Removal {
    /// When.
    pub at: DateTime<Utc>,
    /// The role that removed it.
    pub by: String,
    /// The date until which it was kept.
    pub kept_until: NaiveDate,
    /// The version of the program.
    pub program: String,
    /// The tool the forms were filled in with.
    pub tool: String,
    /// How many records of each kind were removed, by the name of the kind.
    pub records: BTreeMap<String, usize>,
    /// How many kept versions of them were blanked.
    pub versions: usize,
    /// SHA-256 over the chain hashes of those versions, in hexadecimal: whoever has a copy of the
    /// file from before can prove that it is the one that was meant.
    pub digest: String,
    /// The cases and forms by their identity alone, so that what comes in later of one of them is
    /// known to belong here.
    #[serde(default)]
    pub places: Vec<RecordId>,
    /// What the forms added up to.
    #[serde(default)]
    pub counts: KeptCounts,
}

/// What the forms of an audit added up to when they were removed: counts only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCounts {
    /// Cases.
    pub cases: usize,
    /// Forms by where they stood, by the name of the status.
    pub forms: BTreeMap<String, usize>,
    /// Themes as the agencies answered.
    pub agencies: Vec<KeptTheme>,
    /// Themes as the panel judged. Never added to the agencies'.
    pub panel: Vec<KeptTheme>,
    /// Digests of the cases' references, by which they are known again in a sentence that is kept
    /// (`privacy::References`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
}

/// What the answers of one theme added up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTheme {
    /// The theme, such as T07.
    pub theme: String,
    /// Answers that count.
    pub scored: usize,
    /// Of those, how many speak well of practice.
    pub favourable: usize,
    /// Not applicable.
    pub not_applicable: usize,
    /// Not evidenced on the record.
    pub not_evidenced: usize,
}

/// Why the forms of an audit cannot be removed. `Display` is the sentence shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRemovable {
    /// No date is set.
    #[error("No date is set until which the forms of “{0}” are kept; set one first.")]
    NoDate(String),
    /// The date is still to come.
    #[error("The forms of “{title}” are kept until {} and can be removed from the day after.", super::dates::written_date(*until))]
    TooEarly {
        /// The audit.
        title: String,
        /// The last day on which they are kept.
        until: NaiveDate,
    },
    /// A legal hold.
    #[error(
        "The forms of “{0}” are under a legal hold; they cannot be removed before it is released."
    )]
    Held(String),
    /// It was done already.
    #[error("The forms of “{title}” were removed on {}.", super::dates::written_date(*on))]
    Gone {
        /// The audit.
        title: String,
        /// When.
        on: NaiveDate,
    },
}

impl Retention {
    /// Whether a legal hold keeps forms that are there.
    pub fn holds(&self) -> bool {
        self.hold.is_some() && self.removed.is_none()
    }

    /// The identity of the retention of an audit's forms.
    pub fn id(audit: RecordId) -> RecordId {
        RecordId::derived("retention", &[&audit.to_string()])
    }

    /// Nothing is set yet.
    pub fn of(audit: RecordId) -> Self {
        Self {
            audit,
            keep_until: None,
            hold: None,
            removed: None,
        }
    }

    /// Whether the forms are there. `title` is the audit's.
    ///
    /// # Errors
    /// [`NotRemovable::Gone`] once they are removed.
    pub fn still_there(&self, title: &str) -> Result<(), NotRemovable> {
        match &self.removed {
            None => Ok(()),
            Some(removed) => Err(NotRemovable::Gone {
                title: title.to_owned(),
                on: removed.at.date_naive(),
            }),
        }
    }

    /// Whether the forms can be removed on this day; the date they were kept until.
    ///
    /// # Errors
    /// [`NotRemovable`], with what stands against it. `title` is the audit's.
    pub fn removable(&self, title: &str, today: NaiveDate) -> Result<NaiveDate, NotRemovable> {
        self.still_there(title)?;
        let title = || title.to_owned();
        if self.hold.is_some() {
            return Err(NotRemovable::Held(title()));
        }
        match self.keep_until {
            None => Err(NotRemovable::NoDate(title())),
            Some(until) if today <= until => Err(NotRemovable::TooEarly {
                title: title(),
                until,
            }),
            Some(until) => Ok(until),
        }
    }
}

/// The last day of a period of `months` that begins on `from`; absent beyond what a calendar holds.
pub fn kept_until(from: NaiveDate, months: u32) -> Option<NaiveDate> {
    from.checked_add_months(Months::new(months))
}

/// What records of a kind that is removed are called, such as "cases".
pub fn plural(kind: &str) -> &str {
    match kind {
        "case" => "cases",
        "form" => "forms",
        "answer" => "answers with their notes",
        "key_date" => "key dates",
        "safety_stop" => "safety stops",
        "judgement" => "panel judgements",
        "agreed_date" => "agreed dates",
        "concern_follow_up" => "follow-ups of practice concerns",
        "dismissal" => "suggestions set aside",
        other => other,
    }
}

/// The digest of a certificate: SHA-256 over these chain hashes, whatever their order.
pub fn digest(mut hashes: Vec<Hash>) -> String {
    hashes.sort_unstable();
    let mut sha = Sha256::new();
    for hash in hashes {
        sha.update(hash);
    }
    in_hex(&sha.finalize())
}

/// What a record of one of the kinds in [`REMOVED`] belongs to: the record above it, and the audit
/// where it names that itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Above {
    /// The audit.
    Audit(RecordId),
    /// The case or form.
    Record(RecordId),
}

/// What the record belongs to; `None` of a kind that is not removed.
pub fn above(record: &Record) -> Option<Above> {
    match record {
        Record::Case(case) => Some(Above::Audit(case.audit)),
        Record::Dismissal(dismissal) => Some(Above::Audit(dismissal.audit)),
        Record::CaseForm(form) => Some(Above::Record(form.case)),
        Record::Answer(answer) => Some(Above::Record(answer.form)),
        Record::KeyDate(date) => Some(Above::Record(date.form)),
        Record::SafetyStop(stop) => Some(Above::Record(stop.form)),
        Record::ConcernFollowUp(own) => Some(Above::Record(own.form)),
        Record::Judgement(judgement) => Some(Above::Record(judgement.case)),
        Record::AgreedDate(agreed) => Some(Above::Record(agreed.case)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn forms_go_after_their_date_and_not_under_a_hold() {
        let plain = Retention::of(RecordId::fresh());
        let until = Retention {
            keep_until: Some(day("2027-03-02")),
            ..plain.clone()
        };
        let held = Retention {
            hold: Some(LegalHold {
                reason: "Inquiry".into(),
                by: "Chair".into(),
                since: Utc::now(),
            }),
            ..until.clone()
        };
        let cases = [
            (&plain, "2030-01-01", "No date is set"),
            (&until, "2027-03-01", "kept until 02/03/2027"),
            (&until, "2027-03-02", "kept until 02/03/2027"),
            (&until, "2027-03-03", ""),
            (&held, "2030-01-01", "legal hold"),
        ];
        for (retention, today, words) in cases {
            let said = retention.removable("Neglect 2019", day(today));
            let said = said.map_or_else(|why| why.to_string(), |_| String::new());
            assert!(said.contains(words), "{today}: {said}");
            assert_eq!(said.is_empty(), words.is_empty(), "{today}: {said}");
        }
    }

    #[test]
    fn every_kind_that_is_removed_has_its_words_and_its_place() {
        for kind in REMOVED {
            assert_ne!(plural(kind.name()), kind.name(), "{kind:?}");
        }
    }

    #[test]
    fn a_period_ends_in_the_same_month_it_names() {
        for (from, months, until) in [
            ("2026-03-02", 12, Some("2027-03-02")),
            ("2026-08-31", 6, Some("2027-02-28")),
            ("2026-03-02", 0, Some("2026-03-02")),
            ("2026-03-02", u32::MAX, None),
        ] {
            assert_eq!(kept_until(day(from), months), until.map(day), "{from}");
        }
    }

    #[test]
    fn a_digest_is_of_the_versions_and_not_of_their_order() {
        let (a, b) = ([1; 32], [2; 32]);
        assert_eq!(digest(vec![a, b]), digest(vec![b, a]));
        assert_ne!(digest(vec![a]), digest(vec![a, b]));
        assert_eq!(digest(vec![a]).len(), 64);
    }
}
