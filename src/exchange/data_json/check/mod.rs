//! What the schema cannot say: that everything named is there, belongs together and is on its
//! scale.

mod follow_up;
mod forms;
mod panel;

use std::collections::BTreeSet;

use super::contents::{CarriedData, DataFile, FormData};
use super::problem::{MOST, Problem};
use super::records::carried_record;
use crate::domain::answer::Value;
use crate::domain::case::check_reference;
use crate::domain::catalogue::Catalogue;
use crate::domain::register::Register;
use crate::domain::tool::{Kind, Question, Tool};

/// Every problem of meaning, a few more than are told at most.
pub(super) fn problems(
    data: &DataFile,
    register: &Register,
    catalogue: &Catalogue,
) -> Vec<Problem> {
    let name = &data.audit.tool;
    let tool = register.tool(name).or_else(|| built_in(catalogue, name));
    let mut check = Check {
        data,
        register,
        catalogue,
        cases: data.cases.iter().map(|c| c.reference.as_str()).collect(),
        problems: Vec::new(),
    };
    check.worked_example();
    check.audit();
    check.cases();
    match tool {
        Some(tool) => {
            check.forms(tool);
            check.panel(tool);
            check.follow_ups(tool);
            check.dismissals();
        }
        // Without the tool nothing more can be said about the answers.
        None => check.say(
            "/audit/tool",
            &[],
            format!("there is no tool “{name}” in this file or built in; add it with `tool add`"),
        ),
    }
    check.problems
}

/// The built-in tool of exactly this name (a slug alone is not enough).
pub(super) fn built_in<'a>(catalogue: &'a Catalogue, name: &str) -> Option<&'a Tool> {
    catalogue.tools.iter().find(|tool| tool.name() == name)
}

struct Check<'a> {
    data: &'a DataFile,
    register: &'a Register,
    catalogue: &'a Catalogue,
    cases: BTreeSet<&'a str>,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn say(&mut self, pointer: impl Into<String>, about: &[&str], message: impl Into<String>) {
        // A few more than are told at most: enough to say that there are more.
        if self.problems.len() <= MOST {
            self.problems.push(Problem {
                pointer: pointer.into(),
                about: about.iter().map(|part| (*part).to_owned()).collect(),
                message: message.into(),
            });
        }
    }

    /// Invented cases never come among real ones.
    fn worked_example(&mut self) {
        if self.data.worked_example && !self.register.is_worked_example() {
            self.say(
                "/worked_example",
                &[],
                "the cases in it are invented; it can be loaded into a worked example only",
            );
        }
    }

    fn audit(&mut self) {
        let audit = &self.data.audit;
        let titles = || self.register.audits.values().map(|audit| &audit.title);
        if titles().any(|title| *title == audit.title) {
            let message = format!("there is an audit called “{}” already", audit.title);
            self.say("/audit/title", &[], message);
        }
        if let Some(first) = &audit.re_audit_of
            && !titles().any(|title| title == first)
        {
            let message = format!("there is no audit called “{first}” in this file");
            self.say("/audit/re_audit_of", &[], message);
        }
        self.carried();
        if let (Some(from), Some(to)) = (audit.from, audit.to)
            && to < from
        {
            self.say("/audit/to", &[], "the period ends before it starts");
        }
        self.agency_list("/audit/agencies", &audit.agencies);
    }

    /// What is carried forward has to be there in the audit that this one repeats.
    fn carried(&mut self) {
        let audit = &self.data.audit;
        let title = audit.re_audit_of.as_deref();
        let first = title.and_then(|title| self.register.find_audit(title));
        for (at, carried) in audit.scope.carried.iter().enumerate() {
            let found = first.and_then(|first| carried_record(self.register, first, *carried));
            if found.is_none() {
                let what = match carried {
                    CarriedData::Finding(number) => format!("finding {number}"),
                    CarriedData::Action(place) => format!("action {place}"),
                };
                let message = format!("there is no {what} in the audit that this one repeats");
                self.say(format!("/audit/scope/carried/{at}"), &[], message);
            }
        }
    }

    /// Agencies have to be known, and each named once.
    fn agency_list(&mut self, pointer: &str, codes: &[String]) {
        for (at, code) in codes.iter().enumerate() {
            let pointer = format!("{pointer}/{at}");
            if self.register.agency(code).is_none() && self.catalogue.agency(code).is_none() {
                self.say(pointer, &[], format!("there is no agency “{code}”"));
            } else if codes[..at].contains(code) {
                self.say(pointer, &[], format!("“{code}” is there twice"));
            }
        }
    }

    fn cases(&mut self) {
        let mut seen = BTreeSet::new();
        for (at, case) in self.data.cases.iter().enumerate() {
            let pointer = format!("/cases/{at}/ref");
            let reference = case.reference.as_str();
            if let Err(error) = check_reference(reference) {
                self.say(pointer, &[reference], error.to_string());
            } else if !seen.insert(reference) {
                let message = format!("the case {reference} is there twice");
                self.say(pointer, &[], message);
            }
            if let Some(earlier) = &case.same_as
                && let Err(error) = check_reference(earlier)
            {
                let pointer = format!("/cases/{at}/same_as");
                self.say(pointer, &[reference], error.to_string());
            }
        }
    }

    /// Whether the case is one of the file's; says so if not.
    fn knows_case(&mut self, pointer: &str, reference: &str) -> bool {
        let known = self.cases.contains(reference);
        if !known {
            self.say(
                pointer,
                &[],
                format!("there is no case “{reference}” in this data"),
            );
        }
        known
    }

    /// Whether the agency takes part; says so if not.
    fn takes_part(&mut self, pointer: &str, about: &[&str], code: &str) -> bool {
        let known = self.data.audit.agencies.iter().any(|other| other == code);
        if !known {
            let message = format!("“{code}” is not one of the audit's agencies");
            self.say(pointer, about, message);
        }
        known
    }

    /// Questions have to be the tool's.
    fn question_list(&mut self, tool: &Tool, pointer: &str, ids: &[String]) {
        for (at, id) in ids.iter().enumerate() {
            if tool.question(id).is_none() {
                self.say(format!("{pointer}/{at}"), &[], no_question(tool, id));
            }
        }
    }

    /// A grade of the tool's scale.
    fn grade(&mut self, tool: &Tool, pointer: &str, about: &[&str], id: &str) {
        let scale = tool.scale(&tool.grade_scale);
        let values = scale.map_or(&[][..], |scale| &scale.values);
        if !values.iter().any(|value| value.id == id) {
            let known: Vec<_> = values.iter().map(|value| value.id.as_str()).collect();
            let message = format!("“{id}” is not one of {}", known.join(", "));
            self.say(pointer, about, message);
        }
    }
}

fn no_question(tool: &Tool, id: &str) -> String {
    format!("there is no question “{id}” in {}", tool.name())
}

/// Why `value` cannot answer `question`.
fn refused(tool: &Tool, question: &Question, value: &Value) -> Option<String> {
    let options: Vec<_> = tool
        .options(question)
        .into_iter()
        .map(|option| option.id)
        .collect();
    let refused = question.kind.refuses(value, &options);
    refused.or_else(|| match value {
        // Otherwise 2019-1-4 would come back as it is and be another text for the same day.
        Value::One(text) if question.kind == Kind::Date && text.len() != "yyyy-mm-dd".len() => {
            Some(format!("“{text}” is not a date as yyyy-mm-dd"))
        }
        _ => None,
    })
}

/// The reference and agency of a form, for telling where a problem is.
fn of(form: &FormData) -> [&str; 2] {
    [&form.case, &form.agency]
}
