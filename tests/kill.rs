//! Killing the program at any moment loses nothing that it said was saved.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(
    clippy::disallowed_methods,
    reason = "two threads of a test need no names"
)]
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use goldthread::domain::answer::{Answer, Value};
use goldthread::domain::form::{AgencyReturn, CaseForm};
use goldthread::domain::id::RecordId;
use goldthread::domain::record::{Record, RecordKind};
use goldthread::store::Store;

const KILLS: u64 = 200;
const QUESTIONS: [&str; 2] = ["N01", "N09"];

/// The worked example and one of its forms that is still open for answers.
struct Desk {
    file: PathBuf,
    form: RecordId,
    case: String,
    agency: String,
    _folder: tempfile::TempDir,
}

fn goldthread() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("goldthread"))
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("example.goldthread");
        assert!(
            goldthread()
                .arg("demo")
                .arg(&file)
                .output()
                .unwrap()
                .status
                .success()
        );
        let store = Store::open(&file, None, "test").unwrap();
        let mut open = None;
        for (form, record) in store.records(RecordKind::CaseForm).unwrap() {
            let Record::CaseForm(record) = record else {
                unreachable!()
            };
            if !record.status.is_open() {
                continue;
            }
            let Some(Record::AgencyReturn(part)) = store
                .record(RecordKind::AgencyReturn, record.agency_return)
                .unwrap()
            else {
                continue;
            };
            let Some(Record::Case(case)) = store.record(RecordKind::Case, record.case).unwrap()
            else {
                continue;
            };
            if case.reference.starts_with("NEG20")
                && ["POL", "HP", "EDU", "CSC"].contains(&part.agency.as_str())
            {
                assert_eq!(
                    CaseForm::id(AgencyReturn::id(case.audit, &part.agency), record.case),
                    form
                );
                open = Some((form, case.reference, part.agency));
            }
        }
        drop(store);
        let (form, case, agency) = open.expect("the re-audit has an open form");
        Self {
            file,
            form,
            case,
            agency,
            _folder: folder,
        }
    }

    /// Answers from `from` on until killed after `moment`; returns the last number acknowledged for
    /// each question.
    fn answer_and_kill(&self, from: i64, moment: Duration) -> [Option<i64>; 2] {
        let mut child = goldthread()
            .args([
                "answer",
                "--audit",
                "Neglect re-audit 2020",
                "--agency",
                &self.agency,
                "--case",
                &self.case,
            ])
            .arg(&self.file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (begun, has_begun) = channel();
        let reading = std::thread::spawn(move || {
            let mut last = [None; 2];
            for line in stdout.lines().map_while(Result::ok) {
                let mut parts = line.strip_prefix("saved ").unwrap().split(' ');
                let question = parts.next().unwrap();
                let at = QUESTIONS
                    .iter()
                    .position(|known| *known == question)
                    .unwrap();
                last[at] = Some(parts.next().unwrap().parse().unwrap());
                let _ = begun.send(());
            }
            last
        });
        let writing = std::thread::spawn(move || {
            for number in from.. {
                let question = QUESTIONS[(number % 2) as usize];
                if writeln!(stdin, "{question} {number}").is_err() {
                    break;
                }
            }
        });
        has_begun
            .recv_timeout(Duration::from_secs(20))
            .expect("the first answer is acknowledged");
        std::thread::sleep(moment);
        child.kill().unwrap();
        child.wait().unwrap();
        writing.join().unwrap();
        reading.join().unwrap()
    }

    fn kept(&self, store: &Store, question: &str) -> Option<i64> {
        match store
            .record(RecordKind::Answer, Answer::id(self.form, question))
            .unwrap()
        {
            Some(Record::Answer(answer)) => match answer.value() {
                Some(Value::Number(number)) => Some(*number),
                other => panic!("{other:?}"),
            },
            _ => None,
        }
    }
}

#[test]
fn two_hundred_kills_lose_no_acknowledged_answer() {
    let desk = Desk::new();
    let mut from = 0;
    let mut acknowledged = 0;
    for kill in 0..KILLS {
        // Spread over the time of a few writes, in steps that do not fall in with them.
        let moment = Duration::from_micros(kill * 7919 % 9000);
        let last = desk.answer_and_kill(from, moment);
        let store = Store::open(Path::new(&desk.file), None, "test").unwrap();
        for (question, number) in QUESTIONS.iter().zip(last) {
            let kept = desk.kept(&store, question);
            if let Some(number) = number {
                assert!(
                    kept >= Some(number),
                    "kill {kill}: {question} was acknowledged at {number}, the file has {kept:?}"
                );
                assert!(
                    kept <= Some(number + 2),
                    "kill {kill}: at most the answer under way is beyond it"
                );
                acknowledged += 1;
            }
            from = from.max(kept.unwrap_or(0) + 1);
        }
        if kill % 20 == 0 || kill == KILLS - 1 {
            assert_eq!(store.check().unwrap(), [], "kill {kill}");
        }
    }
    assert!(acknowledged >= KILLS, "{acknowledged}");
    let store = Store::open(&desk.file, None, "test").unwrap();
    let history: usize = QUESTIONS
        .iter()
        .map(|q| store.history(Answer::id(desk.form, q)).unwrap().len())
        .sum();
    assert!(
        history as i64 >= from / 2,
        "every step is in the history: {history} of {from}"
    );
}
