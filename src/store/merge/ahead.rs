//! Reading many files at once, on as many threads as the machine has cores.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;

/// `read(0)` to `read(count - 1)`, in this order. `go_on` is told how many are done and says whether
/// to go on; when it does not, what follows the first that is missing is left out.
pub(super) fn of_all<T: Send>(
    count: usize,
    read: &(dyn Fn(usize) -> T + Sync),
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Vec<T> {
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (outbox, inbox) = channel();
    let work = |outbox: std::sync::mpsc::Sender<(usize, T)>| {
        while !stop.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            // Nobody listens any more once reading was stopped.
            if at >= count || outbox.send((at, read(at))).is_err() {
                break;
            }
        }
    };
    let mut found: Vec<Option<T>> = (0..count).map(|_| None).collect();
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..threads.min(count) {
            let (outbox, work) = (outbox.clone(), &work);
            let named = thread::Builder::new().name("goldthread returns".into());
            if named.spawn_scoped(scope, move || work(outbox)).is_err() {
                break;
            }
        }
        drop(outbox);
        for (done, (at, read)) in inbox.iter().enumerate() {
            found[at] = Some(read);
            if !go_on(done + 1) {
                stop.store(true, Ordering::Relaxed);
            }
        }
    });
    // Where the system gave no thread, this one does what is left.
    let stopped = stop.into_inner();
    let all = found.into_iter().enumerate();
    all.map_while(|(at, found)| match found {
        None if !stopped => Some(read(at)),
        found => found,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_read_once_and_in_order() {
        for count in [0, 1, 2, 50] {
            let mut told = Vec::new();
            let found = of_all(count, &|at| at * 2, &mut |done| {
                told.push(done);
                true
            });
            assert_eq!(found, (0..count).map(|at| at * 2).collect::<Vec<_>>());
            assert_eq!(told, (1..=count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn when_it_is_stopped_the_rest_is_left_out() {
        let reads = AtomicUsize::new(0);
        let read = |at| {
            reads.fetch_add(1, Ordering::Relaxed);
            // As a file takes its time: all of them would take seconds.
            thread::sleep(std::time::Duration::from_millis(1));
            at
        };
        let found = of_all(10_000, &read, &mut |done| done < 3);
        assert!(found.len() < 10_000, "{}", found.len());
        assert!(reads.into_inner() < 10_000);
        assert!(found.iter().enumerate().all(|(at, found)| at == *found));
    }
}
