//! What is said when the program itself fails: where in it, and nothing of what it was working on.
//!
//! What Rust says by itself quotes the value it stumbled over, which can be a note about a child or a
//! passphrase, and it stands in terminals and system logs.

use std::panic::{self, Location};

/// From now on a failure of the program says where it is, and no more.
pub fn say_no_content() {
    say_no_content_to(|words| eprintln!("{words}"));
}

fn say_no_content_to(say: impl Fn(&str) + Send + Sync + 'static) {
    panic::set_hook(Box::new(move |failure| say(&words(failure.location()))));
}

fn words(location: Option<&Location<'_>>) -> String {
    let place = location.map_or_else(String::new, |place| {
        format!(" at {}:{}", place.file(), place.line())
    });
    format!(
        "goldthread: The program has a fault{place}. What was saved is in the file; report the place, it names nobody."
    )
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    #[allow(clippy::panic)]
    fn a_failure_says_where_and_not_what() {
        let said = Arc::new(Mutex::new(String::new()));
        let before = panic::take_hook();
        let heard = Arc::clone(&said);
        say_no_content_to(move |words| heard.lock().unwrap().push_str(words));
        // As slicing a note in the middle of a letter would.
        let note = "kettle ladder moss told Zoë";
        let thread = std::thread::Builder::new().name("fails".into());
        let failed = thread.spawn(move || note[..note.len() - 1].len());
        let failed = failed.unwrap().join();
        panic::set_hook(before);
        assert!(failed.is_err());
        let said = said.lock().unwrap();
        assert!(said.contains("src/session/crash.rs:"), "{said}");
        for word in ["kettle", "Zoë", "byte index"] {
            assert!(!said.contains(word), "{said}");
        }
    }
}
