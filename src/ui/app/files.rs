//! Files that come in: picked in a dialog, or dropped on the window.

use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use crate::session::{self, Opening};
use crate::ui::act::{Act, PickFor};
use crate::ui::route::Route;

impl App {
    pub(super) fn picked_all(&mut self, ctx: &Context, what: &PickFor, paths: Vec<PathBuf>) {
        if *what == PickFor::Returned {
            return self.look_at_returns(ctx, paths);
        }
        for path in paths {
            self.picked(ctx, what, path);
        }
    }

    /// With nothing open a dropped file is opened; otherwise the worker looks what the files are.
    pub(super) fn dropped(&mut self, ctx: &Context, files: Vec<PathBuf>) {
        let Some(first) = files.first().filter(|_| self.locked.is_none()) else {
            return;
        };
        match &mut self.session {
            Some(session) => session.look_at_dropped(files),
            None => self.open(ctx, Opening::Open(first.clone(), None)),
        }
    }

    /// Leads to what these returns would bring.
    pub(super) fn look_at_returns(&mut self, ctx: &Context, files: Vec<PathBuf>) {
        self.carry_out(ctx, None, Act::Go(Route::Merge));
        let look = self.screens.merge.add(files);
        self.carry_out(ctx, None, look);
    }

    /// Leads to what merging a copy of the open file would do.
    pub(super) fn look_at_copy(&mut self, ctx: &Context, copy: PathBuf) {
        self.carry_out(ctx, None, Act::Go(Route::Merge));
        let look = self.screens.merge.look_at_copy(copy);
        self.carry_out(ctx, None, look);
    }

    pub(super) fn picked(&mut self, ctx: &Context, what: &PickFor, path: PathBuf) {
        match what {
            PickFor::Open => self.open(ctx, Opening::Open(path, None)),
            PickFor::NewRegister => self.screens.new_register.path = path.display().to_string(),
            PickFor::Demo => self.open(ctx, Opening::Demo(path)),
            PickFor::Cases => self.read_cases(&path),
            PickFor::ReturnFolder => self.screens.make_returns.folder = path.display().to_string(),
            PickFor::Returned => (),
            PickFor::Decisions => self.screens.decisions.pick(&path),
            PickFor::Other => self.screens.themes.picked(&path),
            PickFor::Picture => {
                if let Some(dialog) = &mut self.picture {
                    dialog.path = path.display().to_string();
                }
            }
            PickFor::Export(_) => self.screens.export.path = path.display().to_string(),
        }
    }

    pub(super) fn read_cases(&mut self, path: &Path) {
        let Some(session) = &self.session else { return };
        let audit = self.screens.new_audit.audit();
        match session::cases::read_list_file(path, session.register(), audit) {
            Ok((cases, problems)) => self.screens.new_audit.take_cases(cases, problems),
            Err(why) => self.toasts.trouble(why.to_string()),
        }
    }
}
