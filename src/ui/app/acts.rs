//! Carrying out what the screens ask for.

use std::path::Path;

use egui::Context;

use super::App;
use super::guard::read_for;
use crate::domain::finding::Finding;
use crate::domain::id::RecordId;
use crate::session::command::{Command, Refused};
use crate::session::settings::Settings;
use crate::session::{self, Opening, Session};
use crate::ui::act::{Act, NewFile};
use crate::ui::dialogs::PictureDialog;
use crate::ui::route::Route;
use crate::ui::screens::{MergeScreen, NewAuditScreen};
use crate::ui::shortcuts::Shortcut;

impl App {
    pub(super) fn apply(&mut self, command: &Command) -> bool {
        let Some(session) = &mut self.session else {
            return false;
        };
        match session.apply(command) {
            Ok(()) => {
                self.read_evidence();
                true
            }
            Err(refused) => {
                self.toasts.trouble(refused.to_string());
                false
            }
        }
    }

    pub(super) fn carry_out(&mut self, ctx: &Context, frame: Option<&eframe::Frame>, act: Act) {
        match act {
            Act::Do(command) => self.make(&command),
            Act::Go(route) => {
                give_up_focus(ctx);
                self.go(route);
            }
            Act::GoToTopic(audit, topic) => {
                self.screens.summary.go_to(topic);
                self.carry_out(ctx, frame, Act::Go(Route::Summary(audit)));
            }
            Act::GoToTheme(theme, basis, filter) => {
                self.screens.theme.come_with(basis, *filter);
                self.carry_out(ctx, frame, Act::Go(Route::Theme(theme)));
            }
            Act::ExportPart(audit, basis, filter) => {
                self.carry_out(ctx, frame, Act::Go(Route::Export(audit)));
                self.screens.export.only(audit, basis, *filter);
            }
            Act::BeginHelp => self.begin_help(ctx),
            Act::Print => self.print(ctx),
            Act::BeginSearch => self.begin_search(ctx),
            Act::Search(request) => self.search(request),
            Act::GoToFound(place) => self.go_to_found(ctx, place),
            Act::GoToAnswer(form, question) => self.go_to_answer(ctx, form, question),
            Act::GoToCounts(audit, question) => {
                self.screens.summary.go_to_question(question);
                self.carry_out(ctx, frame, Act::Go(Route::Summary(audit)));
            }
            Act::GoToJudgement(case, question) => {
                self.screens.panel.open_at(case, question);
                self.carry_out(ctx, frame, Act::Go(Route::Panel(case)));
            }
            Act::Back => {
                give_up_focus(ctx);
                self.back();
            }
            Act::Open(opening) => {
                self.close_file();
                self.open(ctx, opening);
            }
            Act::CloseFile => self.close_file(),
            Act::Pick(what) => {
                if let Some(frame) = frame {
                    self.setup.picker.pick(what, frame, ctx);
                }
            }
            Act::ReadCases(path) => self.read_cases(&path),
            Act::MakeRegister(new) => self.make_register(ctx, *new),
            Act::ReadHistory(record) => self.with_session(|session| session.read_history(record)),
            Act::DraftFinding(draft) => {
                give_up_focus(ctx);
                self.draft_finding(*draft);
            }
            Act::PreviewDecisions(path) => {
                self.with_session(|session| session.preview_decisions(path));
            }
            Act::ReadAnswers(forms) => self.with_session(|session| session.read_answers(&forms)),
            Act::WorkOutAlphas(audit, filter, samples) => {
                self.with_session(|session| session.work_out_alphas(audit, &filter, samples));
            }
            Act::ReadMarked => self.with_session(Session::read_marked),
            Act::AddOther(register, shown) => {
                self.with_session(|session| session.add_other(register, *shown));
            }
            Act::ReadOthers(shown) => self.with_session(|session| session.read_others(*shown)),
            Act::CloseOther(at) => self.with_session(|session| session.close_other(at)),
            Act::ShowPicture(picture) => self.picture = Some(PictureDialog::new(*picture)),
            Act::SavePicture(request) => {
                self.with_session(|session| session.save_picture(*request));
            }
            Act::Export(request) => self.with_session(|session| session.export(*request)),
            Act::Issue(requests) => self.with_session(|session| session.issue(requests)),
            Act::PreviewMerge(request) => {
                self.with_session(|session| session.preview_merge(request));
            }
            Act::MergeCopy(copy) => self.look_at_copy(ctx, copy),
            Act::Merge(request) => self.with_session(|session| session.merge(request)),
            Act::FindText(sought) => self.with_session(|session| session.find_text(sought)),
            Act::Redact(request) => {
                self.keep_typed();
                self.with_session(|session| session.redact(request));
            }
            Act::RemoveForms(audit, typed) => {
                self.keep_typed();
                self.with_session(|session| session.remove_forms(audit, typed));
            }
            Act::SaveCertificate(audit) => {
                self.with_session(|session| session.save_certificate(audit));
            }
            Act::FindCopiesHolding(audit, folder) => {
                self.with_session(|session| session.find_copies_holding(audit, folder));
            }
            Act::DeleteCopies(audit, copies, folder) => {
                self.with_session(|session| session.delete_copies(audit, copies, folder));
            }
            Act::Settle(settlement) => self.try_with_session(|session| session.settle(&settlement)),
            Act::SaveToSend => self.with_session(Session::save_to_send),
            Act::DoToForm(form, command) => {
                self.try_with_session(|session| session.do_to_form(form, *command));
            }
            Act::CancelJob => self.with_session(|session| session.cancel_job()),
            Act::ShowInFolder(path) => self.show_in_folder(&path),
            Act::OpenWritten(path) => self.open_written(&path),
            Act::SetPassphrase(new) => self.with_session(|session| session.set_passphrase(*new)),
            Act::ListCopies(folder) => self.with_session(|session| session.list_copies(folder)),
            Act::CompareCopy(copy) => self.with_session(|session| session.compare_copy(copy)),
            Act::RestoreCopy(copy) => self.with_session(|session| session.restore_copy(copy)),
            Act::TryAgain => self.with_session(Session::try_again),
            Act::Keep(settings) => self.keep_settings(ctx, *settings),
        }
    }

    /// Screens that show what findings rest on have it up to date.
    pub(super) fn read_evidence(&mut self) {
        let shows = matches!(
            self.trail.here(),
            Route::Audits
                | Route::Audit(_)
                | Route::Panel(_)
                | Route::Summary(_)
                | Route::Themes
                | Route::Findings(_)
                | Route::Concerns(_)
                | Route::Actions(_)
                | Route::Action(_)
        );
        if shows {
            self.with_session(Session::read_evidence);
        }
    }

    fn draft_finding(&mut self, draft: Finding) {
        let audit = draft.audit;
        self.keep_typed();
        self.screens.finding.begin(draft);
        self.go(Route::NewFinding(audit));
    }

    pub(super) fn with_session(&mut self, act: impl FnOnce(&mut Session)) {
        if let Some(session) = &mut self.session {
            act(session);
        }
    }

    /// What is refused is said.
    fn try_with_session(&mut self, act: impl FnOnce(&mut Session) -> Result<(), Refused>) {
        let done = self.session.as_mut().map_or(Ok(()), act);
        if let Err(refused) = done {
            self.toasts.trouble(refused.to_string());
        }
    }

    /// A command that makes an audit leads to it.
    fn make(&mut self, command: &Command) {
        let done = self.apply(command);
        if let (true, Command::TakeDecisions(_)) = (done, command) {
            self.screens.decisions.taken();
        }
        if let (true, Command::CreateAudit(new)) = (done, command) {
            self.screens.new_audit = NewAuditScreen::default();
            let audit = self
                .session
                .as_ref()
                .and_then(|s| s.register().find_audit(new.title.trim()));
            if let Some(audit) = audit {
                self.trail.begin(Route::Audits);
                self.trail.go(Route::Audit(audit));
            }
        }
    }

    fn go(&mut self, route: Route) {
        self.leave_form_for(&route);
        if route == Route::Merge && *self.trail.here() != route {
            self.screens.merge = MergeScreen::default();
        }
        if let Some(session) = &mut self.session {
            read_for(session, &route);
        }
        if let Route::NewAction(finding) = &route {
            self.begin_action(*finding);
        }
        self.trail.go(route);
        self.read_evidence();
    }

    fn begin_action(&mut self, finding: RecordId) {
        let register = self.session.as_ref().map(Session::register);
        let audit = register
            .and_then(|register| register.findings.get(&finding))
            .map(|f| f.audit);
        if let Some(audit) = audit {
            self.screens.action.begin(audit, finding);
        }
    }

    fn back(&mut self) {
        let Some(route) = self.trail.behind() else {
            return;
        };
        // A form that was left is opened again.
        self.leave_form_for(&route);
        if let (Route::Form(form) | Route::Review(form), Some(session)) =
            (&route, &mut self.session)
            && session.form().is_none_or(|open| open.form != *form)
        {
            session.open_form(*form);
        }
        if let Route::Panel(case) = &route {
            self.with_session(|session| session.open_case(*case));
        }
        if matches!(route, Route::Findings(_)) {
            self.with_session(Session::read_facts);
        }
        if let Route::History(record) = &route {
            self.with_session(|session| session.read_history(*record));
        }
        self.trail.back();
        self.read_evidence();
    }

    /// What is typed is kept before the form is out of sight.
    fn leave_form_for(&mut self, route: &Route) {
        self.keep_typed();
        let stays = matches!(
            route,
            Route::Form(_)
                | Route::Review(_)
                | Route::History(_)
                | Route::Redact
                | Route::Search
                | Route::Help
                | Route::Settings
                | Route::Safekeeping
        );
        if !stays {
            self.with_session(Session::close_form);
        }
    }

    pub(super) fn keep_typed(&mut self) {
        let typed = self.session.as_ref().map(|session| {
            let mut typed = self.screens.form.flush(session);
            typed.extend(self.screens.panel.flush(session));
            typed.extend(self.screens.concerns.flush(session));
            typed.extend(self.screens.finding.flush());
            typed.extend(self.screens.action.flush());
            typed.extend(self.screens.attendance.flush(session));
            typed.extend(self.screens.summary.flush());
            typed.extend(self.screens.scope.flush(session));
            typed
        });
        for act in typed.into_iter().flatten() {
            if let Act::Do(command) = act {
                self.apply(&command);
            }
        }
    }

    fn make_register(&mut self, ctx: &Context, new: NewFile) {
        self.to_set_up = Some(new.register);
        self.open(ctx, Opening::Create(new.path, new.passphrase));
    }

    fn show_in_folder(&mut self, path: &Path) {
        if let Err(why) = session::folder::show(path) {
            self.toasts.trouble(why);
        }
    }

    fn open_written(&mut self, path: &Path) {
        if let Err(why) = session::folder::open(path) {
            self.toasts.trouble(why);
        }
    }

    pub(super) fn shortcut(&mut self, ctx: &Context, shortcut: Shortcut) {
        let zoom = |zoom: u32| Settings {
            zoom,
            ..self.settings.clone()
        };
        match shortcut {
            Shortcut::Undo => drop(self.apply(&Command::Undo)),
            Shortcut::Redo => drop(self.apply(&Command::Redo)),
            Shortcut::Lock => self.lock(ctx),
            Shortcut::Save => self
                .toasts
                .say("Already saved: every answer is kept as you give it."),
            Shortcut::Help => self.begin_help(ctx),
            Shortcut::Print => self.print(ctx),
            Shortcut::Search => self.begin_search(ctx),
            Shortcut::Back if self.trail.can_go_back() => self.back(),
            Shortcut::Back => (),
            Shortcut::Larger => self.keep_settings(ctx, zoom((self.settings.zoom + 10).min(200))),
            Shortcut::Smaller => {
                self.keep_settings(ctx, zoom(self.settings.zoom.saturating_sub(10).max(80)));
            }
            Shortcut::Normal => self.keep_settings(ctx, zoom(100)),
        }
    }
}

/// What had the keyboard goes out of sight: the next Tab begins at the top of the new screen.
fn give_up_focus(ctx: &Context) {
    ctx.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
    });
}
