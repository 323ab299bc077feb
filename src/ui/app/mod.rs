//! The app: owns the session and the screens, drains what the worker reports, carries out what the
//! screens ask for. It decides nothing about audits.

mod acts;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::Utc;
use egui::{Context, Theme, ThemePreference, Ui, ViewportCommand};

use crate::domain::catalogue::Catalogue;
use crate::domain::revision::Author;
use crate::session::command::{Command, NewRegister};
use crate::session::settings::{Look, Settings, SettingsFile};
use crate::session::{self, Clock, Notice, Opening, Session, Start, Wake};
use crate::store::{Passphrase, StoreError};
use crate::ui::act::{Act, PickFor};
use crate::ui::dialogs::{Asked, FilePicker, NativePicker, PassphraseAsk};
use crate::ui::route::{Route, Trail};
use crate::ui::screens::{
    self, ExportScreen, FormScreen, HistoryScreen, NewAuditScreen, NewRegisterScreen, PanelScreen,
    ReturnsScreen, StartScreen, SummaryScreen, ThemesScreen, ToolsScreen,
};
use crate::ui::shortcuts::{self};
use crate::ui::widgets::Toasts;
use crate::ui::{fonts, frame, theme};

/// What the app is made of; tests put in their own.
pub struct Setup {
    /// The built-in data.
    pub catalogue: Arc<Catalogue>,
    /// Where settings are kept.
    pub settings: SettingsFile,
    /// A file to open at once.
    pub file: Option<Opening>,
    /// Asks for files.
    pub picker: Box<dyn FilePicker>,
    /// Tells the time.
    pub clock: Clock,
    /// Whether files are written by a thread of their own.
    pub in_background: bool,
}

impl Setup {
    /// As the program runs.
    pub fn usual(catalogue: Arc<Catalogue>, settings: SettingsFile, file: Option<Opening>) -> Self {
        Self {
            catalogue,
            settings,
            file,
            picker: Box::<NativePicker>::default(),
            clock: Arc::new(Utc::now),
            in_background: true,
        }
    }
}

/// The screens with what is typed on them.
#[derive(Default)]
struct Screens {
    start: StartScreen,
    new_register: NewRegisterScreen,
    new_audit: NewAuditScreen,
    form: FormScreen,
    panel: PanelScreen,
    history: HistoryScreen,
    tools: ToolsScreen,
    summary: SummaryScreen,
    themes: ThemesScreen,
    export: ExportScreen,
    returns: ReturnsScreen,
}

/// The window's app.
pub struct App {
    setup: Setup,
    settings: Settings,
    session: Option<Session>,
    /// Set up as soon as the new file is open.
    to_set_up: Option<NewRegister>,
    /// How the file was opened last, to ask for its passphrase.
    opening: Option<Opening>,
    passphrase: Option<(Opening, PassphraseAsk)>,
    trail: Trail,
    screens: Screens,
    toasts: Toasts,
    closing: bool,
}

impl App {
    /// Makes the app and begins to open the file it was started with.
    pub fn new(ctx: &Context, setup: Setup) -> Self {
        fonts::install(ctx);
        theme::install(ctx);
        // Zoom is ours, so that it is kept and shown in the settings.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let settings = setup.settings.read();
        let mut app = Self {
            settings,
            session: None,
            to_set_up: None,
            opening: None,
            passphrase: None,
            trail: Trail::default(),
            screens: Screens::default(),
            toasts: Toasts::default(),
            closing: false,
            setup,
        };
        app.show_settings(ctx);
        if let Some(file) = app.setup.file.take() {
            app.open(ctx, file);
        }
        app
    }

    /// The open document, for tests.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// Where one is.
    pub fn route(&self) -> &Route {
        self.trail.here()
    }

    fn show_settings(&self, ctx: &Context) {
        let preference = match self.settings.look {
            Look::System => ThemePreference::System,
            Look::Light => ThemePreference::Light,
            Look::Dark => ThemePreference::Dark,
        };
        ctx.options_mut(|options| {
            options.theme_preference = preference;
            options.fallback_theme = Theme::Light;
        });
        ctx.set_zoom_factor(self.settings.zoom as f32 / 100.0);
    }

    fn keep_settings(&mut self, ctx: &Context, settings: Settings) {
        self.settings = settings;
        self.setup.settings.write(&self.settings);
        self.show_settings(ctx);
    }

    fn open(&mut self, ctx: &Context, opening: Opening) {
        self.screens.start.trouble = None;
        self.screens.start.locked = None;
        self.opening = Some(opening.clone());
        let wake: Wake = {
            let ctx = ctx.clone();
            Arc::new(move || ctx.request_repaint())
        };
        let start = Start {
            opening,
            catalogue: Arc::clone(&self.setup.catalogue),
            author: Author {
                role: self.settings.role.clone(),
                agency: String::new(),
                device: self.settings.device.clone(),
            },
            clock: Arc::clone(&self.setup.clock),
            wake: self.setup.in_background.then_some(wake),
        };
        match Session::start(start) {
            Ok(session) => self.session = Some(session),
            Err(error) => {
                self.screens.start.trouble =
                    Some(format!("The file could not be opened: {error}."));
            }
        }
    }

    fn close_file(&mut self) {
        self.keep_typed();
        // The worker finishes every write before it lets the file go.
        self.session = None;
        self.screens = Screens::default();
        self.trail.begin(Route::Start);
    }

    /// Takes in what the worker and the file dialog report.
    fn take_in(&mut self, ctx: &Context) {
        let notices = self
            .session
            .as_mut()
            .map(Session::notices)
            .unwrap_or_default();
        for notice in notices {
            self.notice(notice);
        }
        if let Some((what, path)) = self.setup.picker.picked() {
            self.picked(ctx, &what, path);
        }
        let dropped = ctx.input(|input| {
            input
                .raw
                .dropped_files
                .first()
                .map(|file| file.path().to_owned())
        });
        if let Some(path) = dropped {
            self.carry_out(ctx, None, Act::Open(Opening::Open(path, None)));
        }
    }

    fn notice(&mut self, notice: Notice) {
        match notice {
            Notice::Opened(file) => {
                let path = std::path::absolute(&file.path).unwrap_or(file.path);
                self.settings.remember(&path);
                self.setup.settings.write(&self.settings);
                self.trail.begin(Route::Audits);
                if let Some(register) = self.to_set_up.take() {
                    self.apply(&Command::SetUpRegister(register));
                }
            }
            Notice::NotOpened(error) => self.not_opened(&error),
            Notice::FormOpened | Notice::CaseOpened | Notice::FactsRead => (),
            Notice::History(record, entries) => {
                if let Some(session) = &self.session {
                    self.screens.history.take(record, &entries, session);
                }
            }
            Notice::Progress(progress) => self.screens.export.progress = Some(progress),
            Notice::Exported(path, words) => {
                self.screens.export.progress = None;
                self.screens.export.done = Some((path, words));
            }
            Notice::Issued(issued) => self.screens.returns.issued(&issued),
            Notice::MergePreviewed(preview) => self.screens.returns.previewed(preview),
            Notice::Merged(merged) => self.screens.returns.merged(&merged),
            Notice::BackedUp(path) => {
                let words = format!("Saved a copy to send: {}", path.display());
                self.toasts.say(words);
            }
            Notice::Failed(why) => {
                self.screens.export.progress = None;
                self.toasts.trouble(why);
            }
        }
    }

    fn not_opened(&mut self, error: &session::Error) {
        self.session = None;
        self.to_set_up = None;
        self.trail.begin(Route::Start);
        match error {
            session::Error::Store(StoreError::NeedsPassphrase(_)) => {
                return self.ask_for_passphrase(PassphraseAsk::default());
            }
            session::Error::Store(StoreError::WrongPassphrase(_)) => {
                return self.ask_for_passphrase(PassphraseAsk::after_a_wrong_one());
            }
            session::Error::Store(
                StoreError::Locked { path, .. } | StoreError::ReadOnlyFile(path),
            ) => self.screens.start.locked = Some(path.clone()),
            _ => (),
        }
        self.screens.start.trouble = Some(error.to_string());
    }

    fn picked(&mut self, ctx: &Context, what: &PickFor, path: PathBuf) {
        match what {
            PickFor::Open => self.open(ctx, Opening::Open(path, None)),
            PickFor::NewRegister => self.screens.new_register.path = path.display().to_string(),
            PickFor::Demo => self.open(ctx, Opening::Demo(path)),
            PickFor::Cases => self.read_cases(&path),
            PickFor::ReturnFile(_) => self.screens.returns.path = path.display().to_string(),
            PickFor::Returned => self.screens.returns.add(&path),
            PickFor::Export(_) => self.screens.export.path = path.display().to_string(),
        }
    }

    fn read_cases(&mut self, path: &Path) {
        match session::cases::read_list_file(path, self.screens.new_audit.cases()) {
            Ok((cases, problems)) => self.screens.new_audit.take_cases(cases, problems),
            Err(why) => self.toasts.trouble(why.to_string()),
        }
    }

    fn screen(&mut self, ui: &mut Ui) -> Vec<Act> {
        let route = self.trail.here().clone();
        let Some(session) = &self.session else {
            return match route {
                Route::NewRegister => self.screens.new_register.show(ui, &self.setup.catalogue),
                Route::Settings => screens::settings(ui, &self.settings),
                _ => self.screens.start.show(ui, &self.settings),
            };
        };
        let mut acts = frame::bar(ui, session, &route);
        acts.extend(frame::status_line(ui, session));
        acts.extend(match &route {
            Route::Start | Route::NewRegister => self.screens.start.show(ui, &self.settings),
            Route::Audits => screens::audits(ui, session),
            Route::NewAudit => self.screens.new_audit.show(ui, session),
            Route::Audit(audit) => screens::audit(ui, session, *audit),
            Route::Form(_) => self.screens.form.show(ui, session),
            Route::Review(form) => {
                let (mut acts, place) = screens::review(ui, session);
                if let Some((page, question)) = place {
                    self.screens.form.go_to(page, question);
                    acts.push(Act::Go(Route::Form(*form)));
                }
                acts
            }
            Route::Panel(case) => self.screens.panel.show(ui, session, *case),
            Route::Summary(audit) => self.screens.summary.show(ui, session, *audit),
            Route::Returns(audit) => self.screens.returns.show(ui, session, *audit),
            Route::Themes => self.screens.themes.show(ui, session),
            Route::Export(audit) => self
                .screens
                .export
                .show(ui, session, &self.settings, *audit),
            Route::Tools => {
                self.screens.tools.show(ui, session);
                Vec::new()
            }
            Route::History(record) => self.screens.history.show(ui, *record),
            Route::Settings => screens::settings(ui, &self.settings),
        });
        acts
    }

    fn ask_for_passphrase(&mut self, ask: PassphraseAsk) {
        self.passphrase = self.opening.take().map(|opening| (opening, ask));
    }

    fn ask_passphrase(&mut self, ui: &mut Ui) {
        let Some((opening, ask)) = &mut self.passphrase else {
            return;
        };
        let name = opening
            .path()
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        match ask.show(ui, &name) {
            Asked::Waiting => (),
            Asked::Cancelled => self.passphrase = None,
            Asked::Answered(text) => {
                let opening = opening.clone().with_passphrase(Passphrase::new(text));
                self.passphrase = None;
                self.open(ui.ctx(), opening);
            }
        }
    }

    /// Closing waits until everything is on disk; it is asked for once more when it cannot be.
    fn close_safely(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.closing {
            return;
        }
        self.keep_typed();
        let failed = self.session.as_ref().is_some_and(|session| {
            session.has_unsaved() && matches!(session.save_state(), session::SaveState::Failed(_))
        });
        if failed {
            self.closing = true;
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.toasts.trouble("Your last changes are not on disk. Try again below, or close once more to lose them.");
        }
        // Dropping the session finishes all writes that can be finished.
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.take_in(ctx);
        self.close_safely(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let mut acts: VecDeque<Act> = VecDeque::new();
        if let Some(shortcut) = shortcuts::pressed(ui.ctx()) {
            self.shortcut(ui.ctx(), shortcut);
        }
        let palette = theme::Palette::of(ui.ctx());
        egui::CentralPanel::default()
            .frame(egui::Frame::new().fill(palette.page))
            .show(ui, |ui| acts.extend(self.screen(ui)));
        self.ask_passphrase(ui);
        self.toasts.show(ui);
        let ctx = ui.ctx().clone();
        let any = !acts.is_empty();
        while let Some(act) = acts.pop_front() {
            self.carry_out(&ctx, Some(frame), act);
        }
        if any {
            // Work done in this thread has answered already: show it in the next frame.
            ctx.request_repaint();
        }
    }
}
