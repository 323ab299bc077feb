//! What an audit is: tools, forms, answers, revisions, scores, timescales.
//!
//! Pure: nothing here opens a file, speaks SQL or draws. Everything else in the program depends
//! on this folder and it depends on nothing of the program. Built-in data (`assets/`) is compiled
//! in and read once through [`catalogue`].

pub mod action;
pub mod agreed_date;
pub mod answer;
pub mod attendance;
pub mod audit;
pub mod case;
pub mod catalogue;
pub mod concern;
pub mod dates;
pub mod dismissal;
pub mod finding;
pub mod flow;
pub mod form;
pub mod help;
pub mod id;
pub(crate) mod json;
pub mod judgement;
pub mod key_date;
pub mod limiting;
pub mod merge;
pub mod partnership;
pub(crate) mod plain;
pub mod privacy;
pub mod record;
pub mod redaction;
pub mod register;
pub mod retention;
pub mod revision;
pub mod safety_stop;
pub mod score;
pub mod search;
pub mod timescale;
pub mod tool;
pub mod working_days;
