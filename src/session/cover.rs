//! The covering page of a return file: what its auditor reads first.

use chrono::NaiveDate;

use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::domain::register::Register;

/// Longest covering page, in characters: a page, not a handbook.
pub const LONGEST_COVER: usize = 4_000;

/// The covering page as it is offered for `audit`: what the audit asks, over which period, when and
/// how to send the return back, whom to ask by role. Empty when the register has no such audit.
pub fn covering_page(register: &Register, audit: RecordId, due: Option<NaiveDate>) -> String {
    let Some(record) = register.audits.get(&audit) else {
        return String::new();
    };
    let scope = &record.scope;
    let mut parts = vec![asks(register, &record.title, &scope.question)];
    if let (Some(from), Some(to)) = (scope.from, scope.to) {
        let (from, to) = (written_date(from), written_date(to));
        parts.push(format!("Look at practice from {from} to {to}."));
    }
    parts.push(
        "Fill in one form for each case. If your agency has no record of the child, brothers and sisters, or carers, choose “Not known to us”. If you cannot fill a form in, decline it and say why. Both are answers."
            .into(),
    );
    let by = due.map(|due| format!(" by {}", written_date(due)));
    parts.push(format!(
        "Send your return back{}: choose “Save my return to send”, and send that file by secure e-mail. It can be sent again if something is corrected.",
        by.unwrap_or_default()
    ));
    let who = match scope.lead_role.trim() {
        "" => "the partnership's business office",
        role => role,
    };
    parts.push(format!("Questions: ask the lead auditor ({who})."));
    parts.push(
        "Write roles, never names, and nothing that identifies a child. If a child may not be safe today, act first: the form tells you how."
            .into(),
    );
    parts.join("\n\n")
}

fn asks(register: &Register, title: &str, question: &str) -> String {
    let partnership = register.partnership();
    let from = partnership.map(|own| format!(" of {}", own.name));
    let mut words = format!("This is the audit “{title}”{}.", from.unwrap_or_default());
    if !question.trim().is_empty() {
        words.push_str(&format!(" It asks: {}", question.trim()));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::audit::{Audit, AuditState, Scope};

    fn register(scope: Scope) -> (Register, RecordId) {
        let mut register = Register::default();
        let id = RecordId::fresh();
        let audit = Audit {
            title: "Neglect 2026".into(),
            tool: "neglect@1".into(),
            agencies: Vec::new(),
            state: AuditState::Open,
            scope,
            re_audit_of: None,
        };
        register.audits.insert(id, audit);
        (register, id)
    }

    #[test]
    fn it_says_what_when_how_and_whom_to_ask() {
        let (register, audit) = register(Scope {
            question: "Do we see the child's day?".into(),
            from: "2025-01-01".parse().ok(),
            to: "2025-12-31".parse().ok(),
            lead_role: "Head of service".into(),
            ..Scope::default()
        });
        let page = covering_page(&register, audit, "2026-04-01".parse().ok());
        for words in [
            "“Neglect 2026”",
            "Do we see the child's day?",
            "from 01/01/2025 to 31/12/2025",
            "back by 01/04/2026:",
            "(Head of service)",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(page.chars().count() < LONGEST_COVER);
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let (register, audit) = register(Scope::default());
        let page = covering_page(&register, audit, None);
        assert!(!page.contains("Look at practice") && !page.contains("It asks"));
        assert!(page.contains("Send your return back:"), "{page}");
        assert!(page.contains("the partnership's business office"));
        assert_eq!(covering_page(&register, RecordId::fresh(), None), "");
    }
}
