//! The two ways not to fill a form in: the agency does not know the child, or declines.

use super::Ask;

/// What “not known” means.
pub const NO_RECORD: &str =
    "Your agency has no record of the child, brothers and sisters, or carers.";
/// What closing a form without answers does to those it has.
const ANSWERS_GO: &str = "The answers on this form are taken away; they stay in its history.";

/// Asks whether a form is closed as not known to the agency.
pub fn ask_not_known(heading: impl Into<String>, has_answers: bool) -> Ask {
    let ask = |words: &str| Ask::new(heading, words, "", "Mark as not known");
    match has_answers {
        true => ask(&format!("{NO_RECORD} {ANSWERS_GO}")).destructive(),
        false => ask(NO_RECORD),
    }
}

/// Asks why a form is not filled in.
pub fn ask_to_decline(heading: impl Into<String>, has_answers: bool) -> Ask {
    let words =
        "The lead auditor sees the reason. Do not put anything in it that identifies the child.";
    let ask = |words: &str| Ask::new(heading, words, "Why is it declined?", "Decline");
    match has_answers {
        true => ask(&format!("{words} {ANSWERS_GO}")).destructive(),
        false => ask(words),
    }
}
