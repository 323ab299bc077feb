//! A slow count of its own, straight from data and tool as JSON: every number of the summary is looked
//! for by going through all forms once more. It shares no code with the program.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// The data of one audit and its tool.
pub struct Recount<'a> {
    pub data: &'a Value,
    pub tool: &'a Value,
    /// The area whose local timescale rules apply.
    pub local: Option<&'a str>,
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What was chosen: one id or several.
fn chosen(value: &Value) -> Vec<&str> {
    match value {
        Value::String(id) => vec![id],
        Value::Array(ids) => ids.iter().map(text).collect(),
        _ => Vec::new(),
    }
}

impl<'a> Recount<'a> {
    fn questions(&self) -> &'a [Value] {
        list(&self.tool["questions"])
    }

    pub fn agencies(&self) -> impl Iterator<Item = &'a str> {
        list(&self.data["audit"]["agencies"]).iter().map(text)
    }

    pub fn cases(&self) -> impl Iterator<Item = &'a str> {
        list(&self.data["cases"])
            .iter()
            .map(|case| text(&case["ref"]))
    }

    fn form(&self, case: &str, agency: &str) -> &'a Value {
        let mut forms = list(&self.data["forms"]).iter();
        let found = forms.find(|form| form["case"] == case && form["agency"] == agency);
        found.unwrap_or(&Value::Null)
    }

    /// The submitted form, if it is one.
    pub fn submitted(&self, case: &str, agency: &str) -> Option<&'a Value> {
        Some(self.form(case, agency)).filter(|form| form["status"] == "submitted")
    }

    fn judged(&self, case: &str, question: &str) -> Option<&'a Value> {
        let mut all = list(&self.data["judgements"]).iter();
        let found = all.find(|own| own["case"] == case && own["question"] == question);
        found.map(|own| &own["value"])
    }

    fn is_asked(question: &Value, agency: &str) -> bool {
        let codes = list(&question["agencies"]);
        codes.iter().any(|code| code == "ALL" || code == agency)
    }

    /// The options of a question in order: id, favourable.
    fn options(&self, question: &'a Value) -> Vec<(&'a str, bool)> {
        let scale = match text(&question["kind"]) {
            "grade" => text(&self.tool["grade_scale"]),
            "yes_partly_no" => "yes-partly-no",
            _ => "",
        };
        let mut scales = list(&self.tool["scales"]).iter();
        let own = scales.find(|own| own["id"] == scale);
        let options = own.map_or(&question["choices"], |own| &own["values"]);
        let option = |own: &'a Value| (text(&own["id"]), own["favourable"] == true);
        list(options).iter().map(option).collect()
    }

    fn favourable(&self, question: &'a Value, value: &Value) -> Option<bool> {
        if question["scored"] == false {
            return None;
        }
        match text(&question["kind"]) {
            "text" | "date" | "number" => None,
            "ratio" => {
                let least = question["ratio"]["favourable_from_percent"].as_u64()?;
                let (part, whole) = (value["part"].as_u64()?, value["whole"].as_u64()?);
                Some(part * 100 >= least * whole)
            }
            _ => {
                let options = self.options(question);
                let picked = chosen(value);
                Some(
                    options
                        .iter()
                        .any(|(id, good)| *good && picked.contains(id)),
                )
            }
        }
    }

    fn is_scored(question: &Value) -> bool {
        let typed = ["text", "date", "number"].contains(&text(&question["kind"]));
        question["scored"] != false && !typed
    }

    /// The answer on a form, if its question is asked after the other answers.
    fn answer(&self, form: &'a Value, question: &Value) -> Option<&'a Value> {
        let given = form["answers"].get(text(&question["id"]))?;
        if given.get("value").is_none() && given.get("blank").is_none() {
            return None;
        }
        let condition = &question["asked_if"];
        if !condition.is_null() {
            let mut all = self.questions().iter();
            let earlier = all.find(|own| own["id"] == condition["question"])?;
            let value = self.answer(form, earlier)?.get("value")?;
            let wanted = list(&condition["is"]);
            if !chosen(value)
                .iter()
                .any(|id| wanted.iter().any(|own| own == id))
            {
                return None;
            }
        }
        Some(given)
    }

    /// The answers to a question on one basis: case, agency, answer.
    fn answers(&self, question: &'a Value, basis: &str) -> Vec<(&'a str, &'a str, Value)> {
        let mut found = Vec::new();
        for case in self.cases() {
            if basis == "panel" {
                let judged = self.judged(case, text(&question["id"]));
                found.extend(judged.map(|value| (case, "", json!({"value": value}))));
                continue;
            }
            for agency in self
                .agencies()
                .filter(|code| Self::is_asked(question, code))
            {
                let form = self.submitted(case, agency);
                let given = form.and_then(|form| self.answer(form, question));
                found.extend(given.map(|given| (case, agency, given.clone())));
            }
        }
        found
    }

    /// Scored, favourable, not applicable, not evidenced.
    fn tally<'b>(
        &self,
        question: &'a Value,
        answers: impl Iterator<Item = &'b Value>,
    ) -> [usize; 4] {
        let mut tally = [0; 4];
        for given in answers {
            match given.get("blank").map(text) {
                Some("not_applicable") => tally[2] += 1,
                Some(_) => tally[3] += 1,
                None => {
                    if let Some(good) = self.favourable(question, &given["value"]) {
                        tally[0] += 1;
                        tally[1] += usize::from(good);
                    }
                }
            }
        }
        tally
    }

    fn counts<'b>(question: &Value, answers: impl Iterator<Item = &'b Value>) -> Value {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let picked = ["grade", "yes_partly_no", "pick_one", "pick_many"];
        for given in answers.filter(|_| picked.contains(&text(&question["kind"]))) {
            for id in chosen(given.get("value").unwrap_or(&Value::Null)) {
                *counts.entry(id.to_owned()).or_default() += 1;
            }
        }
        json!(counts)
    }

    pub fn forms(&self) -> Value {
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        let keys = [
            "expected",
            "submitted",
            "not_known",
            "declined",
            "outstanding",
        ];
        found.extend(keys.map(|key| (key, 0)));
        for case in self.cases() {
            for agency in self.agencies() {
                let status = text(&self.form(case, agency)["status"]);
                let key = if keys[1..4].contains(&status) {
                    status
                } else {
                    "outstanding"
                };
                *found.get_mut(key).unwrap() += 1;
                *found.get_mut("expected").unwrap() += 1;
            }
        }
        json!(found)
    }

    pub fn overall(&self) -> Value {
        let agencies = self.agencies().map(|agency| {
            let forms = self.cases().filter_map(|case| self.submitted(case, agency));
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for grade in forms.filter_map(|form| form["overall"].as_str()) {
                *counts.entry(grade).or_default() += 1;
            }
            json!({"agency": agency, "counts": counts})
        });
        agencies.collect()
    }

    pub fn overall_panel(&self) -> Value {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for case in self.cases() {
            if let Some(grade) = self.judged(case, "overall") {
                *counts.entry(text(grade)).or_default() += 1;
            }
        }
        json!({"counts": counts})
    }

    pub fn question_rows(&self, basis: &str) -> Value {
        let mut rows = Vec::new();
        for question in self.questions() {
            let answers = self.answers(question, basis);
            let agencies: Vec<&str> = match basis {
                "panel" => vec![""],
                _ => self
                    .agencies()
                    .filter(|code| Self::is_asked(question, code))
                    .collect(),
            };
            for agency in agencies {
                let own = || {
                    answers
                        .iter()
                        .filter(|own| own.1 == agency)
                        .map(|own| &own.2)
                };
                let [scored, favourable, not_applicable, not_evidenced] =
                    self.tally(question, own());
                let code = (basis != "panel").then_some(agency);
                rows.push(
                    json!({"question": question["id"], "theme": question["theme"],
                    "agency": code, "counts": Self::counts(question, own()),
                    "not_applicable": not_applicable, "not_evidenced": not_evidenced,
                    "scored": scored, "favourable": favourable}),
                );
            }
        }
        Value::Array(rows)
    }

    /// By theme or by section: only headings with a scored question that somebody is asked.
    pub fn headings(&self, heading: &str, basis: &str) -> Value {
        let mut ids: Vec<&str> = match heading {
            "section" => list(&self.tool["sections"])
                .iter()
                .map(|own| text(&own["id"]))
                .collect(),
            _ => self
                .questions()
                .iter()
                .map(|own| text(&own["theme"]))
                .collect(),
        };
        if heading == "theme" {
            ids.sort_unstable();
            ids.dedup();
        }
        let asked = |question: &&Value| {
            let somebody = || self.agencies().any(|code| Self::is_asked(question, code));
            Self::is_scored(question) && (basis == "panel" || somebody())
        };
        let rows = ids.into_iter().filter_map(|id| {
            let own = self
                .questions()
                .iter()
                .filter(|question| question[heading] == id);
            let own: Vec<_> = own.filter(asked).collect();
            if own.is_empty() {
                return None;
            }
            let (mut sum, mut cases) = ([0; 4], Vec::new());
            for question in own {
                let answers = self.answers(question, basis);
                let tally = self.tally(question, answers.iter().map(|own| &own.2));
                (0..4).for_each(|at| sum[at] += tally[at]);
                let counting = answers.iter().filter(|own| {
                    let value = own.2.get("value");
                    value
                        .and_then(|value| self.favourable(question, value))
                        .is_some()
                });
                cases.extend(counting.map(|own| own.0));
            }
            cases.sort_unstable();
            cases.dedup();
            Some(json!({heading: id, "scored": sum[0], "favourable": sum[1],
                "not_applicable": sum[2], "not_evidenced": sum[3], "cases": cases.len()}))
        });
        rows.collect()
    }

    /// Every unit that agreement compares: question, and the places of what was chosen.
    fn units(&self) -> Vec<(&'a Value, Vec<(&'a str, usize)>)> {
        let mut units = Vec::new();
        for question in self.questions() {
            let kind = text(&question["kind"]);
            let asked = self
                .agencies()
                .filter(|code| Self::is_asked(question, code))
                .count();
            let one_choice = ["grade", "yes_partly_no", "pick_one"].contains(&kind);
            if !one_choice || !Self::is_scored(question) || asked < 2 {
                continue;
            }
            let options = self.options(question);
            let answers = self.answers(question, "agency");
            for case in self.cases() {
                let own = answers.iter().filter(|own| own.0 == case);
                let values = own.filter_map(|(_, agency, given)| {
                    let id = given.get("value")?.as_str()?;
                    Some((*agency, options.iter().position(|own| own.0 == id)?))
                });
                let values: Vec<_> = values.collect();
                if values.len() > 1 {
                    units.push((question, values));
                }
            }
        }
        units
    }

    /// Pairs, same, adjacent, further.
    pub fn pairs(&self) -> [usize; 4] {
        let mut pairs = [0; 4];
        for (question, values) in self.units() {
            for (at, (_, one)) in values.iter().enumerate() {
                for (_, other) in &values[at + 1..] {
                    let apart = one.abs_diff(*other);
                    let steps = question["kind"] != "pick_one";
                    pairs[0] += 1;
                    pairs[if apart == 0 {
                        1
                    } else if apart == 1 && steps {
                        2
                    } else {
                        3
                    }] += 1;
                }
            }
        }
        pairs
    }

    /// Alpha of a kind of question from its definition: every pair of values within the units
    /// against every pair of all values, one by one; `None` for fewer than 20 units.
    pub fn alpha(&self, kind: &str, ordinal: bool) -> Option<f64> {
        let units = self
            .units()
            .into_iter()
            .filter(|(question, _)| question["kind"] == kind);
        let units: Vec<Vec<usize>> = units
            .map(|(_, values)| values.into_iter().map(|(_, place)| place).collect())
            .collect();
        if units.len() < 20 {
            return None;
        }
        let all: Vec<usize> = units.iter().flatten().copied().collect();
        let count = |value: usize| all.iter().filter(|own| **own == value).count() as f64;
        let distance = |c: usize, k: usize| {
            if c == k {
                0.0
            } else if ordinal {
                let (low, high) = (c.min(k), c.max(k));
                let between: f64 = (low..=high).map(count).sum();
                (between - (count(low) + count(high)) / 2.0).powi(2)
            } else {
                1.0
            }
        };
        let n = all.len() as f64;
        let within = |values: &Vec<usize>| {
            let pairs = values
                .iter()
                .flat_map(|c| values.iter().map(|k| distance(*c, *k)));
            pairs.sum::<f64>() / (values.len() - 1) as f64
        };
        let observed = units.iter().map(within).sum::<f64>() / n;
        let pairs = all
            .iter()
            .flat_map(|c| all.iter().map(|k| distance(*c, *k)));
        let expected = pairs.sum::<f64>() / (n * (n - 1.0));
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }

    /// Judged, same, favourable, unfavourable, sideways, from blank, unjudged.
    pub fn panel_changes(&self) -> [usize; 7] {
        let mut moves = [0; 7];
        let scored = self
            .questions()
            .iter()
            .filter(|question| Self::is_scored(question));
        for question in scored {
            for (case, _, given) in self.answers(question, "agency") {
                let way = self.moved(question, &given, self.judged(case, text(&question["id"])));
                moves[way] += 1;
                moves[0] += usize::from((1..5).contains(&way));
            }
        }
        moves
    }

    fn moved(&self, question: &'a Value, given: &Value, judged: Option<&Value>) -> usize {
        let Some(judged) = judged else { return 6 };
        let Some(answer) = given.get("value") else {
            return 5;
        };
        if answer == judged {
            return 1;
        }
        let options = self.options(question);
        let place = |value: &Value| options.iter().position(|own| own.0 == text(value));
        let steps = ["grade", "yes_partly_no"].contains(&text(&question["kind"]));
        match (place(answer), place(judged)) {
            (Some(from), Some(to)) if steps => {
                if to < from {
                    2
                } else {
                    3
                }
            }
            _ => match (
                self.favourable(question, answer),
                self.favourable(question, judged),
            ) {
                (Some(false), Some(true)) => 2,
                (Some(true), Some(false)) => 3,
                _ => 4,
            },
        }
    }
}
