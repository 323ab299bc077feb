//! The window as a person meets it: words to look for, keys to press. No test reaches behind it
//! except to read the file afterwards.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};

use chrono::{DateTime, Utc};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use goldthread::domain::catalogue::Catalogue;
use goldthread::session::settings::SettingsFile;
use goldthread::session::{Opening, Session, Wake};
use goldthread::store::Store;
use goldthread::ui::dialogs::NoPicker;
use goldthread::ui::{App, Setup};

/// Noon on a working Monday.
pub fn noon() -> DateTime<Utc> {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

fn is_control(role: Role) -> bool {
    !matches!(role, Role::Label | Role::Heading | Role::TextRun)
}

/// A file on its way from the desktop onto the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

type MakeWake = Box<dyn Fn(&egui::Context) -> Wake>;

/// Holds a file's thread back: once it is closed the thread stops where it next says that something
/// waits, until the gate is opened or dropped.
#[derive(Default)]
pub struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    pub fn close(&self) {
        *self.0.0.lock().unwrap() = true;
    }

    pub fn open(&self) {
        *self.0.0.lock().unwrap() = false;
        self.0.1.notify_all();
    }

    fn watched_by(&self, ctx: &egui::Context) -> Wake {
        let (ctx, inner) = (ctx.clone(), Arc::clone(&self.0));
        Arc::new(move || {
            ctx.request_repaint();
            let closed = inner.0.lock().unwrap();
            drop(inner.1.wait_while(closed, |closed| *closed).unwrap());
        })
    }
}

impl Drop for Gate {
    /// A window that is closed waits for the file's thread.
    fn drop(&mut self) {
        self.open();
    }
}

/// A window on a virtual desk: no display, no thread, a fixed clock.
pub struct Window {
    pub harness: Harness<'static, App>,
    pub folder: tempfile::TempDir,
}

impl Window {
    /// Starts the program, with a file of this name in its folder if one is given.
    pub fn start(file: Option<&str>) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), file)
    }

    pub fn start_in(folder: tempfile::TempDir, file: Option<&str>) -> Self {
        Self::start_with(folder, file, SettingsFile::default())
    }

    /// Starts the program with settings that are kept.
    pub fn start_with(
        folder: tempfile::TempDir,
        file: Option<&str>,
        settings: SettingsFile,
    ) -> Self {
        Self::start_woken(folder, file, settings, None)
    }

    /// Starts the program on a file that a thread of its own works on, held back by a gate.
    pub fn behind_a_gate(folder: tempfile::TempDir, file: &str) -> (Self, Gate) {
        let gate = Gate::default();
        let watched = Gate(Arc::clone(&gate.0));
        let wake: MakeWake = Box::new(move |ctx| watched.watched_by(ctx));
        let window = Self::start_woken(folder, Some(file), SettingsFile::default(), Some(wake));
        (window, gate)
    }

    fn start_woken(
        folder: tempfile::TempDir,
        file: Option<&str>,
        settings: SettingsFile,
        wake: Option<MakeWake>,
    ) -> Self {
        let setup = Setup {
            catalogue: Arc::new(Catalogue::built_in().unwrap()),
            settings,
            file: file.map(|name| Opening::Open(folder.path().join(name), None)),
            begun: None,
            picker: Box::new(NoPicker),
            clock: Arc::new(noon),
            doorbell: None,
            wake,
        };
        let mut harness = Harness::builder()
            .with_size([1280.0, 800.0])
            .with_max_steps(40)
            .with_theme(egui::Theme::Light)
            .build_eframe(|context| App::new(&context.egui_ctx, setup));
        harness.run_ok();
        Self { harness, folder }
    }

    /// A window on the worked example.
    pub fn on_example() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("example.goldthread");
        goldthread::session::jobs::demo(
            &path,
            None,
            &goldthread::domain::revision::Author {
                role: "Business office".into(),
                agency: String::new(),
                device: "test".into(),
            },
            noon(),
            &Arc::new(Catalogue::built_in().unwrap()),
        )
        .unwrap();
        Self::start_in(folder, Some("example.goldthread"))
    }

    /// A window on the worked example in a folder that holds more.
    pub fn on_example_in(folder: tempfile::TempDir) -> Self {
        Self::start_in(folder, Some("example.goldthread"))
    }

    /// Drops files on the window.
    pub fn drop_files(&mut self, names: &[&str]) {
        for name in names {
            let file = Arc::new(Dropped(self.path(name)));
            self.harness.input_mut().dropped_files.push(file);
        }
        self.harness.step();
        self.harness.input_mut().dropped_files.clear();
        self.settle();
    }

    /// What was copied in the last frame that copied anything.
    #[track_caller]
    pub fn click_to_copy(&mut self, name: &str) -> String {
        {
            let mut found = self
                .harness
                .query_all_by_label(name)
                .filter(|node| is_control(node.accesskit_node().role()));
            found.next().expect("something to click").click_accesskit();
        }
        for _ in 0..3 {
            self.harness.step();
            let commands = &self.harness.output().platform_output.commands;
            for command in commands {
                if let egui::OutputCommand::CopyText(text) = command {
                    return text.clone();
                }
            }
        }
        panic!("“{name}” copies nothing");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn settle(&mut self) {
        self.harness.run_ok();
    }

    /// Lets the clock of the window run, as while a person thinks.
    pub fn wait(&mut self, seconds: f32) {
        self.harness.run_steps((seconds * 4.0) as usize);
        self.settle();
    }

    /// Looks until this is so, while the file's thread works.
    #[track_caller]
    pub fn until(&mut self, is_so: impl Fn(&Self) -> bool) {
        for _ in 0..6000 {
            self.settle();
            if is_so(self) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("it never came: {}", self.said());
    }

    pub fn session(&self) -> &Session {
        self.harness.state().session().expect("a file is open")
    }

    pub fn sees(&self, words: &str) -> bool {
        self.harness
            .query_all_by_label_contains(words)
            .next()
            .is_some()
    }

    /// Everything the screen says, for messages.
    fn said(&self) -> String {
        let nodes = self.harness.query_all(By::new());
        let words = nodes.filter_map(|node| node.accesskit_node().label().or(node.value()));
        words.collect::<Vec<_>>().join(" | ")
    }

    #[track_caller]
    pub fn must_see(&self, words: &str) {
        assert!(
            self.sees(words),
            "“{words}” is not on the screen: {}",
            self.said()
        );
    }

    /// What an assistive program reads out, where it differs from what is drawn.
    #[track_caller]
    pub fn must_hear(&self, words: &str) {
        let mut nodes = self.harness.query_all(By::new());
        let heard = nodes.any(|node| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.contains(words))
        });
        assert!(heard, "“{words}” is not read out: {}", self.said());
    }

    /// Scrolls down the page until these words are on the screen.
    #[track_caller]
    pub fn scroll_to(&mut self, words: &str) {
        for _ in 0..120 {
            let found = self
                .harness
                .query_all_by_label_contains(words)
                .next()
                .map(|node| node.scroll_to_me());
            if found.is_some() {
                return self.settle();
            }
            self.scroll_down();
        }
        panic!("“{words}” is nowhere on this page: {}", self.said());
    }

    /// Clicks the first control with this name, scrolling down to it if need be.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        for _ in 0..120 {
            let clicked = {
                let mut found = self
                    .harness
                    .query_all_by_label(name)
                    .filter(|node| is_control(node.accesskit_node().role()));
                found.next().map(|node| node.click_accesskit()).is_some()
            };
            if clicked {
                return self.settle();
            }
            self.scroll_down();
        }
        panic!("there is no “{name}” to click: {}", self.said());
    }

    /// Clicks the first control with this name and draws no more than the frame that takes it in.
    #[track_caller]
    pub fn click_for_a_frame(&mut self, name: &str) {
        {
            let nodes = self.harness.query_all_by_label(name);
            let mut found = nodes.filter(|node| is_control(node.accesskit_node().role()));
            found.next().expect("something to click").click_accesskit();
        }
        self.harness.step();
    }

    pub fn scroll_down(&mut self) {
        let nodes = self.harness.query_all_by_role(Role::Heading);
        if let Some(heading) = nodes.last() {
            heading.scroll_down();
        }
        self.settle();
    }

    /// Types into the field with this name, replacing what is there.
    #[track_caller]
    pub fn fill(&mut self, name: &str, text: &str) {
        let focused = {
            let mut fields = self.harness.query_all_by_label(name).filter(|node| {
                matches!(
                    node.accesskit_node().role(),
                    Role::TextInput | Role::MultilineTextInput | Role::PasswordInput
                )
            });
            fields.next().map(|field| field.focus()).is_some()
        };
        assert!(focused, "there is no field “{name}”: {}", self.said());
        self.settle();
        self.press_with(Modifiers::COMMAND, Key::A);
        self.type_text(text);
        self.settle();
    }

    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// A key that writes a character, as a keyboard sends it.
    pub fn type_key(&mut self, character: &str) {
        if let Some(key) = Key::from_name(character) {
            self.harness.key_down(key);
            self.harness.event(Event::Text(character.to_lowercase()));
            self.harness.key_up(key);
        } else {
            self.harness.event(Event::Text(character.to_owned()));
        }
        self.settle();
    }

    pub fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    pub fn focused(&self) -> String {
        let nodes = self
            .harness
            .query_all(By::new().predicate(|node| node.is_focused()));
        let mut names = nodes.filter_map(|node| node.accesskit_node().label());
        names.next().unwrap_or_default()
    }

    /// Tab until the control with this name has the keyboard.
    #[track_caller]
    pub fn tab_to(&mut self, name: &str) {
        for _ in 0..120 {
            if self.focused() == name {
                return;
            }
            self.press(Key::Tab);
        }
        panic!("Tab never reaches “{name}”: {}", self.said());
    }

    /// Every control that can be used has a name.
    pub fn unnamed(&self) -> Vec<String> {
        self.harness.unnamed_widgets()
    }

    pub fn buttons(&self) -> Vec<String> {
        let nodes = self.harness.query_all_by_role(Role::Button);
        nodes
            .filter_map(|node| node.accesskit_node().label())
            .collect()
    }

    /// The whole name of the first control whose name begins so.
    #[track_caller]
    pub fn labelled(&self, begins: &str) -> String {
        let nodes = self.harness.query_all_by_label_contains(begins);
        let mut names = nodes
            .filter(|node| is_control(node.accesskit_node().role()))
            .filter_map(|node| node.accesskit_node().label());
        let found = names.find(|name| name.starts_with(begins));
        found.unwrap_or_else(|| panic!("nothing begins with “{begins}”: {}", self.said()))
    }

    /// The whole name of the first control whose name holds these words.
    #[track_caller]
    pub fn control_with(&self, words: &str) -> String {
        let nodes = self.harness.query_all_by_label_contains(words);
        let mut controls = nodes.filter(|node| is_control(node.accesskit_node().role()));
        let name = controls.find_map(|node| node.accesskit_node().label());
        name.unwrap_or_else(|| panic!("no control with “{words}”: {}", self.said()))
    }

    /// What stands in the field with this name.
    #[track_caller]
    pub fn value_of(&self, name: &str) -> String {
        let mut fields = self.harness.query_all_by_label(name).filter(|node| {
            matches!(
                node.accesskit_node().role(),
                Role::TextInput | Role::MultilineTextInput
            )
        });
        let field = fields.next().expect("a field with this name");
        field.value().unwrap_or_default()
    }

    /// Closes the window; its folder stays.
    pub fn close(self) -> tempfile::TempDir {
        drop(self.harness);
        self.folder
    }

    /// Closes the window and opens the file as it lies on the disk.
    pub fn close_and_read(self, name: &str) -> (Store, tempfile::TempDir) {
        let path = self.path(name);
        let folder = self.close();
        (Store::open(Path::new(&path), None, "test").unwrap(), folder)
    }
}
