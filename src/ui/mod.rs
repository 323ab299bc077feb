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
mod window_place;

use std::sync::Arc;

use crate::domain::catalogue::Catalogue;
use crate::session::Opening;
use crate::session::settings::{SettingsFile, WindowPlace};

pub use app::{App, Setup};
pub use route::Route;

/// The icon of the window.
const ICON: &[u8] = include_bytes!("../../assets/desktop/icons/128.png");

/// Runs the window until it is closed.
///
/// # Errors
/// When the system gives no window to draw in.
pub fn run(catalogue: Arc<Catalogue>, file: Option<Opening>) -> Result<(), eframe::Error> {
    let settings = SettingsFile::usual();
    let place = settings.read().window;
    let options = options(place.as_ref());
    let create = move |context: &eframe::CreationContext<'_>| {
        window_place::bring_back(context, place.as_ref());
        let setup = Setup::usual(catalogue, settings, file);
        Ok(Box::new(App::new(&context.egui_ctx, setup)) as Box<dyn eframe::App>)
    };
    eframe::run_native("Goldthread", options, Box::new(create))
}

/// The window before anything is in it: where it stood last, if that is known.
pub fn options(place: Option<&WindowPlace>) -> eframe::NativeOptions {
    let usual = eframe::NativeOptions::default();
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Goldthread")
        .with_app_id("goldthread")
        .with_drag_and_drop(true);
    // The picture is drawn and checked by a test; without it the window has the system's own.
    if let Ok(icon) = eframe::icon_data::from_png_bytes(ICON) {
        viewport = viewport.with_icon(icon);
    }
    eframe::NativeOptions {
        wgpu_options: renderer::options(usual.wgpu_options.clone()),
        viewport: window_place::begin(viewport, place),
        persist_window: false,
        ..usual
    }
}
