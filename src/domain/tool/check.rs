//! Everything that is wrong with a tool file, at once and each with its place in the file.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{Incomplete, complete};
pub use super::places::Problem;
use super::places::{Found, Places};
use super::question::EVERY_AGENCY;
use super::{Kind, Question, Tool};
use crate::domain::catalogue::Catalogue;
use crate::domain::json;
use crate::domain::plain::told;

/// The largest tool file that is read. The built-in ones have about 15,000 bytes.
const MOST_BYTES: usize = 2_000_000;
/// How many problems are told at once.
const MOST_PROBLEMS: usize = 100;

const SCHEMA: &str = include_str!("../../../assets/schemas/tool-1.schema.json");

/// Reads a tool file and completes it with core and scales.
///
/// # Errors
/// Every problem found, in the order of the file. Problems of meaning (an unknown theme, a
/// condition on a later question) are looked for once the file has the right form.
pub fn read_tool(text: &str, catalogue: &Catalogue) -> Result<Tool, Vec<Problem>> {
    if text.len() > MOST_BYTES {
        let message = "it is larger than 2 MB, which no tool is".into();
        return Err(Places::of("").locate(vec![(String::new(), message)]));
    }
    let json = json::parse(text).map_err(|error| {
        vec![Problem {
            line: error.line(),
            column: error.column(),
            pointer: String::new(),
            message: told(&json::parse_words(&error)),
        }]
    })?;
    let places = Places::of(text);
    let against_schema = json::validate(SCHEMA, &json, MOST_PROBLEMS);
    if !against_schema.is_empty() {
        return Err(places.locate(against_schema));
    }
    let own: Tool = serde_json::from_value(json)
        .map_err(|error| places.locate(vec![(String::new(), error.to_string())]))?;
    let mut meaning = Meaning::of(&own, catalogue).problems();
    if !meaning.is_empty() {
        meaning.truncate(MOST_PROBLEMS);
        return Err(places.locate(meaning));
    }
    complete(own, &catalogue.cores, &catalogue.scales)
        .map_err(|error| places.locate(vec![incomplete(&error)]))
}

fn incomplete(error: &Incomplete) -> (String, String) {
    let pointer = match error {
        Incomplete::Core(_) => "/core",
        Incomplete::Scale(_) => "/grade_scale",
    };
    (pointer.into(), error.to_string())
}

/// What the schema cannot say.
struct Meaning<'a> {
    own: &'a Tool,
    catalogue: &'a Catalogue,
    core: Option<&'a Tool>,
    sections: BTreeSet<&'a str>,
    found: Vec<Found>,
}

impl<'a> Meaning<'a> {
    fn of(own: &'a Tool, catalogue: &'a Catalogue) -> Self {
        let core = own
            .core
            .as_ref()
            .and_then(|name| catalogue.cores.iter().find(|core| core.name() == *name));
        let core_sections = core.map_or(&[][..], |core| &core.sections);
        let sections = own.sections.iter().chain(core_sections);
        Self {
            own,
            catalogue,
            core,
            sections: sections.map(|section| section.id.as_str()).collect(),
            found: Vec::new(),
        }
    }

    fn problems(mut self) -> Vec<Found> {
        if self.own.core.is_some() && self.core.is_none() {
            // Everything else would only repeat it.
            let name = self.own.core.clone().unwrap_or_default();
            return vec![incomplete(&Incomplete::Core(name))];
        }
        self.grade_scale();
        self.repeated_ids();
        for (at, question) in self.own.questions.iter().enumerate() {
            self.question(&format!("/questions/{at}"), question);
        }
        self.references();
        self.found
    }

    fn say(&mut self, pointer: impl Into<String>, message: impl Into<String>) {
        self.found.push((pointer.into(), message.into()));
    }

    fn grade_scale(&mut self) {
        let id = &self.own.grade_scale;
        let scales = self.catalogue.scales.iter().chain(&self.own.scales);
        if !scales.into_iter().any(|scale| scale.id == *id) {
            self.say("/grade_scale", Incomplete::Scale(id.clone()).to_string());
        }
    }

    fn repeated_ids(&mut self) {
        let own = self.own;
        let core = self.core.filter(|_| own.sections.is_empty());
        let mut first: BTreeMap<&str, String> = core
            .into_iter()
            .flat_map(|core| &core.questions)
            .map(|question| (question.id.as_str(), "the core".to_owned()))
            .collect();
        for (at, question) in own.questions.iter().enumerate() {
            let pointer = format!("/questions/{at}/id");
            if let Some(other) = first.get(question.id.as_str()) {
                self.found.push((
                    pointer,
                    format!("“{}” is already a question of {other}", question.id),
                ));
            } else {
                first.insert(&question.id, "this tool".into());
            }
        }
        self.repeated("/sections", &ids_of(&own.sections, |section| &section.id));
        self.repeated("/key_dates", &ids_of(&own.key_dates, |date| &date.id));
        self.repeated("/hypotheses", &ids_of(&own.hypotheses, |h| &h.id));
    }

    fn repeated(&mut self, list: &str, ids: &[&str]) {
        for (at, id) in ids.iter().enumerate() {
            if ids[..at].contains(id) {
                self.say(format!("{list}/{at}/id"), format!("“{id}” is there twice"));
            }
        }
    }

    fn question(&mut self, at: &str, question: &Question) {
        if !self.sections.contains(question.section.as_str()) {
            self.say(
                format!("{at}/section"),
                format!("there is no section “{}”", question.section),
            );
        }
        if self.catalogue.theme(&question.theme).is_none() {
            self.say(
                format!("{at}/theme"),
                format!("there is no theme “{}”", question.theme),
            );
        }
        self.agencies(&format!("{at}/agencies"), &question.agencies);
        let ids = ids_of(&question.choices, |choice| &choice.id);
        self.repeated(&format!("{at}/choices"), &ids);
        if matches!(question.kind, Kind::PickOne | Kind::PickMany)
            && question.is_scored()
            && !question.choices.iter().any(|choice| choice.favourable)
        {
            self.say(
                format!("{at}/choices"),
                "it is scored, but no choice is favourable",
            );
        }
        for (nth, rule) in question.timescales.iter().enumerate() {
            if !self.catalogue.rules.iter().any(|known| known.id == *rule) {
                self.say(
                    format!("{at}/timescales/{nth}"),
                    format!("there is no timescale rule “{rule}”"),
                );
            }
        }
        self.answers_named(at, question);
        self.condition(at, question);
    }

    fn agencies(&mut self, at: &str, codes: &[String]) {
        for (nth, code) in codes.iter().enumerate() {
            let known = code == EVERY_AGENCY || self.catalogue.agency(code).is_some();
            if !known {
                self.say(
                    format!("{at}/{nth}"),
                    format!("there is no agency “{code}”"),
                );
            }
        }
    }

    /// `safety.when` and `needs_note` have to name answers that can be given.
    fn answers_named(&mut self, at: &str, question: &Question) {
        let options = self.option_ids(question);
        let named = [
            (
                "safety/when",
                question.safety.as_ref().map(|safety| &safety.when),
            ),
            ("needs_note", question.needs_note.as_ref()),
        ];
        for (place, ids) in named {
            for (nth, id) in ids.into_iter().flatten().enumerate() {
                if !options.contains(id) {
                    self.say(
                        format!("{at}/{place}/{nth}"),
                        format!("“{id}” is not an answer to this question"),
                    );
                }
            }
        }
    }

    fn option_ids(&self, question: &Question) -> Vec<String> {
        let scale = match question.kind {
            Kind::Grade => self.own.grade_scale.as_str(),
            Kind::YesPartlyNo => super::scale::YES_PARTLY_NO,
            _ => {
                return question
                    .choices
                    .iter()
                    .map(|choice| choice.id.clone())
                    .collect();
            }
        };
        let mut scales = self.own.scales.iter().chain(&self.catalogue.scales);
        scales
            .find(|known| known.id == scale)
            .map_or_else(Vec::new, |scale| {
                scale.values.iter().map(|value| value.id.clone()).collect()
            })
    }

    fn condition(&mut self, at: &str, question: &Question) {
        let earlier = self.earlier_than(question);
        if let Some(main) = &question.part_of
            && !earlier.iter().any(|other| other.id == *main)
        {
            self.say(
                format!("{at}/part_of"),
                format!("“{main}” is not a question before this one"),
            );
        }
        let Some(condition) = &question.asked_if else {
            return;
        };
        let Some(other) = earlier.iter().find(|other| other.id == condition.question) else {
            let message = format!("“{}” is not a question before this one", condition.question);
            return self.say(format!("{at}/asked_if/question"), message);
        };
        let options = self.option_ids(other);
        let asked_of_all = other.agencies.iter().any(|code| code == EVERY_AGENCY)
            || question
                .agencies
                .iter()
                .all(|code| other.agencies.contains(code));
        for (nth, id) in condition.is.iter().enumerate() {
            if !options.contains(id) {
                let message = format!("“{id}” is not an answer to {}", other.id);
                self.say(format!("{at}/asked_if/is/{nth}"), message);
            }
        }
        if !asked_of_all {
            let message = format!(
                "{} is not asked of every agency that this question is for",
                other.id
            );
            self.say(format!("{at}/asked_if/question"), message);
        }
    }

    fn earlier_than(&self, question: &Question) -> Vec<&'a Question> {
        let core = self.core.into_iter().flat_map(|core| &core.questions);
        let own = self
            .own
            .questions
            .iter()
            .take_while(|other| other.id != question.id);
        core.chain(own).collect()
    }

    fn references(&mut self) {
        let core = self.core.into_iter().flat_map(|core| &core.questions);
        let all: Vec<&str> = core
            .chain(&self.own.questions)
            .map(|q| q.id.as_str())
            .collect();
        if let Some(id) = &self.own.safety_question
            && !all.contains(&id.as_str())
        {
            self.say("/safety_question", format!("there is no question “{id}”"));
        }
        for (at, hypothesis) in self.own.hypotheses.iter().enumerate() {
            for (nth, id) in hypothesis.questions.iter().enumerate() {
                if !all.contains(&id.as_str()) {
                    self.say(
                        format!("/hypotheses/{at}/questions/{nth}"),
                        format!("there is no question “{id}”"),
                    );
                }
            }
        }
        for (at, date) in self.own.key_dates.iter().enumerate() {
            self.agencies(&format!("/key_dates/{at}/agencies"), &date.agencies);
        }
    }
}

fn ids_of<T>(list: &[T], id: impl Fn(&T) -> &String) -> Vec<&str> {
    list.iter().map(|item| id(item).as_str()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;

    fn problems(change: impl Fn(&mut Json)) -> Vec<String> {
        let catalogue = Catalogue::built_in().unwrap();
        let text = include_str!("../../../assets/tools/neglect/v1.json");
        let mut json: Json = serde_json::from_str(text).unwrap();
        change(&mut json);
        let text = serde_json::to_string_pretty(&json).unwrap();
        match read_tool(&text, &catalogue) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn a_good_file_has_no_problems() {
        assert_eq!(problems(|_| ()), Vec::<String>::new());
    }

    #[test]
    fn every_slip_is_named_at_its_place() {
        type Slip = (&'static str, fn(&mut Json), &'static str);
        let cases: [Slip; 10] = [
            (
                "/questions/0/theme",
                |t| t["questions"][0]["theme"] = "T99".into(),
                "no theme",
            ),
            (
                "/questions/0/section",
                |t| t["questions"][0]["section"] = "ZZ".into(),
                "no section",
            ),
            (
                "/questions/0/agencies/0",
                |t| t["questions"][0]["agencies"] = serde_json::json!(["XYZ"]),
                "no agency",
            ),
            (
                "/questions/1/id",
                |t| t["questions"][1]["id"] = t["questions"][0]["id"].clone(),
                "already a question of this tool",
            ),
            (
                "/questions/0/id",
                |t| t["questions"][0]["id"] = "C01".into(),
                "already a question of the core",
            ),
            (
                "/grade_scale",
                |t| t["grade_scale"] = "one-to-ten".into(),
                "scale",
            ),
            ("/core", |t| t["core"] = "core@99".into(), "builds on"),
            (
                "/hypotheses/0/questions/0",
                |t| t["hypotheses"][0]["questions"][0] = "Q77".into(),
                "no question",
            ),
            (
                "/safety_question",
                |t| t["safety_question"] = "Q77".into(),
                "no question",
            ),
            (
                "/questions/0",
                |t| {
                    t["questions"][0].as_object_mut().unwrap().remove("text");
                },
                "text",
            ),
        ];
        for (place, change, words) in cases {
            let found = problems(change);
            assert!(
                found
                    .iter()
                    .any(|line| line.contains(&format!("({place})")) && line.contains(words)),
                "{place} {words}: {found:#?}"
            );
        }
    }

    #[test]
    fn several_slips_are_told_at_once_and_in_order() {
        let found = problems(|tool| {
            tool["questions"][2]["theme"] = "T99".into();
            tool["questions"][0]["theme"] = "T98".into();
        });
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("T98") && found[1].contains("T99"));
    }

    #[test]
    fn text_that_is_not_json_is_told_with_its_line() {
        let catalogue = Catalogue::built_in().unwrap();
        let problems = read_tool("{\n \"schema\": \"x\"", &catalogue).unwrap_err();
        assert_eq!((problems[0].line, problems.len()), (2, 1), "{problems:?}");
    }
}
