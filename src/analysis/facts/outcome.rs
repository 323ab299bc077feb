//! The different answers a question was given, each numbered once.

use std::collections::HashMap;

use crate::domain::answer::{Blank, Given, Value};
use crate::domain::tool::{Question, Tool};

/// One of the answers a question was given, and what it means for the counts.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analysis) struct Outcome {
    /// What kind of answer.
    pub(in crate::analysis) what: What,
    /// Whether it speaks well of practice; `None` where it is not scored.
    pub(in crate::analysis) favourable: Option<bool>,
    /// Its place among the question's options, where exactly one was picked.
    pub(in crate::analysis) rank: Option<usize>,
}

impl Outcome {
    /// Ids of the options picked.
    pub(in crate::analysis) fn picked(&self) -> &[String] {
        match &self.what {
            What::Picked(ids) => ids,
            What::Ratio(..) | What::Typed | What::Blank(_) => &[],
        }
    }

    /// Why it was left blank, if it was.
    pub(in crate::analysis) fn blank(&self) -> Option<Blank> {
        match self.what {
            What::Blank(blank) => Some(blank),
            What::Picked(_) | What::Ratio(..) | What::Typed => None,
        }
    }
}

/// What kind of answer an outcome is.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analysis) enum What {
    /// These options were picked.
    Picked(Vec<String>),
    /// A count out of a count.
    Ratio(u32, u32),
    /// Something else was typed: a number, a date or words. Which one is not counted.
    Typed,
    /// Left blank for a reason.
    Blank(Blank),
}

/// The outcomes of one question by number.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct Outcomes {
    list: Vec<Outcome>,
    /// Sets of choices can be many; single ones are found faster by looking through the few.
    sets: HashMap<Vec<String>, u32>,
}

impl Outcomes {
    /// The outcome with this number.
    pub(in crate::analysis) fn get(&self, number: u32) -> &Outcome {
        &self.list[number as usize]
    }

    /// How many there are.
    pub(in crate::analysis) fn len(&self) -> usize {
        self.list.len()
    }

    /// The number of an answer, new if it was not given before.
    pub(super) fn number(&mut self, tool: &Tool, question: &Question, given: &Given) -> u32 {
        if let Given::Value(Value::Many(ids)) = given {
            if let Some(number) = self.sets.get(ids) {
                return *number;
            }
        } else if let Some(number) = self.known(question, given) {
            return number;
        }
        let number = self.list.len() as u32;
        if let Given::Value(Value::Many(ids)) = given {
            self.sets.insert(ids.clone(), number);
        }
        self.list.push(outcome(tool, question, given));
        number
    }

    fn known(&self, question: &Question, given: &Given) -> Option<u32> {
        let same = |outcome: &Outcome| match (&outcome.what, given) {
            (What::Blank(known), Given::Blank(blank)) => known == blank,
            (What::Picked(ids), Given::Value(Value::One(id))) => {
                ids.len() == 1 && ids[0] == *id && question.kind.is_picked()
            }
            (What::Ratio(part, whole), Given::Value(Value::Ratio { part: p, whole: w })) => {
                part == p && whole == w
            }
            (What::Typed, Given::Value(value)) => {
                !question.kind.is_picked() && !matches!(value, Value::Ratio { .. })
            }
            _ => false,
        };
        self.list.iter().position(same).map(|at| at as u32)
    }
}

fn outcome(tool: &Tool, question: &Question, given: &Given) -> Outcome {
    let value = match given {
        Given::Value(value) => value,
        Given::Blank(blank) => {
            return Outcome {
                what: What::Blank(*blank),
                favourable: None,
                rank: None,
            };
        }
    };
    let picked = question.kind.is_picked();
    let options = tool.options(question);
    let place = |id: &String| options.iter().position(|option| option.id == *id);
    Outcome {
        what: match value {
            Value::Ratio { part, whole } => What::Ratio(*part, *whole),
            _ if picked => What::Picked(value.chosen().to_vec()),
            _ => What::Typed,
        },
        favourable: tool.favourable(question, value),
        rank: match value {
            Value::One(id) if picked => place(id),
            _ => None,
        },
    }
}
