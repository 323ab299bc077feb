//! Invented audits: canonical data files drawn from a tape of random bytes. An empty tape gives the
//! simplest audit, so a failing one shrinks to something readable.

use serde_json::{Map, Value, json};

struct Tape<'a>(std::slice::Iter<'a, u8>);

impl Tape<'_> {
    /// A number below `most`; 0 at the end of the tape.
    fn pick(&mut self, most: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % most
    }

    fn chance(&mut self) -> bool {
        self.pick(2) == 1
    }

    fn of<'b>(&mut self, list: &[&'b str]) -> &'b str {
        list[self.pick(list.len())]
    }

    /// Those of the list that the tape picks, in the order of the list.
    fn some<'b>(&mut self, list: &[&'b str]) -> Vec<&'b str> {
        list.iter().copied().filter(|_| self.chance()).collect()
    }

    fn words(&mut self) -> &'static str {
        self.of(&[
            "Seen at home.",
            "“Quoted” – \"twice\"",
            "line\nbreak\ttab",
            "[1, 2]",
            "{\"part\": 1}",
            "42",
            " leading and trailing ",
            "=1+1",
            "👧 é 漢",
        ])
    }

    fn date(&mut self) -> String {
        format!(
            "20{:02}-{:02}-{:02}",
            18 + self.pick(5),
            1 + self.pick(12),
            1 + self.pick(28)
        )
    }

    fn instant(&mut self) -> String {
        let fraction = self.of(&["000", "007", "999", "123456789"]);
        format!(
            "{}T{:02}:{:02}:00.{fraction}Z",
            self.date(),
            self.pick(24),
            self.pick(60)
        )
    }

    /// Puts a text field in, or leaves it out.
    fn maybe(&mut self, object: &mut Map<String, Value>, field: &str) {
        if self.chance() {
            object.insert(field.into(), self.words().into());
        }
    }
}

const GRADES: [&str; 4] = ["outstanding", "good", "requires_improvement", "inadequate"];
const QUESTIONS: [&str; 9] = ["G1", "Y1", "Y1a", "P1", "M1", "N1", "R1", "D1", "Z1"];

/// An audit of the small tool, in the order in which exports are written.
pub(super) fn invented(tape: &[u8]) -> Value {
    let tape = &mut Tape(tape.iter());
    let mut agencies = tape.some(&["CSC", "POL", "HP"]);
    if agencies.is_empty() {
        agencies.push("POL");
    }
    let references: Vec<String> = (0..=tape.pick(3))
        .map(|n| format!("RND-{}", 9 - n))
        .collect();
    let forms = forms(tape, &agencies, &references);
    let stops = stops(tape, &forms);
    let findings = findings(tape, &agencies, &references);
    let mut file = json!({
        "schema": "goldthread/data/1",
        "audit": audit(tape, &agencies),
        "cases": references.iter().map(|reference| case(tape, reference)).collect::<Value>(),
        "judgements": judgements(tape, &references),
        "hypotheses": hypotheses(tape),
        "actions": actions(tape, findings.len()),
        "findings": findings,
        "safety_stops": stops,
    });
    add_unless_empty(&mut file, "agreed_dates", agreed_dates(tape, &references));
    add_unless_empty(&mut file, "attendance", attendance(tape, &agencies));
    add_unless_empty(&mut file, "concern_follow_ups", follow_ups(tape, &forms));
    add_unless_empty(&mut file, "dismissals", dismissals(tape));
    file["forms"] = forms.into();
    file
}

/// A list that is left out when it is empty.
fn add_unless_empty(file: &mut Value, name: &str, list: Vec<Value>) {
    if !list.is_empty() {
        file[name] = list.into();
    }
}

fn agreed_dates(tape: &mut Tape<'_>, references: &[String]) -> Vec<Value> {
    let mut agreed = Vec::new();
    for reference in references {
        for id in tape.some(&["strategy_s47", "icpc"]) {
            let mut date = Map::new();
            date.insert("case".into(), reference.as_str().into());
            date.insert("date".into(), id.into());
            date.insert("agreed".into(), tape.date().into());
            tape.maybe(&mut date, "reason");
            agreed.push(date.into());
        }
    }
    agreed
}

fn attendance(tape: &mut Tape<'_>, agencies: &[&str]) -> Vec<Value> {
    let mut attendance = Vec::new();
    for day in tape.some(&["2020-01-14", "2020-01-21"]) {
        let there: Vec<&str> = [""].into_iter().chain(agencies.iter().copied()).collect();
        for agency in tape.some(&there) {
            let mut own = Map::new();
            own.insert("day".into(), day.into());
            if !agency.is_empty() {
                own.insert("agency".into(), agency.into());
            }
            let presence = tape.of(&["attended", "apologies", "absent"]);
            own.insert("presence".into(), presence.into());
            tape.maybe(&mut own, "roles");
            attendance.push(own.into());
        }
    }
    attendance
}

fn audit(tape: &mut Tape<'_>, agencies: &[&str]) -> Value {
    let mut audit = Map::new();
    audit.insert("title".into(), "Rounds".into());
    audit.insert("tool".into(), "rounds@1".into());
    if tape.chance() {
        audit.insert("from".into(), "2018-11-01".into());
        audit.insert("to".into(), tape.of(&["2018-11-01", "2019-10-31"]).into());
    }
    audit.insert("agencies".into(), json!(agencies));
    audit.insert("re_audit_of".into(), Value::Null);
    if tape.chance() {
        let states = ["open", "panel", "findings_agreed", "reported", "closed"];
        audit.insert("state".into(), tape.of(&states).into());
    }
    if tape.chance() {
        let mut scope = Map::new();
        for field in [
            "question",
            "cohort",
            "method",
            "children",
            "parents",
            "carers",
            "lead_role",
        ] {
            tape.maybe(&mut scope, field);
        }
        scope.insert("population".into(), tape.pick(200).into());
        audit.insert("scope".into(), scope.into());
    }
    audit.into()
}

fn case(tape: &mut Tape<'_>, reference: &str) -> Value {
    let mut case = Map::new();
    case.insert("ref".into(), reference.into());
    let fields: [(&str, &[&str]); 4] = [
        ("age_band", &["unborn", "0-4", "16-17"]),
        ("sex", &["F", "M", "U"]),
        ("ethnicity", &["asian", "not_stated"]),
        ("plan", &["none", "CP", "LAC"]),
    ];
    for (field, values) in fields {
        if tape.chance() {
            case.insert(field.into(), tape.of(values).into());
        }
    }
    case.into()
}

fn forms(tape: &mut Tape<'_>, agencies: &[&str], references: &[String]) -> Vec<Value> {
    let mut forms = Vec::new();
    for reference in references {
        for agency in agencies {
            let status = tape.of(&["none", "submitted", "in_progress", "not_known", "declined"]);
            if status != "none" {
                forms.push(form(tape, reference, agency, status));
            }
        }
    }
    forms
}

fn form(tape: &mut Tape<'_>, reference: &str, agency: &str, status: &str) -> Value {
    let mut form = Map::new();
    form.insert("case".into(), reference.into());
    form.insert("agency".into(), agency.into());
    form.insert("status".into(), status.into());
    tape.maybe(&mut form, "role");
    if tape.chance() {
        form.insert("overall".into(), tape.of(&GRADES).into());
    }
    tape.maybe(&mut form, "overall_reason");
    if status == "declined" {
        form.insert("declined_reason".into(), "No capacity".into());
    }
    if status == "submitted" {
        form.insert("submitted".into(), tape.instant().into());
    }
    if matches!(status, "submitted" | "in_progress") {
        let answers = answers(tape, agency);
        if !answers.is_empty() {
            form.insert("answers".into(), answers.into());
        }
        let mut dates = Map::new();
        for id in tape.some(&["strategy_s47", "icpc"]) {
            dates.insert(id.into(), tape.date().into());
        }
        if !dates.is_empty() {
            form.insert("dates".into(), dates.into());
        }
    }
    form.into()
}

fn answers(tape: &mut Tape<'_>, agency: &str) -> Map<String, Value> {
    let mut answers = Map::new();
    for id in QUESTIONS {
        let asked = match id {
            "P1" => agency != "HP",
            "R1" => agency == "CSC",
            "Y1a" => matches!(
                answers.get("Y1").and_then(|y: &Value| y["value"].as_str()),
                Some("partly" | "no")
            ),
            _ => true,
        };
        if asked && tape.chance() {
            let answer = answer(tape, id);
            answers.insert(id.into(), answer);
        }
    }
    answers
}

fn answer(tape: &mut Tape<'_>, id: &str) -> Value {
    let mut answer = Map::new();
    match tape.pick(4) {
        0 => (),
        1 => {
            let blank = tape.of(&["not_applicable", "not_evidenced"]);
            answer.insert("blank".into(), blank.into());
        }
        _ => {
            answer.insert("value".into(), value(tape, id));
        }
    }
    for field in ["worked", "worries", "so_what"] {
        tape.maybe(&mut answer, field);
    }
    for field in ["good_practice", "practice_concern"] {
        if tape.chance() {
            answer.insert(field.into(), true.into());
        }
    }
    if id == "Z1" && tape.chance() {
        answer.insert("in_view_of".into(), json!(["Y1"]));
    }
    answer.into()
}

fn value(tape: &mut Tape<'_>, id: &str) -> Value {
    match id {
        "G1" => tape.of(&GRADES).into(),
        "Y1" => tape.of(&["yes", "partly", "no"]).into(),
        "P1" => tape.of(&["agreed", "silent"]).into(),
        "M1" => {
            let mut picked = tape.some(&["medical", "supervision", "emotional"]);
            if picked.is_empty() {
                picked.push("medical");
            }
            if tape.chance() {
                picked.reverse();
            }
            json!(picked)
        }
        "N1" => tape.pick(200).into(),
        "R1" => {
            let whole = 1 + tape.pick(9);
            json!({"part": tape.pick(whole + 1), "whole": whole})
        }
        "D1" => tape.date().into(),
        "Z1" => tape.of(&["yes", "no", "unsure"]).into(),
        _ => tape.words().into(),
    }
}

fn judgements(tape: &mut Tape<'_>, references: &[String]) -> Vec<Value> {
    let mut judgements = Vec::new();
    for reference in references {
        for id in QUESTIONS.into_iter().chain(["overall"]) {
            if tape.pick(4) == 1 {
                let mut judgement = Map::new();
                judgement.insert("case".into(), reference.as_str().into());
                judgement.insert("question".into(), id.into());
                let question = if id == "overall" { "G1" } else { id };
                judgement.insert("value".into(), value(tape, question));
                tape.maybe(&mut judgement, "reason");
                tape.maybe(&mut judgement, "dissent");
                judgements.push(judgement.into());
            }
        }
    }
    judgements
}

fn hypotheses(tape: &mut Tape<'_>) -> Vec<Value> {
    let hypothesis = |tape: &mut Tape<'_>, code: &str| {
        let mut hypothesis = Map::new();
        hypothesis.insert("code".into(), code.into());
        hypothesis.insert("text".into(), tape.words().into());
        hypothesis.insert("questions".into(), json!(tape.some(&QUESTIONS)));
        if tape.chance() {
            let verdicts = [
                "confirmed",
                "partly_confirmed",
                "not_confirmed",
                "cannot_say",
            ];
            hypothesis.insert("verdict".into(), tape.of(&verdicts).into());
        }
        tape.maybe(&mut hypothesis, "rationale");
        hypothesis.into()
    };
    let codes = tape.some(&["H9", "H1"]);
    codes
        .into_iter()
        .map(|code| hypothesis(tape, code))
        .collect()
}

fn findings(tape: &mut Tape<'_>, agencies: &[&str], references: &[String]) -> Vec<Value> {
    let references: Vec<&str> = references.iter().map(String::as_str).collect();
    let kinds = ["strength", "area_for_improvement", "practice_concern"];
    let count = tape.pick(3);
    let finding = |number: usize| {
        json!({"number": number + 1, "kind": tape.of(&kinds), "theme": "T07",
               "text": tape.words(), "agencies": tape.some(agencies),
               "cases": tape.some(&references), "questions": tape.some(&QUESTIONS)})
    };
    let mut findings: Vec<Value> = (0..count).map(finding).collect();
    for finding in &mut findings {
        if tape.chance() {
            finding["looked_at"] = tape.instant().into();
        }
    }
    findings
}

/// One follow-up for a form at most, so that no concern has two.
fn follow_ups(tape: &mut Tape<'_>, forms: &[Value]) -> Vec<Value> {
    let followed: Vec<&Value> = forms.iter().filter(|_| tape.pick(4) == 1).collect();
    let follow_up = |form: &&Value| {
        let mut follow_up = Map::new();
        follow_up.insert("case".into(), form["case"].clone());
        follow_up.insert("agency".into(), form["agency"].clone());
        follow_up.insert("question".into(), tape.of(&QUESTIONS).into());
        if tape.chance() {
            follow_up.insert("reviewed".into(), tape.date().into());
        }
        tape.maybe(&mut follow_up, "by_role");
        tape.maybe(&mut follow_up, "outcome");
        follow_up.into()
    };
    followed.iter().map(follow_up).collect()
}

fn dismissals(tape: &mut Tape<'_>) -> Vec<Value> {
    let mut suggestions = tape.some(&["weak_theme:T07", "rule:R4"]);
    suggestions.sort_unstable();
    let dismissal = |suggestion: &&str| {
        let mut dismissal = Map::new();
        dismissal.insert("suggestion".into(), (*suggestion).into());
        tape.maybe(&mut dismissal, "reason");
        dismissal.into()
    };
    suggestions.iter().map(dismissal).collect()
}

fn actions(tape: &mut Tape<'_>, findings: usize) -> Vec<Value> {
    let count = tape.pick(3);
    let action = |_| {
        let mut action = Map::new();
        if findings > 0 && tape.chance() {
            action.insert("finding".into(), (1 + tape.pick(findings)).into());
        }
        action.insert("what".into(), tape.words().into());
        if tape.chance() {
            action.insert("owner_agency".into(), tape.of(&["CSC", "EDU"]).into());
            action.insert("due".into(), tape.date().into());
        }
        if tape.chance() {
            let terms = ["immediately", "three_months", "six_months"];
            action.insert("due_term".into(), tape.of(&terms).into());
            action.insert("agreed".into(), tape.date().into());
        }
        action.insert(
            "status".into(),
            tape.of(&["proposed", "done", "superseded"]).into(),
        );
        tape.maybe(&mut action, "evidence_of_impact");
        let updates: Vec<Value> = (0..tape.pick(3))
            .map(|_| json!({"at": tape.instant(), "text": tape.words()}))
            .collect();
        if !updates.is_empty() {
            action.insert("updates".into(), updates.into());
        }
        action.into()
    };
    (0..count).map(action).collect()
}

fn stops(tape: &mut Tape<'_>, forms: &[Value]) -> Vec<Value> {
    let held: Vec<&Value> = forms.iter().filter(|_| tape.pick(4) == 1).collect();
    let stop = |form: &&Value| {
        let mut stop = Map::new();
        stop.insert("case".into(), form["case"].clone());
        stop.insert("agency".into(), form["agency"].clone());
        stop.insert("because".into(), tape.of(&["no", "unsure"]).into());
        stop.insert("opened".into(), tape.instant().into());
        if tape.chance() {
            let at = format!("{}T10:40:00", tape.date());
            let contact = json!({"role": "Named nurse", "at": at, "route": "Telephone"});
            stop.insert("lead".into(), contact);
        }
        stop.insert("called_999".into(), tape.chance().into());
        tape.maybe(&mut stop, "opened_in_error");
        stop.into()
    };
    held.iter().map(stop).collect()
}
