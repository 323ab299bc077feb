//! Follow-ups of practice concerns, and suggestions that were set aside.

use std::collections::BTreeSet;

use super::{Check, no_question};
use crate::domain::tool::Tool;

impl Check<'_> {
    pub(super) fn follow_ups(&mut self, tool: &Tool) {
        let data = self.data;
        let mut seen = BTreeSet::new();
        for (at, follow_up) in data.concern_follow_ups.iter().enumerate() {
            let pointer = format!("/concern_follow_ups/{at}");
            let about = [follow_up.case.as_str(), &follow_up.agency];
            self.knows_case(&format!("{pointer}/case"), &follow_up.case);
            self.takes_part(&format!("{pointer}/agency"), &about[..1], &follow_up.agency);
            if tool.question(&follow_up.question).is_none() {
                let message = no_question(tool, &follow_up.question);
                self.say(format!("{pointer}/question"), &about, message);
            } else if !seen.insert((about, follow_up.question.as_str())) {
                let message = "this concern has a follow-up already";
                self.say(&pointer, &about, message);
            }
        }
    }

    pub(super) fn dismissals(&mut self) {
        let data = self.data;
        let mut seen = BTreeSet::new();
        for (at, dismissal) in data.dismissals.iter().enumerate() {
            if !seen.insert(dismissal.suggestion.as_str()) {
                let message = "this suggestion is set aside twice";
                self.say(format!("/dismissals/{at}/suggestion"), &[], message);
            }
        }
    }
}
