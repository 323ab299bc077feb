//! Asking for a file with the system's own dialog. One at a time; a typed path works too.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use rfd::{AsyncFileDialog, FileHandle};

use crate::ui::act::PickFor;

/// Asks for files. Behind a trait so that tests can answer.
pub trait FilePicker {
    /// Opens the dialog, unless one is open already.
    fn pick(&mut self, what: PickFor, frame: &eframe::Frame, ctx: &egui::Context);
    /// The file picked since the last call; nothing while the dialog is open or was cancelled.
    fn picked(&mut self) -> Option<(PickFor, PathBuf)>;
}

/// The system's dialog.
#[derive(Default)]
pub struct NativePicker(Option<(PickFor, Receiver<Option<PathBuf>>)>);

impl FilePicker for NativePicker {
    fn pick(&mut self, what: PickFor, frame: &eframe::Frame, ctx: &egui::Context) {
        if self.0.is_some() {
            return;
        }
        // Made here, on the window's thread, so that it stands in front of the window.
        let dialog = dialog_for(&what).set_parent(frame);
        let (send, receive) = channel();
        let ctx = ctx.clone();
        let saves = !matches!(what, PickFor::Open | PickFor::Cases | PickFor::Returned);
        let wait = move || {
            let handle: Option<FileHandle> = if saves {
                pollster::block_on(dialog.save_file())
            } else {
                pollster::block_on(dialog.pick_file())
            };
            // Nobody waits any more once the window is gone.
            let _ = send.send(handle.map(|handle| handle.path().to_owned()));
            ctx.request_repaint();
        };
        match std::thread::Builder::new()
            .name("file dialog".into())
            .spawn(wait)
        {
            Ok(_) => self.0 = Some((what, receive)),
            Err(error) => tracing::error!(%error, "no thread for the file dialog"),
        }
    }

    fn picked(&mut self) -> Option<(PickFor, PathBuf)> {
        let (_, receive) = self.0.as_ref()?;
        let answer = match receive.try_recv() {
            Err(std::sync::mpsc::TryRecvError::Empty) => return None,
            Ok(answer) => answer,
            Err(std::sync::mpsc::TryRecvError::Disconnected) => None,
        };
        let (what, _) = self.0.take()?;
        answer.map(|path| (what, path))
    }
}

fn dialog_for(what: &PickFor) -> AsyncFileDialog {
    let dialog = AsyncFileDialog::new();
    match what {
        PickFor::Open => dialog
            .set_title("Open a Goldthread file")
            .add_filter("Goldthread", &["goldthread"]),
        PickFor::NewRegister => dialog
            .set_title("Where to keep the new register")
            .set_file_name("audits.goldthread")
            .add_filter("Goldthread", &["goldthread"]),
        PickFor::Demo => dialog
            .set_title("Where to keep the worked example")
            .set_file_name("worked example.goldthread")
            .add_filter("Goldthread", &["goldthread"]),
        PickFor::Cases => dialog
            .set_title("A list of case references")
            .add_filter("CSV or text", &["csv", "txt"]),
        PickFor::ReturnFile(name) => dialog
            .set_title("Where to keep the return file")
            .set_file_name(name)
            .add_filter("Goldthread", &["goldthread"]),
        PickFor::Returned => dialog
            .set_title("A return to merge")
            .add_filter("Goldthread", &["goldthread"]),
        PickFor::Export(name) => dialog
            .set_title("Where to save the export")
            .set_file_name(name)
            .add_filter("Exports", &["json", "docx", "xlsx"]),
    }
}

/// Never has a file; the typed path is the only way.
pub struct NoPicker;

impl FilePicker for NoPicker {
    fn pick(&mut self, _: PickFor, _: &eframe::Frame, _: &egui::Context) {}
    fn picked(&mut self) -> Option<(PickFor, PathBuf)> {
        None
    }
}
