//! How long the forms of each audit are kept: the date, the legal hold, their removal.

mod list;
mod one;
mod removal;

use std::path::PathBuf;

use egui::Ui;

use self::list::ListPage;
use self::one::AuditPage;
use crate::domain::id::RecordId;
use crate::session::settings::Settings;
use crate::session::{Retained, Session};
use crate::ui::act::Act;

/// What is typed, and what the worker answered.
#[derive(Default)]
pub struct RetentionScreen {
    list: ListPage,
    page: Option<(RecordId, AuditPage)>,
}

impl RetentionScreen {
    /// Draws the page of one audit, or of all.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        settings: &Settings,
        audit: Option<RecordId>,
    ) -> Vec<Act> {
        let Some(audit) = audit else {
            return self.list.show(ui, session);
        };
        let folder = settings.copies_folder(&session.file().path);
        self.page(audit).show(ui, session, audit, folder)
    }

    /// What is typed on the page of one audit is of that one only.
    fn page(&mut self, audit: RecordId) -> &mut AuditPage {
        let kept = self.page.take().filter(|(own, _)| *own == audit);
        let (_, page) = self
            .page
            .insert(kept.unwrap_or((audit, AuditPage::default())));
        page
    }

    /// Takes over what came of removing forms.
    pub fn take(&mut self, retained: Retained) {
        let here = self.page.as_mut();
        match (retained, here) {
            (Retained::Removed(audit), _) => self.page = Some((audit, AuditPage::default())),
            (Retained::NotRemoved(why), Some((_, page))) => page.removal.refused(why),
            (Retained::CopiesHolding(audit, copies), Some((own, page))) if *own == audit => {
                page.copies_holding(copies);
            }
            _ => (),
        }
    }
}

/// Paths as lines to read.
fn named(paths: &[PathBuf]) -> impl Iterator<Item = String> + '_ {
    paths.iter().map(|path| path.display().to_string())
}
