//! Keeping the open file safe: locking and unlocking it, and what comes of passphrase and copies.

use std::path::Path;

use egui::{Context, Ui};

use super::locked::Locked;
use super::{App, Screens};
use crate::session::{Guarded, Opening, Retained, Session};
use crate::store::CopyBeside;
use crate::store::whereabouts::Place;
use crate::ui::act::Act;
use crate::ui::route::Route;
use crate::ui::screens::Unlocking;
use crate::ui::widgets::{self, Toasts};

impl App {
    pub(super) fn guarded(&mut self, ctx: &Context, guarded: Guarded) {
        let screen = &mut self.screens.safekeeping;
        match guarded {
            Guarded::StillMarked(marked) => self.screens.export.look_at(marked),
            Guarded::PassphraseSet(protected) => screen.passphrase_set(protected),
            Guarded::PassphraseKept(why) => screen.passphrase_kept(why),
            Guarded::CopyNotKept(why) => {
                self.toasts
                    .say(format!("Today's copy of this file was not kept. {why}"));
            }
            Guarded::Copies(copies) => screen.copies = Some(copies),
            Guarded::Compared(comparison) => screen.compared(comparison),
            Guarded::NotRestored(why) => screen.not_restored(why),
            Guarded::Restored(path) => {
                self.carry_out(ctx, None, Act::Open(Opening::Open(path, None)));
            }
        }
    }

    /// What endangers a file where it lies: the first time until it was read, later in passing.
    pub(super) fn warn_of(&mut self, place: Option<Place>, path: &Path) {
        let known = self.settings.recent.iter().any(|known| known == path);
        match place {
            None => (),
            Some(place) if known => self.toasts.say(place.to_string()),
            Some(place) => self.toasts.trouble(place.to_string()),
        }
    }

    /// The first page says it with what can be done; wherever else one is, it is said in passing.
    pub(super) fn tell_beside(&mut self, copy: &CopyBeside) {
        let on_first_page = matches!(self.trail.here(), Route::Start | Route::Audits);
        let is_told = self.session.as_ref().is_some_and(|session| {
            let mut told = session.copies_beside(&self.settings);
            told.any(|told| told == copy)
        });
        if is_told && !on_first_page {
            let place = "The first page leads to what can be done.";
            self.toasts.trouble(format!("{copy} {place}"));
        }
    }

    /// Whoever comes back to the window is told at once what another program did to the file.
    pub(super) fn look_underneath(&mut self, ctx: &Context) {
        let comes_back = |event: &egui::Event| matches!(event, egui::Event::WindowFocused(true));
        if ctx.input(|input| input.events.iter().any(comes_back)) {
            self.with_session(Session::look_underneath);
        }
    }

    /// What came of keeping or removing forms.
    pub(super) fn retained(&mut self, retained: Retained) {
        self.job_ended();
        match retained {
            Retained::CertificateSaved(path) => {
                let path = path.display();
                self.toasts.say(format!("Saved the certificate: {path}"));
            }
            other => self.screens.retention.take(other),
        }
    }

    /// Locks the file: nothing of it is shown from now on. What was typed is on its way to the disk.
    pub(super) fn lock(&mut self, ctx: &Context) {
        let Some(session) = &self.session else { return };
        if !session.file().protected {
            return self.toasts.say(
                "This file has no passphrase, so it cannot be locked. Set one under Settings.",
            );
        }
        self.keep_typed();
        let Some(session) = self.session.take() else {
            return;
        };
        self.locked = Some(Locked::new(session));
        self.opening = None;
        self.picture = None;
        self.toasts = Toasts::default();
        self.forget_shown(ctx);
        ctx.request_repaint();
        self.close_locked(ctx);
    }

    /// What is typed and is no part of the document yet stays, unseen; what the document has is
    /// read again when it is opened.
    fn forget_shown(&mut self, ctx: &Context) {
        let mut typed = std::mem::take(&mut self.screens);
        typed.form.forget_kept();
        typed.panel.forget_kept();
        self.screens = Screens {
            form: typed.form,
            panel: typed.panel,
            new_audit: typed.new_audit,
            scope: typed.scope,
            finding: typed.finding,
            action: typed.action,
            ..Screens::default()
        };
        widgets::forget_all_typed(ctx);
    }

    /// Closes the locked file, and forgets its keys, as soon as everything is on disk and no job is
    /// under way; then opens it again if its passphrase was given meanwhile.
    pub(super) fn close_locked(&mut self, ctx: &Context) {
        let Some(locked) = &mut self.locked else {
            return;
        };
        if !locked.closed() {
            return;
        }
        if let Some(passphrase) = locked.given.take() {
            let opening = locked.opening.clone().with_passphrase(passphrase);
            self.open(ctx, opening);
            ctx.request_repaint();
        }
    }

    /// Locks after the minutes of the settings without a key or the mouse.
    pub(super) fn lock_when_idle(&mut self, ctx: &Context) {
        let protected = |session: &Session| session.file().protected;
        let minutes = self.settings.lock_after;
        if minutes == 0 || self.locked.is_some() || !self.session.as_ref().is_some_and(protected) {
            self.active_at = None;
            return;
        }
        let (now, active) = ctx.input(|input| (input.time, !input.raw.events.is_empty()));
        let since = *self.active_at.get_or_insert(now);
        if active {
            self.active_at = Some(now);
        }
        let idle = now - self.active_at.unwrap_or(since);
        let left = f64::from(minutes) * 60.0 - idle;
        if left <= 0.0 {
            self.lock(ctx);
        } else {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(left));
        }
    }

    /// Draws the unlock page instead of everything else; says whether the file is locked.
    pub(super) fn unlock(&mut self, ui: &mut Ui) -> bool {
        let Some(locked) = &mut self.locked else {
            return false;
        };
        let name = name_of(locked.opening.path());
        match locked.screen.show(ui, &name, &locked.under_way) {
            Unlocking::Waiting => (),
            Unlocking::Close => {
                self.locked = None;
                self.answering = None;
                self.screens = Screens::default();
                self.trail.begin(Route::Start);
                ui.ctx().request_repaint();
            }
            Unlocking::With(passphrase) => {
                locked.given = Some(passphrase);
                self.close_locked(&ui.ctx().clone());
            }
            Unlocking::StopJob => locked.stop_job(),
            Unlocking::TryAgain => locked.try_again(),
        }
        true
    }

    /// The file is open again: on with what one was at.
    pub(super) fn unlocked(&mut self) -> bool {
        let Some(locked) = self.locked.take() else {
            return false;
        };
        for words in locked.done {
            self.toasts.say(words);
        }
        let route = self.trail.here().clone();
        self.with_session(|session| read_for(session, &route));
        self.read_evidence();
        true
    }

    /// Whether a file that did not open was a locked one; then it stays locked, with the reason.
    pub(super) fn still_locked(&mut self, why: &str) -> bool {
        let Some(locked) = &mut self.locked else {
            return false;
        };
        locked.screen.trouble = Some(why.to_owned());
        self.session = None;
        self.opening = None;
        true
    }
}

/// Reads what a screen shows.
pub(super) fn read_for(session: &mut Session, route: &Route) {
    match route {
        Route::Form(form) | Route::Review(form)
            if session.form().is_none_or(|open| open.form != *form) =>
        {
            session.open_form(*form);
        }
        Route::Panel(case) => session.open_case(*case),
        Route::Summary(_) | Route::Themes | Route::Theme(_) | Route::Findings(_) => {
            session.read_facts();
        }
        _ => (),
    }
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
