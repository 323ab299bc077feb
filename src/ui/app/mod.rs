//! The app: owns the session and the screens, drains what the worker reports, carries out what the
//! screens ask for. It decides nothing about audits.

mod acts;
mod asking;
mod begun;
mod files;
mod found;
mod guard;
mod locked;
mod notices;
mod one_window;

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::Utc;
use egui::{Context, Theme, ThemePreference, Ui, UiBuilder, UiKind, UiStackInfo, ViewportCommand};

use crate::domain::catalogue::Catalogue;
use crate::session::command::NewRegister;
use crate::session::doorbell::{Answering, Doorbell};
use crate::session::settings::{Look, Settings, SettingsFile, WindowPlace};
use crate::session::{self, Clock, Opening, Session};
use crate::ui::act::Act;
use crate::ui::dialogs::{FilePicker, NativePicker, PassphraseAsk, PictureDialog};
use crate::ui::route::{Route, Trail};
use crate::ui::screens::{
    self, ActionScreen, ActionsScreen, AttendanceScreen, AuditsScreen, ConcernsScreen,
    ConflictsScreen, DecisionsScreen, ExportScreen, FindingScreen, FindingsScreen, FormScreen,
    HelpScreen, HistoryScreen, MakeReturnsScreen, MergeScreen, MyCasesScreen, NewAuditScreen,
    NewRegisterScreen, PanelScreen, RedactScreen, RetentionScreen, SafekeepingScreen, ScopeScreen,
    SearchScreen, StartScreen, SummaryScreen, ThemeScreen, ThemesScreen, ToolsScreen,
};
use crate::ui::shortcuts::{self};
use crate::ui::widgets::{self, Toasts};
use crate::ui::{fonts, frame, theme, window_place};

pub use begun::{Begun, MakeWake};

/// What the app is made of; tests put in their own.
pub struct Setup {
    /// The built-in data.
    pub catalogue: Arc<Catalogue>,
    /// Where settings are kept.
    pub settings: SettingsFile,
    /// A file to open at once.
    pub file: Option<Opening>,
    /// That file, when it is being opened already.
    pub begun: Option<Begun>,
    /// Asks for files.
    pub picker: Box<dyn FilePicker>,
    /// Tells the time.
    pub clock: Clock,
    /// Where windows ask for one another.
    pub doorbell: Option<Doorbell>,
    /// Makes what the file's thread calls when something waits; without it files are worked on in
    /// the window's thread.
    pub wake: Option<MakeWake>,
}

impl Setup {
    /// As the program runs.
    pub fn usual(catalogue: Arc<Catalogue>, settings: SettingsFile, file: Option<Opening>) -> Self {
        Self {
            catalogue,
            settings,
            file,
            begun: None,
            picker: Box::<NativePicker>::default(),
            clock: Arc::new(Utc::now),
            doorbell: Doorbell::usual(),
            wake: Some(Box::new(|ctx| {
                let ctx = ctx.clone();
                Arc::new(move || ctx.request_repaint())
            })),
        }
    }
}

/// The screens with what is typed on them.
#[derive(Default)]
struct Screens {
    start: StartScreen,
    audits: AuditsScreen,
    new_register: NewRegisterScreen,
    new_audit: NewAuditScreen,
    form: FormScreen,
    panel: PanelScreen,
    help: HelpScreen,
    history: HistoryScreen,
    tools: ToolsScreen,
    summary: SummaryScreen,
    themes: ThemesScreen,
    theme: ThemeScreen,
    scope: ScopeScreen,
    search: SearchScreen,
    export: ExportScreen,
    redact: RedactScreen,
    retention: RetentionScreen,
    attendance: AttendanceScreen,
    make_returns: MakeReturnsScreen,
    merge: MergeScreen,
    conflicts: ConflictsScreen,
    my_cases: MyCasesScreen,
    safekeeping: SafekeepingScreen,
    findings: FindingsScreen,
    finding: FindingScreen,
    concerns: ConcernsScreen,
    actions: ActionsScreen,
    action: ActionScreen,
    decisions: DecisionsScreen,
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
    picture: Option<PictureDialog>,
    trail: Trail,
    screens: Screens,
    toasts: Toasts,
    closing: bool,
    locked: Option<locked::Locked>,
    /// When a key or the mouse was last used, on egui's clock; kept for files that lock.
    active_at: Option<f64>,
    /// Where the window stands.
    place: Option<WindowPlace>,
    /// Whether another window that is to open the same file asks for this one.
    asked_for: window_place::Asked,
    answering: Option<Answering>,
}

impl App {
    /// Makes the app and begins to open the file it was started with.
    pub fn new(ctx: &Context, setup: Setup) -> Self {
        fonts::install(ctx);
        theme::install(ctx);
        widgets::tell_identifiers(ctx, &setup.catalogue);
        // Zoom is ours, so that it is kept and shown in the settings.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let settings = setup.settings.read();
        let mut app = Self {
            settings,
            session: None,
            to_set_up: None,
            opening: None,
            passphrase: None,
            picture: None,
            trail: Trail::default(),
            screens: Screens::default(),
            toasts: Toasts::default(),
            closing: false,
            locked: None,
            active_at: None,
            place: None,
            asked_for: window_place::Asked::default(),
            answering: None,
            setup,
        };
        app.show_settings(ctx);
        if let Some(file) = app.setup.file.take() {
            match app.setup.begun.take() {
                Some(begun) => app.take_up(file, begun.in_window(ctx)),
                None => app.open(ctx, file),
            }
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
        theme::move_things(ctx, !self.settings.still);
        ctx.set_zoom_factor(self.settings.zoom as f32 / 100.0);
    }

    fn keep_settings(&mut self, ctx: &Context, settings: Settings) {
        self.settings = settings;
        self.setup.settings.write(&self.settings);
        self.show_settings(ctx);
    }

    fn open(&mut self, ctx: &Context, opening: Opening) {
        let wake = self.setup.wake.as_ref().map(|wake| wake(ctx));
        let Setup {
            catalogue, clock, ..
        } = &self.setup;
        let start = begun::start(catalogue, &self.settings, clock, opening.clone(), wake);
        let session = Session::start(start);
        self.take_up(opening, session);
    }

    /// Works with a file from here on.
    fn take_up(&mut self, opening: Opening, session: std::io::Result<Session>) {
        self.screens.start.trouble = None;
        self.screens.start.locked = None;
        self.opening = Some(opening);
        match session {
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
        self.answering = None;
        self.screens = Screens::default();
        self.trail.begin(Route::Start);
    }

    fn screen(&mut self, ui: &mut Ui) -> Vec<Act> {
        let route = self.trail.here().clone();
        let Some(session) = &self.session else {
            return match route {
                Route::NewRegister => self.screens.new_register.show(ui, &self.setup.catalogue),
                Route::Settings => screens::settings(ui, &self.settings, None),
                Route::Help => self.screens.help.show(ui),
                _ => self.screens.start.show(ui, &self.settings),
            };
        };
        let mut acts = frame::bar(ui, session, &route);
        acts.extend(frame::status_line(ui, session, &route));
        acts.extend(match &route {
            Route::Start | Route::NewRegister => self.screens.start.show(ui, &self.settings),
            Route::Audits | Route::Audit(_) if session.file().is_return => {
                self.screens.my_cases.show(ui, session, &self.settings)
            }
            Route::Audits => self.screens.audits.show(ui, session, &self.settings),
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
            Route::Returns(audit) => screens::returns(ui, session, *audit),
            Route::MakeReturns(audit) => self.screens.make_returns.show(ui, session, *audit),
            Route::Merge => self.screens.merge.show(ui, session),
            Route::Conflicts(audit) => self.screens.conflicts.show(ui, session, *audit),
            Route::Findings(audit) => self.screens.findings.show(ui, session, *audit),
            Route::Finding(id) => self.screens.finding.show(ui, session, *id),
            Route::NewFinding(_) => self.screens.finding.show_new(ui, session),
            Route::Concerns(audit) => self.screens.concerns.show(ui, session, *audit),
            Route::Actions(audit) => self.screens.actions.show(ui, session, *audit),
            Route::Action(id) => self.screens.action.show(ui, session, *id),
            Route::NewAction(_) => self.screens.action.show_new(ui, session),
            Route::Decisions => self.screens.decisions.show(ui, session),
            Route::Themes => self.screens.themes.show(ui, session),
            Route::Theme(theme) => self.screens.theme.show(ui, session, theme),
            Route::Scope(audit) => self.screens.scope.show(ui, session, *audit),
            Route::Export(audit) => self
                .screens
                .export
                .show(ui, session, &self.settings, *audit),
            Route::Tools => {
                self.screens.tools.show(ui, session);
                Vec::new()
            }
            Route::History(record) => self.screens.history.show(ui, session, *record),
            Route::Attendance(audit) => self.screens.attendance.show(ui, session, *audit),
            Route::Help => self.screens.help.show(ui),
            Route::Search => self.screens.search.show(ui, session),
            Route::Redact => self.screens.redact.show(ui),
            Route::Retention(audit) => {
                let settings = &self.settings;
                self.screens.retention.show(ui, session, settings, *audit)
            }
            Route::Safekeeping => self.screens.safekeeping.show(ui, session, &self.settings),
            Route::Settings => screens::settings(ui, &self.settings, Some(session.file())),
        });
        acts
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
        let failed = failed || self.locked.as_ref().is_some_and(locked::Locked::is_refused);
        if failed {
            self.closing = true;
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.toasts.trouble("Your last changes are not on disk. Try again below, or close once more to lose them.");
        }
        // Dropping the session finishes all writes that can be finished.
    }
}

/// Shows something on the page. What scrolls fades into its colour, which is there already.
fn on_page<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) {
    let page = egui::Frame::new().fill(theme::Palette::of(ui.ctx()).page);
    let ground = UiStackInfo::new(UiKind::CentralPanel).with_frame(page);
    egui::CentralPanel::no_frame().show(ui, |ui| {
        ui.scope_builder(UiBuilder::new().ui_stack_info(ground), contents);
    });
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.look_underneath(ctx);
        self.take_in(ctx);
        self.close_locked(ctx);
        self.lock_when_idle(ctx);
        self.come_forward(ctx);
        self.close_safely(ctx);
    }

    /// The page: what is cleared need not be painted over, which in software is half of a frame.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self) {
        if let Some(place) = self.place.take() {
            self.setup.settings.write_window(place);
        }
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let mut acts: VecDeque<Act> = VecDeque::new();
        if self.locked.is_none()
            && let Some(shortcut) = shortcuts::pressed(ui.ctx())
        {
            self.shortcut(ui.ctx(), shortcut);
        }
        if self.locked.is_some() {
            on_page(ui, |ui| self.unlock(ui));
            return;
        }
        on_page(ui, |ui| acts.extend(self.screen(ui)));
        self.ask_passphrase(ui);
        acts.extend(self.show_picture(ui));
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
