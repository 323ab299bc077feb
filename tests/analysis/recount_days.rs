//! Timescale rules counted a second time: day after day on a calendar, from the rules and bank holidays
//! as JSON.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::{Value, json};

use super::recount::Recount;

fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str()?.parse().ok()
}

fn next(day: NaiveDate) -> NaiveDate {
    day + Days::new(1)
}

struct Calendar {
    holidays: Vec<NaiveDate>,
}

impl Calendar {
    fn works(&self, day: NaiveDate) -> bool {
        day.weekday().num_days_from_monday() < 5 && !self.holidays.contains(&day)
    }

    /// The day on which the so-manieth working day after `start` falls.
    fn after(&self, start: NaiveDate, count: u64) -> NaiveDate {
        let (mut at, mut left) = (start, count);
        while left > 0 {
            at = next(at);
            left -= u64::from(self.works(at));
        }
        at
    }

    /// The last days allowed, by both ways of counting.
    fn last(&self, start: NaiveDate, limit: &Value) -> [NaiveDate; 2] {
        let count = limit["count"].as_u64().unwrap();
        let days = |count: u64| start + Days::new(count);
        match limit["unit"].as_str().unwrap() {
            "working_days" => {
                let mut first = start;
                while !self.works(first) {
                    first = next(first);
                }
                [self.after(start, count), self.after(first, count - 1)]
            }
            "calendar_months" => {
                let months = start + Months::new(count as u32);
                [months, days((count as f64 * 365.0 / 12.0).round() as u64)]
            }
            "weeks" => [days(count * 7); 2],
            "hours" => [days(count.div_ceil(24)); 2],
            _ => [days(count); 2],
        }
    }
}

/// One entry for each rule both of whose dates the tool asks for: as the summary has it.
pub fn timescales(recount: &Recount<'_>) -> Value {
    let rules: Value =
        serde_json::from_str(include_str!("../../assets/rules/timescales.json")).unwrap();
    let holidays: Value =
        serde_json::from_str(include_str!("../../assets/rules/bank-holidays.json")).unwrap();
    let holidays = holidays["days"].as_array().unwrap().iter();
    let calendar = Calendar {
        holidays: holidays.filter_map(|own| day(&own["date"])).collect(),
    };
    let fields = recount.tool["key_dates"].as_array();
    let fields: Vec<&Value> = fields.into_iter().flatten().map(|own| &own["id"]).collect();
    let asked = |rule: &&Value| fields.contains(&&rule["from"]) && fields.contains(&&rule["to"]);
    let rules = rules["rules"].as_array().unwrap().iter().filter(asked);
    rules.map(|rule| read(recount, &calendar, rule)).collect()
}

fn read(recount: &Recount<'_>, calendar: &Calendar, rule: &Value) -> Value {
    let [mut met, mut missed, mut one_way, mut cannot, mut no_limit] = [0; 5];
    let mut days = Vec::new();
    for case in recount.cases() {
        let (Some(start), Some(end)) = (
            date(recount, case, &rule["from"]),
            date(recount, case, &rule["to"]),
        ) else {
            cannot += 1;
            continue;
        };
        if end < start {
            cannot += 1;
            continue;
        }
        days.push((end - start).num_days());
        let in_force = |place: Option<&str>| {
            let mut limits = rule["limits"].as_array().unwrap().iter();
            limits.find(|limit| {
                limit["place"].as_str() == place
                    && day(&limit["from"]).is_none_or(|from| from <= start)
                    && day(&limit["until"]).is_none_or(|until| start <= until)
            })
        };
        let local = recount.local.and_then(|place| in_force(Some(place)));
        let Some(limit) = local.or_else(|| in_force(None)) else {
            no_limit += 1;
            continue;
        };
        let at_least = rule["bound"] == "at_least";
        let kept = calendar
            .last(start, limit)
            .map(|last| if at_least { end >= last } else { end <= last });
        match kept {
            [true, true] => met += 1,
            [false, false] => missed += 1,
            _ => one_way += 1,
        }
    }
    days.sort_unstable();
    let middle = days.len() / 2;
    let median = match days.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(days[middle] as f64),
        _ => Some((days[middle - 1] + days[middle]) as f64 / 2.0),
    };
    let days = median.map(|median| {
        json!({"cases": days.len(), "median": median, "shortest": days[0], "longest": days[days.len() - 1]})
    });
    json!({"rule": rule["id"], "kind": rule["kind"], "met": met, "missed": missed,
        "one_convention_only": one_way, "cannot_compute": cannot, "no_limit": no_limit, "days": days})
}

/// The panel's date, or the one that every agency gives which gives one.
fn date(recount: &Recount<'_>, case: &str, field: &Value) -> Option<NaiveDate> {
    let agreed = recount.data["agreed_dates"]
        .as_array()
        .into_iter()
        .flatten();
    let mut agreed = agreed.filter(|own| own["case"] == case && own["date_id"] == *field);
    if let Some(own) = agreed.next() {
        return day(&own["date"]);
    }
    let given = recount.agencies().filter_map(|agency| {
        let form = recount.submitted(case, agency)?;
        day(&form["dates"][field.as_str()?])
    });
    let mut given: Vec<_> = given.collect();
    given.dedup();
    match given.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}
