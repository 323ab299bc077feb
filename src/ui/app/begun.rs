//! A file that is being opened before there is a window: reading it takes about as long as the
//! system takes to find a graphics adapter, so both go on at once.

use std::sync::{Arc, OnceLock};

use chrono::Utc;
use egui::Context;

use crate::domain::catalogue::Catalogue;
use crate::domain::revision::Author;
use crate::session::settings::Settings;
use crate::session::{Clock, Opening, Session, Start, Wake};

/// Makes what a file's thread calls whenever something waits for this window.
pub type MakeWake = Box<dyn Fn(&Context) -> Wake>;

/// How a file is opened with these settings.
pub(super) fn start(
    catalogue: &Arc<Catalogue>,
    settings: &Settings,
    clock: &Clock,
    opening: Opening,
    wake: Option<Wake>,
) -> Start {
    Start {
        opening,
        catalogue: Arc::clone(catalogue),
        author: Author {
            role: settings.role.clone(),
            agency: String::new(),
            device: settings.device.clone(),
        },
        clock: Arc::clone(clock),
        wake,
    }
}

/// The file the program was started with, on its way.
pub struct Begun {
    session: std::io::Result<Session>,
    /// Known once there is a window.
    ctx: Arc<OnceLock<Context>>,
}

impl Begun {
    /// Begins to open a file.
    pub fn opening(opening: Opening, catalogue: &Arc<Catalogue>, settings: &Settings) -> Self {
        let ctx: Arc<OnceLock<Context>> = Arc::default();
        let wake: Wake = {
            let ctx = Arc::clone(&ctx);
            Arc::new(move || {
                // What comes before the window waits for its first frame.
                if let Some(ctx) = ctx.get() {
                    ctx.request_repaint();
                }
            })
        };
        let clock: Clock = Arc::new(Utc::now);
        let session = Session::start(start(catalogue, settings, &clock, opening, Some(wake)));
        Self { session, ctx }
    }

    /// The session, which wakes this window from now on.
    pub(super) fn in_window(self, ctx: &Context) -> std::io::Result<Session> {
        self.ctx.get_or_init(|| ctx.clone());
        self.session
    }
}
