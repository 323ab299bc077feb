//! What a step costs this process: time on the processor and memory. Read from /proc, so that a busy
//! machine makes no test fail; elsewhere than on Linux nothing is measured.

use std::fs;

/// A moment from which cost is counted.
pub struct Meter {
    ran: Option<u64>,
    held: Option<u64>,
}

/// What was used since.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// Time on the processor, in milliseconds.
    pub ms: u64,
    /// The most memory that the process held at once beyond what it held before, in kilobytes.
    pub kb: u64,
}

impl Meter {
    pub fn start() -> Self {
        // "5" puts the high-water mark back to what is held now.
        let _ = fs::write("/proc/self/clear_refs", "5");
        Self {
            ran: ran(),
            held: held("VmRSS:"),
        }
    }

    pub fn stop(self) -> Cost {
        let since = |before: Option<u64>, now: Option<u64>| {
            before
                .zip(now)
                .map_or(0, |(before, now)| now.saturating_sub(before))
        };
        Cost {
            ms: since(self.ran, ran()),
            kb: since(self.held, held("VmHWM:")),
        }
    }
}

/// How long this process has been on the processor, in milliseconds: in its own code and the system's.
fn ran() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // After the name, which may hold anything, "user" and "system" are the 12th and 13th field; their
    // unit is a hundredth of a second.
    let (_, fields) = text.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<u64>().ok();
    Some((next()? + next()?) * 10)
}

/// A line of the process's status, in kilobytes.
fn held(name: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
