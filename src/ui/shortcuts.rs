//! Keys that work on every screen.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Lock the file.
    Lock,
    /// "Save": there is nothing to do, and that is said.
    Save,
    /// What the help says of this screen.
    Help,
    /// The document for what this screen shows.
    Print,
    /// Look for words.
    Search,
    /// Back one screen.
    Back,
    /// Larger.
    Larger,
    /// Smaller.
    Smaller,
    /// 100 %.
    Normal,
}

const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

/// Every shortcut; longer ones before those they contain.
pub const ALL: [(KeyboardShortcut, Shortcut); 14] = [
    (
        key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z),
        Shortcut::Redo,
    ),
    (key(Modifiers::COMMAND, Key::Y), Shortcut::Redo),
    (key(Modifiers::COMMAND, Key::Z), Shortcut::Undo),
    (key(Modifiers::COMMAND, Key::S), Shortcut::Save),
    (key(Modifiers::COMMAND, Key::L), Shortcut::Lock),
    (key(Modifiers::COMMAND, Key::F), Shortcut::Search),
    (key(Modifiers::COMMAND, Key::P), Shortcut::Print),
    (key(Modifiers::NONE, Key::F1), Shortcut::Help),
    (key(Modifiers::ALT, Key::ArrowLeft), Shortcut::Back),
    (key(Modifiers::COMMAND, Key::Plus), Shortcut::Larger),
    (key(Modifiers::COMMAND, Key::Equals), Shortcut::Larger),
    (key(Modifiers::COMMAND, Key::Minus), Shortcut::Smaller),
    (key(Modifiers::COMMAND, Key::Num0), Shortcut::Normal),
    (key(Modifiers::NONE, Key::BrowserBack), Shortcut::Back),
];

/// The shortcut pressed in this frame. While a text field has the keyboard, undo and redo are its
/// own.
pub fn pressed(ctx: &Context) -> Option<Shortcut> {
    let typing = ctx.text_edit_focused();
    let usable = |shortcut| !(typing && matches!(shortcut, Shortcut::Undo | Shortcut::Redo));
    let mut all = ALL.iter().filter(|(_, shortcut)| usable(*shortcut));
    all.find(|(keys, _)| ctx.input_mut(|input| input.consume_shortcut(keys)))
        .map(|(_, shortcut)| *shortcut)
}

/// What a shortcut is called, such as "Ctrl+Shift+Z".
#[cfg(test)]
pub fn name(keys: KeyboardShortcut) -> String {
    let modifiers = keys.modifiers;
    let mut name = String::new();
    for (held, word) in [
        (modifiers.command, "Ctrl+"),
        (modifiers.alt, "Alt+"),
        (modifiers.shift, "Shift+"),
    ] {
        name.push_str(if held { word } else { "" });
    }
    name.push_str(match keys.logical_key {
        Key::BrowserBack => "Back",
        key => key.name(),
    });
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_shortcuts_clash() {
        for (at, (keys, _)) in ALL.iter().enumerate() {
            assert!(ALL[..at].iter().all(|(other, _)| other != keys), "{keys:?}");
        }
    }
}
