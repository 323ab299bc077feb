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

use crate::domain::catalogue::{BadAsset, Catalogue};
use crate::session::Opening;
use crate::session::settings::{SettingsFile, WindowPlace};

pub use app::{App, Begun, Setup};
pub use route::Route;

/// The icon of the window.
const ICON: &[u8] = include_bytes!("../../assets/desktop/icons/128.png");

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum NoWindow {
    /// The system gives no thread to read in.
    #[error("The program could not be started: {0}.")]
    Thread(#[from] std::io::Error),
    /// The system gives none to draw in, or the built-in data does not read.
    #[error("The window could not be opened ({0}). Is there a display?")]
    System(#[from] eframe::Error),
}

/// Runs the window until it is closed.
///
/// # Errors
/// [`NoWindow`].
pub fn run(file: Option<Opening>) -> Result<(), NoWindow> {
    let place = SettingsFile::usual().read().window;
    let options = options(place.as_ref());
    let prepared = prepare(SettingsFile::usual(), file)?;
    let create = move |context: &eframe::CreationContext<'_>| {
        window_place::bring_back(context, place.as_ref());
        let app = App::new(&context.egui_ctx, prepared()?);
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    Ok(eframe::run_native("Goldthread", options, Box::new(create))?)
}

/// Reads the built-in data and begins to open the file while the system makes the window; what is
/// returned waits for it.
///
/// # Errors
/// When the system gives no thread; what is returned fails when the built-in data does not read.
pub fn prepare(
    settings: SettingsFile,
    file: Option<Opening>,
) -> std::io::Result<impl FnOnce() -> Result<Setup, BadAsset>> {
    let known = settings.clone();
    let opening = file.clone();
    let read = move || -> Result<_, BadAsset> {
        let catalogue = Arc::new(Catalogue::built_in()?);
        let begin = |opening| Begun::opening(opening, &catalogue, &known.read());
        let begun = opening.map(begin);
        Ok((catalogue, begun))
    };
    let named = std::thread::Builder::new().name("goldthread start".into());
    let reading = named.spawn(read)?;
    Ok(move || {
        let read = reading.join();
        let (catalogue, begun) = read.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let usual = Setup::usual(catalogue, settings, file);
        Ok(Setup { begun, ..usual })
    })
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
