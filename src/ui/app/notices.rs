//! What the worker and the system's dialogs report, and what the window makes of it.

use egui::Context;

use super::App;
use crate::session::command::Command;
use crate::session::{self, Dropped, Notice, Opening, Session};
use crate::store::StoreError;
use crate::ui::act::Act;
use crate::ui::dialogs::PassphraseAsk;
use crate::ui::route::Route;

impl App {
    /// Takes in what the worker and the file dialog report.
    pub(super) fn take_in(&mut self, ctx: &Context) {
        let notices = self
            .session
            .as_mut()
            .map(Session::notices)
            .unwrap_or_default();
        for notice in notices {
            self.notice(ctx, notice);
        }
        if let Some((what, paths)) = self.setup.picker.picked()
            && self.locked.is_none()
        {
            self.picked_all(ctx, &what, paths);
        }
        let dropped = ctx.input(|input| {
            let files = input.raw.dropped_files.iter();
            files.map(|file| file.path().to_owned()).collect()
        });
        self.dropped(ctx, dropped);
    }

    fn notice(&mut self, ctx: &Context, notice: Notice) {
        match notice {
            Notice::Opened(file) => {
                let path = std::path::absolute(&file.path).unwrap_or(file.path);
                self.warn_of(file.place, &path);
                self.settings.remember(&path);
                self.setup.settings.write(&self.settings);
                // A passphrase is not kept here longer than it takes to open the file.
                self.opening = None;
                self.answer_the_bell(ctx, &path);
                let copies = self.settings.copies_folder(&path);
                if self.unlocked() {
                    return;
                }
                self.trail.begin(Route::Audits);
                if let Some(register) = self.to_set_up.take() {
                    self.apply(&Command::SetUpRegister(register));
                }
                self.with_session(|session| session.keep_daily(copies));
                self.read_evidence();
            }
            Notice::NotOpened(error) => self.not_opened(&error),
            Notice::DecisionsPreviewed(path, preview) => {
                self.screens.decisions.previewed(&path, preview);
            }
            Notice::DecisionsRefused(why) => self.screens.decisions.refused(why),
            // Counting reports how far it is too, and is no export under way.
            Notice::FactsRead | Notice::OthersRead => self.screens.export.progress = None,
            Notice::OtherRefused(path, error) => self.screens.themes.refused(&path, &error),
            Notice::FormOpened
            | Notice::CaseOpened
            | Notice::AnswersRead
            | Notice::EvidenceRead => (),
            Notice::PictureSaved(path) => {
                self.toasts
                    .say(format!("Saved the picture: {}", path.display()));
            }
            Notice::History(record, entries) => {
                if let Some(session) = &self.session {
                    self.screens.history.take(record, &entries, session);
                }
            }
            Notice::Progress(progress) => {
                self.screens.merge.progress = Some(progress.clone());
                self.screens.export.progress = Some(progress);
            }
            Notice::Exported(path, words) => {
                self.screens.export.progress = None;
                self.screens.export.done = Some((path, words));
            }
            Notice::Issued(outcomes) => {
                self.job_ended();
                self.screens.make_returns.made(outcomes);
            }
            Notice::Found(found) => self.screens.search.take(found),
            Notice::TextFound(found) => self.screens.redact.take(found),
            Notice::Redacted(redacted) => self.screens.redact.redacted(redacted),
            Notice::Dropped(Dropped::Open(path)) => {
                self.carry_out(ctx, None, Act::Open(Opening::Open(path, None)));
            }
            Notice::Dropped(Dropped::Merge(files)) => self.look_at_returns(ctx, files),
            Notice::MergePreviewed(preview) => {
                self.job_ended();
                self.screens.merge.previewed(preview);
            }
            Notice::Merged(merged) => {
                self.job_ended();
                self.screens.merge.merged(merged);
            }
            Notice::Rejoined(words) => self.toasts.trouble(words),
            Notice::CopyBeside(copy) => self.tell_beside(&copy),
            Notice::MergeRestored(done) => self.toasts.say(done.to_string()),
            Notice::Settled(what) => self.toasts.say(format!("Settled: {what}.")),
            Notice::SavedToSend(saved) => self.screens.my_cases.saved = Some(saved),
            Notice::Guarded(guarded) => self.guarded(ctx, guarded),
            Notice::Retained(retained) => self.retained(retained),
            Notice::Failed(why) => {
                self.job_ended();
                self.toasts.trouble(why);
            }
        }
    }

    /// Nothing is under way any more.
    pub(super) fn job_ended(&mut self) {
        self.screens.export.progress = None;
        self.screens.merge.progress = None;
        self.screens.make_returns.making = false;
    }

    fn not_opened(&mut self, error: &session::Error) {
        if self.still_locked(&error.to_string()) {
            return;
        }
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
        let words = self.ring_the_bell().unwrap_or_else(|| error.to_string());
        self.screens.start.trouble = Some(words);
    }
}
