//! Sentences that several papers share.

use super::super::report::{AuditPart, Count, Report, ShareJson};
use super::super::tables::{ALWAYS_WHOLE, basis_in_words};
use crate::analysis::suppression::{Cell, HIDDEN};
use crate::domain::dates::written_date;

/// How to read counts.
pub(super) const READING: &str = "“7 of 9” means that seven of the nine answers that count speak \
well of practice. Not applicable and not evidenced are not among them. Percentages are given only \
for 20 answers or more, with Wilson’s 95 % interval. Grades are never averaged, and the agencies’ \
answers are never mixed with the panel’s judgements. An interval takes every answer as one of its own; \
several are about the same child, so less is known than it says. A sample this small describes the cases read; \
it does not measure the service.";

/// A count in words.
pub(super) fn count(count: Count) -> String {
    match count.0 {
        Cell::Count(count) => count.to_string(),
        Cell::Hidden => HIDDEN.to_owned(),
    }
}

/// "7 of 9", a word, or that it is hidden.
pub(super) fn share(share: &ShareJson) -> String {
    match (share.favourable.0, share.scored.0, share.words) {
        (_, Cell::Count(0), _) => "none scored".to_owned(),
        (Cell::Count(part), Cell::Count(whole), _) => format!("{part} of {whole}"),
        (_, _, Some(words)) => words.to_owned(),
        (_, Cell::Count(whole), None) => format!("{HIDDEN} of {whole}"),
        _ => HIDDEN.to_owned(),
    }
}

/// "78 % (63 to 88)" where there are answers enough.
pub(super) fn percent(share: &ShareJson) -> String {
    share.percent.as_ref().map_or_else(String::new, |percent| {
        let (value, low, high) = (percent.value, percent.low, percent.high);
        format!("{value:.0} % ({low:.0} to {high:.0})")
    })
}

/// The practice looked at, in words.
pub(super) fn period(audit: &AuditPart) -> String {
    let scope = &audit.scope.words;
    match (scope.from, scope.to) {
        (Some(from), Some(to)) => format!("{} to {}", written_date(from), written_date(to)),
        (Some(from), None) => format!("from {}", written_date(from)),
        (None, Some(to)) => format!("to {}", written_date(to)),
        (None, None) => String::new(),
    }
}

/// How many cases and forms the audit rests on.
pub(super) fn sample(audit: &AuditPart) -> String {
    let cases = match audit.sample.cases.0 {
        Cell::Count(1) => "One case was read".to_owned(),
        Cell::Count(count) => format!("{count} cases were read"),
        Cell::Hidden if audit.removed.is_some() => "The cases of this part were read".to_owned(),
        Cell::Hidden => "A small number of cases was read".to_owned(),
    };
    let agencies = audit.sample.agencies.len();
    let forms = match (audit.coverage.submitted.0, audit.coverage.expected.0) {
        (Cell::Count(submitted), Cell::Count(expected)) => {
            format!("; {submitted} of {expected} forms were submitted")
        }
        _ => String::new(),
    };
    let removed = audit
        .removed
        .map(|removed| format!(" {}", removed.in_words()));
    let removed = removed.unwrap_or_default();
    format!("{cases} by {agencies} agencies{forms}.{removed}")
}

/// A list as people write it: "a, b and c".
pub(super) fn listed(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// From whom, when, on which basis and with which filters.
pub(super) fn about(report: &Report) -> String {
    let filters: Vec<String> = report
        .filters
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let filters = if filters.is_empty() {
        "none.".to_owned()
    } else {
        format!("{}. {ALWAYS_WHOLE}", filters.join("; "))
    };
    let by = if report.by.is_empty() {
        String::new()
    } else {
        format!(" by {}", report.by)
    };
    format!(
        "Made{by} on {} with {} {}. Basis: {}. Filters: {filters}",
        report.made.format("%d/%m/%Y at %H:%M UTC"),
        report.generator.name,
        report.generator.version,
        basis_in_words(report.basis)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_people_write_them() {
        assert_eq!(listed(&[]), "");
        assert_eq!(listed(&["a"]), "a");
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
    }
}
