//! The key dates the panel agrees.

use super::panel::open_case;
use super::{Ground, Step};
use crate::domain::agreed_date::AgreedDate;
use crate::domain::record::RecordKind;
use crate::domain::revision::Edit;
use crate::session::command::{AgreeDateCommand, Refused};

pub(super) fn agree(ground: &Ground<'_>, agree: &AgreeDateCommand) -> Result<Step, Refused> {
    let open = open_case(ground, agree.case)?;
    let mut fields = open.tool.key_dates.iter();
    let field = fields.find(|field| field.id == agree.date_id);
    let field = field.ok_or_else(|| Refused::Answer {
        question: agree.date_id.clone(),
        why: "it is not a key date of this tool".into(),
    })?;
    let id = AgreedDate::id(agree.case, &field.id);
    let label = format!("agreed date “{}”, {}", field.label, open.reference);
    let Some(date) = agree.date else {
        let gone = Edit::delete(id, RecordKind::AgreedDate);
        return Ok(Step::new(label, vec![gone]));
    };
    if date > ground.now.date_naive() {
        return Err(Refused::Answer {
            question: field.label.clone(),
            why: "a date in the future cannot be agreed".into(),
        });
    }
    let moment = open.dates(ground.register).moment(field);
    if agree.reason.trim().is_empty() && moment.needs_reason(date) {
        return Err(Refused::Needed("A reason for the date the panel agrees"));
    }
    let agreed = AgreedDate {
        case: agree.case,
        date_id: field.id.clone(),
        date,
        reason: agree.reason.trim().to_owned(),
    };
    Ok(Step::new(label, vec![Edit::put(id, agreed)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::FormStatus;
    use crate::domain::record::Record;
    use crate::session::apply::panel::tests::Fixture;

    fn fixture() -> Fixture {
        let mut fixture = Fixture::new(&[
            ("CSC", FormStatus::Submitted, &[]),
            ("POL", FormStatus::Submitted, &[]),
        ]);
        for (form, icpc) in fixture
            .open
            .forms
            .iter_mut()
            .zip(["2020-02-25", "2020-02-26"])
        {
            let dates = &mut form.content.dates;
            dates.insert("icpc".into(), icpc.parse().unwrap());
            dates.insert("referral".into(), "2020-01-20".parse().unwrap());
        }
        fixture
    }

    #[test]
    fn a_date_needs_a_reason_unless_all_give_it() {
        let fixture = fixture();
        let cases = [
            ("icpc", "2020-02-25", "", false),
            ("icpc", "2020-02-25", " ", false),
            ("icpc", "2020-02-25", "The minutes", true),
            ("icpc", "2020-02-27", "Neither: the minutes", true),
            ("referral", "2020-01-20", "", true),
            ("referral", "2020-01-21", "", false),
            ("review_next", "2020-02-25", "", false),
            ("review_next", "2020-02-25", "The review itself", true),
            ("review_next", "2120-02-25", "Too late", false),
            ("no_such_date", "2020-02-25", "x", false),
        ];
        for (date_id, date, reason, kept) in cases {
            let command = AgreeDateCommand {
                case: fixture.open.case,
                date_id: date_id.into(),
                date: Some(date.parse().unwrap()),
                reason: reason.into(),
            };
            let step = agree(&fixture.ground(), &command);
            assert_eq!(step.is_ok(), kept, "{date_id} {date} {reason:?}: {step:?}");
        }
    }

    #[test]
    fn what_is_agreed_is_kept_on_the_case_and_can_be_taken_back() {
        let fixture = fixture();
        let mut command = AgreeDateCommand {
            case: fixture.open.case,
            date_id: "icpc".into(),
            date: Some("2020-02-26".parse().unwrap()),
            reason: " The minutes ".into(),
        };
        let step = agree(&fixture.ground(), &command).unwrap();
        let label = "agreed date “Initial child protection conference”, NEG26-01";
        assert_eq!(step.label.as_deref(), Some(label));
        let Some(Record::AgreedDate(kept)) = &step.edits[0].after else {
            panic!("{step:?}");
        };
        assert_eq!(kept.reason, "The minutes");
        command.date = None;
        let back = agree(&fixture.ground(), &command).unwrap();
        assert_eq!(back.edits[0].record, step.edits[0].record);
        assert_eq!(back.edits[0].after, None);
    }
}
