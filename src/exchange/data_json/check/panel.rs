//! Judgements, hypotheses, findings, actions and safety stops.

use std::collections::BTreeSet;

use super::super::contents::{ActionData, FindingData, JudgementData, OVERALL};
use super::{Check, no_question, refused};
use crate::domain::answer::Value;
use crate::domain::tool::Tool;

impl Check<'_> {
    pub(super) fn panel(&mut self, tool: &Tool) {
        self.judgements(tool);
        self.hypotheses(tool);
        self.findings(tool);
        self.actions();
        self.safety_stops(tool);
        self.agreed_dates(tool);
        self.attendance();
    }

    fn agreed_dates(&mut self, tool: &Tool) {
        let data = self.data;
        let mut seen = BTreeSet::new();
        for (at, agreed) in data.agreed_dates.iter().enumerate() {
            let pointer = format!("/agreed_dates/{at}");
            let about = [agreed.case.as_str(), &agreed.date_id];
            self.knows_case(&format!("{pointer}/case"), &agreed.case);
            if !tool
                .key_dates
                .iter()
                .any(|field| field.id == agreed.date_id)
            {
                let message = format!(
                    "there is no key date “{}” in {}",
                    agreed.date_id,
                    tool.name()
                );
                self.say(format!("{pointer}/date_id"), &about[..1], message);
            } else if !seen.insert(about) {
                let message = "this date of this case is agreed already";
                self.say(&pointer, &about, message);
            }
        }
    }

    fn attendance(&mut self) {
        let data = self.data;
        let mut seen = BTreeSet::new();
        for (at, attendance) in data.attendance.iter().enumerate() {
            let pointer = format!("/attendance/{at}");
            let (day, agency) = (attendance.day, attendance.agency.as_str());
            if !agency.is_empty() {
                self.takes_part(&format!("{pointer}/agency"), &[], agency);
            }
            if !seen.insert((day, agency)) {
                let about = [day.to_string()];
                let message = "the attendance of this agency on this day is there already";
                self.say(&pointer, &[&about[0]], message);
            }
        }
    }

    fn judgements(&mut self, tool: &Tool) {
        let data = self.data;
        let mut seen = BTreeSet::new();
        for (at, judgement) in data.judgements.iter().enumerate() {
            let pointer = format!("/judgements/{at}");
            self.knows_case(&format!("{pointer}/case"), &judgement.case);
            let about = [judgement.case.as_str(), &judgement.question];
            if !seen.insert(about) {
                let message = "there is a judgement on this question of this case already";
                self.say(&pointer, &about, message);
            }
            self.judgement(tool, &pointer, judgement);
        }
    }

    fn judgement(&mut self, tool: &Tool, pointer: &str, judgement: &JudgementData) {
        let about = [judgement.case.as_str(), &judgement.question];
        let value = format!("{pointer}/value");
        if judgement.question == OVERALL {
            return match &judgement.value {
                Value::One(id) => self.grade(tool, &value, &about, id),
                _ => self.say(value, &about, "it is not one grade"),
            };
        }
        match tool.question(&judgement.question) {
            None => self.say(
                format!("{pointer}/question"),
                &about[..1],
                no_question(tool, &judgement.question),
            ),
            Some(question) => {
                if let Some(why) = refused(tool, question, &judgement.value) {
                    self.say(value, &about, why);
                }
            }
        }
    }

    fn hypotheses(&mut self, tool: &Tool) {
        let data = self.data;
        let mut seen = BTreeSet::new();
        for (at, hypothesis) in data.hypotheses.iter().enumerate() {
            let pointer = format!("/hypotheses/{at}");
            if !seen.insert(&hypothesis.code) {
                let message = format!("the hypothesis {} is there twice", hypothesis.code);
                self.say(format!("{pointer}/code"), &[], message);
            }
            self.question_list(tool, &format!("{pointer}/questions"), &hypothesis.questions);
        }
    }

    fn findings(&mut self, tool: &Tool) {
        let data = self.data;
        let mut seen = BTreeSet::new();
        for (at, finding) in data.findings.iter().enumerate() {
            let pointer = format!("/findings/{at}");
            if !seen.insert(finding.number) {
                let message = format!("the finding {} is there twice", finding.number);
                self.say(format!("{pointer}/number"), &[], message);
            }
            self.finding(tool, &pointer, finding);
        }
    }

    fn finding(&mut self, tool: &Tool, pointer: &str, finding: &FindingData) {
        if self.catalogue.theme(&finding.theme).is_none() {
            let message = format!("there is no theme “{}”", finding.theme);
            self.say(format!("{pointer}/theme"), &[], message);
        }
        for (at, code) in finding.agencies.iter().enumerate() {
            self.takes_part(&format!("{pointer}/agencies/{at}"), &[], code);
        }
        let mut seen = BTreeSet::new();
        for (at, reference) in finding.cases.iter().enumerate() {
            let pointer = format!("{pointer}/cases/{at}");
            if self.knows_case(&pointer, reference) && !seen.insert(reference) {
                let message = format!("the case {reference} is there twice");
                self.say(pointer, &[], message);
            }
        }
        self.question_list(tool, &format!("{pointer}/questions"), &finding.questions);
    }

    fn actions(&mut self) {
        let data = self.data;
        for (at, action) in data.actions.iter().enumerate() {
            self.action(&format!("/actions/{at}"), action);
        }
    }

    fn action(&mut self, pointer: &str, action: &ActionData) {
        let findings = &self.data.findings;
        if let Some(number) = action.finding
            && !findings.iter().any(|finding| finding.number == number)
        {
            let message = format!("there is no finding {number}");
            self.say(format!("{pointer}/finding"), &[], message);
        }
        // An owner need not take part in the audit, but has to be an agency of the partnership.
        let owner = &action.owner_agency;
        let known = self.register.agency(owner).is_some() || self.catalogue.agency(owner).is_some();
        if !owner.is_empty() && !known {
            let message = format!("there is no agency “{owner}”");
            self.say(format!("{pointer}/owner_agency"), &[], message);
        }
    }

    fn safety_stops(&mut self, tool: &Tool) {
        let data = self.data;
        let question = tool
            .safety_question
            .as_ref()
            .and_then(|id| tool.question(id));
        let mut seen = BTreeSet::new();
        for (at, stop) in data.safety_stops.iter().enumerate() {
            let pointer = format!("/safety_stops/{at}");
            let about = [stop.case.as_str(), &stop.agency];
            let mut forms = data.forms.iter();
            if !forms.any(|form| form.case == stop.case && form.agency == stop.agency) {
                let message = "there is no form of this agency for this case";
                self.say(&pointer, &about, message);
            } else if !seen.insert(about) {
                self.say(&pointer, &about, "this form has a safety stop already");
            }
            let because = format!("{pointer}/because");
            match question {
                None => {
                    let message = format!("{} has no safety question", tool.name());
                    self.say(because, &about, message);
                }
                Some(question) => {
                    if let Some(why) = refused(tool, question, &Value::one(&stop.because)) {
                        self.say(because, &about, why);
                    }
                }
            }
        }
    }
}
