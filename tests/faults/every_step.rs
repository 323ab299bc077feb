//! Every operation, killed at every call that changes a file, before it or half way through what it
//! writes; and run on a disk that is full from that call on, until there was room enough for it to succeed.

use std::fs;
use std::time::Instant;

use crate::disk::{self, Fault};
use crate::operation::{Operation, Prepared, sentence, with_every_operation};

/// How many steps of each walk are tried unless all are asked for; fewer where each takes its time
/// to derive keys from passphrases.
const SAMPLE: usize = 6;
const SAMPLE_WITH_PASSPHRASES: usize = 2;

/// How many steps an undisturbed run takes.
fn steps_of(prepared: &Prepared) -> usize {
    let run = prepared.run();
    let log = run.desk.folder.path().with_extension("log");
    let child = run.start(|command| {
        disk::watch(command, run.desk.folder.path());
        command.env("FAULT_LOG", &log);
    });
    assert!(run.end(child).status.success());
    let records = disk::read_log(&log);
    let _ = fs::remove_file(&log);
    records.iter().filter(|record| record.kind != 'P').count()
}

/// The steps to try: all, or some that lie denser at the end, where files come into place.
fn chosen(operation: Operation, steps: usize) -> Vec<usize> {
    if all() {
        return (1..=steps + 1).collect();
    }
    let slow = operation.is_protected() || operation == Operation::SetPassphrase;
    let sample = if slow {
        SAMPLE_WITH_PASSPHRASES
    } else {
        SAMPLE
    };
    let at = |part: usize| {
        let left = (sample - part) as f64 / sample as f64;
        (steps - ((steps as f64) * left * left) as usize).max(1)
    };
    let mut chosen: Vec<usize> = (0..sample).map(at).chain([steps + 1]).collect();
    chosen.dedup();
    chosen
}

fn all() -> bool {
    std::env::var("GOLDTHREAD_STEPS").is_ok_and(|which| which == "all")
}

fn walk(operation: Operation, fault: Fault) {
    let prepared = Prepared::new(operation);
    let steps = steps_of(&prepared);
    let (mut runs, mut refused, begun) = (0, 0, Instant::now());
    for step in chosen(operation, steps) {
        let run = prepared.run();
        let folder = run.desk.folder.path().to_owned();
        let child = run.start(|command| disk::disturb(command, &folder, fault, step));
        let ended = run.end(child);
        let what = format!("{fault:?} at step {step} of {steps}");
        if step > steps {
            assert!(ended.status.success(), "{operation:?}, {what}: {ended:?}");
        }
        if fault == Fault::Full && !ended.status.success() {
            let said = sentence(&ended, &format!("{operation:?}, {what}"));
            assert!(said.contains("is full"), "{operation:?}, {what}: {said}");
            refused += 1;
        }
        run.verify(&ended, &what);
        runs += 1;
    }
    let took = begun.elapsed().as_secs_f32();
    println!("{operation:?} {fault:?}: {steps} steps, {runs} runs, {refused} refused, {took:.1} s");
    if fault == Fault::Full {
        assert!(refused > 0, "{operation:?} never saw the disk full");
    }
}

macro_rules! walks {
    ($($name:ident: $operation:ident,)*) => {$(
        mod $name {
            use super::{walk, Fault, Operation};

            #[test]
            fn killed() {
                walk(Operation::$operation, Fault::Kill);
            }
            #[test]
            fn full() {
                walk(Operation::$operation, Fault::Full);
            }
        }
    )*};
}
with_every_operation!(walks);
