//! The window. Screens read the [`crate::session::Session`] and return what the person asked for;
//! [`App`] alone carries it out. Nothing here opens a file, speaks SQL or reads JSON.

mod act;
mod app;
pub mod dialogs;
mod fonts;
mod frame;
mod icons;
mod renderer;
mod route;
mod screens;
mod shortcuts;
mod theme;
mod widgets;

use std::sync::Arc;

use crate::domain::catalogue::Catalogue;
use crate::session::Opening;
use crate::session::settings::SettingsFile;

pub use app::{App, Setup};
pub use route::Route;

/// Runs the window until it is closed.
///
/// # Errors
/// When the system gives no window to draw in.
pub fn run(catalogue: Arc<Catalogue>, file: Option<Opening>) -> Result<(), eframe::Error> {
    let create = move |context: &eframe::CreationContext<'_>| {
        let setup = Setup::usual(catalogue, SettingsFile::usual(), file);
        Ok(Box::new(App::new(&context.egui_ctx, setup)) as Box<dyn eframe::App>)
    };
    eframe::run_native("Goldthread", options(), Box::new(create))
}

/// The window before anything is in it.
pub fn options() -> eframe::NativeOptions {
    let usual = eframe::NativeOptions::default();
    eframe::NativeOptions {
        wgpu_options: renderer::options(usual.wgpu_options.clone()),
        viewport: egui::ViewportBuilder::default()
            .with_title("Goldthread")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([640.0, 480.0])
            .with_drag_and_drop(true),
        persist_window: false,
        ..usual
    }
}
