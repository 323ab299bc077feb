//! Every operation, killed from outside at moments spread over the time it takes.

use std::os::unix::process::ExitStatusExt as _;
use std::time::{Duration, Instant};

use crate::operation::{Operation, Prepared, with_every_operation};

/// How often each operation is killed unless more is asked for, and answering, which is what people
/// do all day.
const KILLS: u32 = 2;
const KILLS_WHILE_ANSWERING: u32 = 20;

/// How many answers there are to give before the kill.
const ANSWERS: i64 = 60;

/// `GOLDTHREAD_KILLS` is of all operations together.
fn kills(operation: Operation) -> u32 {
    let asked = std::env::var("GOLDTHREAD_KILLS").ok();
    let all = Operation::ALL.len() as u32;
    match (asked, operation) {
        (Some(number), _) => number.parse::<u32>().unwrap().div_ceil(all),
        (None, Operation::Answer) => KILLS_WHILE_ANSWERING,
        (None, _) => KILLS,
    }
}

fn kill(operation: Operation) {
    let prepared = Prepared::new(operation);
    let begin = |run: &mut crate::operation::Run<'_>| {
        run.answers = ANSWERS;
        run.start(|_| ())
    };
    let undisturbed = Instant::now();
    let mut run = prepared.run();
    let child = begin(&mut run);
    run.end(child);
    let takes = undisturbed.elapsed();
    let (mut killed, mut acknowledged) = (0, 0);
    for number in 1..=kills(operation) {
        let mut run = prepared.run();
        let mut child = begin(&mut run);
        // The golden section spreads moments evenly, however many there are.
        let part = f64::from(number) * 0.618_033_988_75 % 1.0;
        std::thread::sleep(Duration::from_secs_f64(takes.as_secs_f64() * part * 0.8));
        child.kill().unwrap();
        let ended = run.end(child);
        killed += u32::from(ended.status.signal() == Some(9));
        acknowledged += run.verify(&ended, &format!("kill {number}"));
    }
    println!(
        "{operation:?}: {} runs, {killed} killed, {acknowledged} answers acknowledged, none lost",
        kills(operation)
    );
    assert!(
        killed > 0,
        "{operation:?} had always ended before it was killed"
    );
}

macro_rules! kills {
    ($($name:ident: $operation:ident,)*) => {$(
        #[test]
        fn $name() {
            kill(Operation::$operation);
        }
    )*};
}
with_every_operation!(kills);
