//! Asking for a file with the system's own dialog. One at a time; a typed path works too.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use rfd::{AsyncFileDialog, FileHandle};

use crate::ui::act::PickFor;

/// Asks for files. Behind a trait so that tests can answer.
pub trait FilePicker {
    /// Opens the dialog, unless one is open already.
    fn pick(&mut self, what: PickFor, frame: &eframe::Frame, ctx: &egui::Context);
    /// What was picked since the last call, several files where several can be; nothing while the
    /// dialog is open or was cancelled.
    fn picked(&mut self) -> Option<(PickFor, Vec<PathBuf>)>;
}

/// The system's dialog.
#[derive(Default)]
pub struct NativePicker(Option<(PickFor, Receiver<Vec<PathBuf>>)>);

impl FilePicker for NativePicker {
    fn pick(&mut self, what: PickFor, frame: &eframe::Frame, ctx: &egui::Context) {
        if self.0.is_some() {
            return;
        }
        // Made here, on the window's thread, so that it stands in front of the window.
        let dialog = dialog_for(&what).set_parent(frame);
        let (send, receive) = channel();
        let ctx = ctx.clone();
        let how = How::of(&what);
        let wait = move || {
            let picked = pollster::block_on(how.ask(dialog)).into_iter();
            let paths = picked.map(|handle| handle.path().to_owned()).collect();
            // Nobody waits any more once the window is gone.
            let _ = send.send(paths);
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

    fn picked(&mut self) -> Option<(PickFor, Vec<PathBuf>)> {
        let (_, receive) = self.0.as_ref()?;
        let paths = match receive.try_recv() {
            Err(std::sync::mpsc::TryRecvError::Empty) => return None,
            Ok(paths) => paths,
            Err(std::sync::mpsc::TryRecvError::Disconnected) => Vec::new(),
        };
        let (what, _) = self.0.take()?;
        (!paths.is_empty()).then_some((what, paths))
    }
}

/// Which of the system's dialogs.
#[derive(Clone, Copy)]
enum How {
    OneFile,
    ManyFiles,
    Folder,
    NewFile,
}

impl How {
    fn of(what: &PickFor) -> Self {
        match what {
            PickFor::Open | PickFor::Cases | PickFor::Decisions | PickFor::Other => Self::OneFile,
            PickFor::Returned => Self::ManyFiles,
            PickFor::ReturnFolder => Self::Folder,
            _ => Self::NewFile,
        }
    }

    async fn ask(self, dialog: AsyncFileDialog) -> Vec<FileHandle> {
        let one = match self {
            Self::OneFile => dialog.pick_file().await,
            Self::ManyFiles => return dialog.pick_files().await.unwrap_or_default(),
            Self::Folder => dialog.pick_folder().await,
            Self::NewFile => dialog.save_file().await,
        };
        one.into_iter().collect()
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
        PickFor::Other => dialog
            .set_title("Another partnership's register")
            .add_filter("Goldthread", &["goldthread"]),
        PickFor::Picture => dialog
            .set_title("Where to save the picture")
            .set_file_name("picture.png")
            .add_filter("PNG", &["png"])
            .add_filter("SVG", &["svg"]),
        PickFor::ReturnFolder => dialog.set_title("The folder for the return files"),
        PickFor::Returned => dialog
            .set_title("Returns to merge")
            .add_filter("Returns", &["goldthread", "xlsx"]),
        PickFor::Decisions => dialog
            .set_title("Decisions of the business management group")
            .add_filter("JSON or workbook", &["json", "xlsx"]),
        PickFor::Export(name) => dialog
            .set_title("Where to save the export")
            .set_file_name(name)
            .add_filter("JSON", &["json"]),
    }
}

/// Never has a file; the typed path is the only way.
pub struct NoPicker;

impl FilePicker for NoPicker {
    fn pick(&mut self, _: PickFor, _: &eframe::Frame, _: &egui::Context) {}
    fn picked(&mut self) -> Option<(PickFor, Vec<PathBuf>)> {
        None
    }
}
