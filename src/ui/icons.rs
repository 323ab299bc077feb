//! Icons by what they say here, as characters of the icon font in `assets/fonts`.

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $($(#[$doc])* pub const $name: &str = $code;)*
        #[cfg(test)]
        const ALL: &[&str] = &[$($name,)*];
    };
}

icons! {
    /// Register home.
    HOME = "\u{e0f5}";
    /// A new file.
    NEW_FILE = "\u{e0c9}";
    /// Open a file.
    OPEN = "\u{e247}";
    /// Done.
    DONE = "\u{e226}";
    /// A plain tick.
    TICK = "\u{e06c}";
    /// Not started.
    NOT_STARTED = "\u{e4b0}";
    /// Begun.
    BEGUN = "\u{e345}";
    /// Worth attention.
    ATTENTION = "\u{e193}";
    /// Serious.
    SERIOUS = "\u{e127}";
    /// Back.
    BACK = "\u{e048}";
    /// Next.
    NEXT = "\u{e049}";
    /// More, better.
    UP = "\u{e04a}";
    /// Less, worse.
    DOWN = "\u{e042}";
    /// The same.
    EQUAL = "\u{e1bd}";
    /// Undo.
    UNDO = "\u{e2a1}";
    /// Redo.
    REDO = "\u{e2a0}";
    /// Settings.
    SETTINGS = "\u{e154}";
    /// Export.
    EXPORT = "\u{e0b2}";
    /// History.
    HISTORY = "\u{e1f5}";
    /// Practice concern.
    CONCERN = "\u{e0d1}";
    /// Good practice.
    GOOD_PRACTICE = "\u{e18a}";
    /// Outstanding.
    STAR = "\u{e176}";
    /// Audit.
    AUDIT = "\u{e086}";
    /// Themes.
    THEMES = "\u{e0e9}";
    /// Summary.
    SUMMARY = "\u{e2a2}";
    /// Tools.
    TOOLS = "\u{e05f}";
    /// Agencies and their returns.
    AGENCIES = "\u{e1a4}";
    /// Closed for changes.
    LOCKED = "\u{e10b}";
    /// No.
    NO = "\u{e084}";
    /// Remove.
    REMOVE = "\u{e1b2}";
    /// Add.
    ADD = "\u{e13d}";
    /// Change.
    CHANGE = "\u{e1f9}";
    /// Explanation.
    INFO = "\u{e0f9}";
    /// A file or folder.
    FOLDER = "\u{e0d7}";
    /// Safety stop.
    SAFETY = "\u{e1fe}";
    /// Not applicable.
    NOT_APPLICABLE = "\u{e07e}";
    /// Not evidenced.
    NOT_EVIDENCED = "\u{e402}";
    /// Keyboard.
    KEYBOARD = "\u{e284}";
    /// Saving.
    CLOCK = "\u{e087}";
    /// Look for something.
    SEARCH = "\u{e151}";
    /// Help.
    HELP = "\u{e082}";
    /// A choice that is neither good nor bad.
    CHOICE = "\u{e076}";
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_two_icons_are_the_same_character() {
        let mut all = super::ALL.to_vec();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), super::ALL.len());
    }
}
