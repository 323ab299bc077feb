//! Keeping the open file safe: locking and unlocking it, and what comes of passphrase and copies.

use std::path::Path;

use egui::{Context, Ui};

use super::{App, Screens};
use crate::session::{Guarded, Opening, Retained, SaveState, Session};
use crate::store::Passphrase;
use crate::ui::act::Act;
use crate::ui::route::Route;
use crate::ui::screens::{UnlockScreen, Unlocking};

/// A file that is locked: closed, its keys forgotten, until its passphrase is given again.
pub(super) struct Locked {
    opening: Opening,
    screen: UnlockScreen,
}

impl App {
    pub(super) fn guarded(&mut self, ctx: &Context, guarded: Guarded) {
        let screen = &mut self.screens.safekeeping;
        match guarded {
            Guarded::StillMarked(marked) => self.screens.export.look_at(marked),
            Guarded::PassphraseSet(protected) => screen.passphrase_set(protected),
            Guarded::PassphraseKept(why) => screen.passphrase_kept(why),
            Guarded::CopyNotKept(why) => {
                self.toasts
                    .say(format!("Today’s copy of this file was not kept. {why}"));
            }
            Guarded::Copies(copies) => screen.copies = Some(copies),
            Guarded::Compared(comparison) => screen.compared(comparison),
            Guarded::NotRestored(why) => screen.not_restored(why),
            Guarded::Restored(path) => {
                self.carry_out(ctx, None, Act::Open(Opening::Open(path, None)));
            }
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

    /// Asks for the file to be locked as soon as everything typed is on disk.
    pub(super) fn lock(&mut self, ctx: &Context) {
        let Some(session) = &self.session else { return };
        if !session.file().protected {
            return self.toasts.say(
                "This file has no passphrase, so it cannot be locked. Set one under Settings.",
            );
        }
        self.keep_typed();
        self.locking = true;
        ctx.request_repaint();
        self.lock_when_saved();
    }

    /// Locks once nothing waits for the disk; stays open, and says so, when the disk refuses.
    pub(super) fn lock_when_saved(&mut self) {
        let Some(session) = self.session.as_ref().filter(|_| self.locking) else {
            return;
        };
        if matches!(session.save_state(), SaveState::Failed(_)) {
            self.locking = false;
            return self
                .toasts
                .trouble("Not locked: your last changes are not on disk. Try again below first.");
        }
        if session.has_unsaved() {
            return;
        }
        let file = session.file();
        let opening = match file.read_only {
            true => Opening::Snapshot(file.path.clone(), None),
            false => Opening::Open(file.path.clone(), None),
        };
        self.locking = false;
        // The file is closed, and with it go its keys. What is typed and is no part of the
        // document yet stays, unseen.
        self.session = None;
        self.opening = None;
        self.picture = None;
        let typed = std::mem::take(&mut self.screens);
        self.screens = Screens {
            form: typed.form,
            panel: typed.panel,
            new_audit: typed.new_audit,
            scope: typed.scope,
            finding: typed.finding,
            action: typed.action,
            ..Screens::default()
        };
        self.locked = Some(Locked {
            opening,
            screen: UnlockScreen::default(),
        });
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
        if active || self.under_way() {
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

    /// A job that takes its time is not broken off for nobody's touching a key.
    fn under_way(&self) -> bool {
        self.screens.export.progress.is_some() || self.screens.merge.progress.is_some()
    }

    /// Draws the unlock page instead of everything else; says whether the file is locked.
    pub(super) fn unlock(&mut self, ui: &mut Ui) -> bool {
        let Some(locked) = &mut self.locked else {
            return false;
        };
        let name = name_of(locked.opening.path());
        match locked.screen.show(ui, &name) {
            Unlocking::Waiting => (),
            Unlocking::Close => {
                self.locked = None;
                self.screens = Screens::default();
                self.trail.begin(Route::Start);
                ui.ctx().request_repaint();
            }
            Unlocking::With(passphrase) => {
                let opening = locked.opening.clone();
                self.open(
                    ui.ctx(),
                    opening.with_passphrase(Passphrase::new(passphrase)),
                );
                ui.ctx().request_repaint();
            }
        }
        true
    }

    /// The file is open again: on with what one was at.
    pub(super) fn unlocked(&mut self) -> bool {
        if self.locked.take().is_none() {
            return false;
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
