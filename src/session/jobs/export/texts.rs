//! The texts that go out with an export: what of them may identify somebody is told before anything
//! is written. They are read from the JSON of the same content, whatever it is written as.

use super::{Export, ExportKind, Made, PaperKind};
use crate::domain::id::RecordId;
use crate::exchange::data_json;
use crate::exchange::free_text::{Outgoing, outgoing};
use crate::session::error::Result;

impl Export<'_, '_> {
    /// Every text of what was made.
    pub(super) fn texts(&mut self, made: &Made) -> Result<Vec<Outgoing>> {
        match &self.request.kind {
            ExportKind::BmgJson => self.of_report(),
            ExportKind::DataJson | ExportKind::ActionsJson => Ok(match made {
                Made::File(content, _) => outgoing(&String::from_utf8_lossy(content)),
                Made::Folder(..) => Vec::new(),
            }),
            ExportKind::Workbook | ExportKind::Csv => {
                let mut texts = self.of_report()?;
                if self.request.with_notes {
                    texts.extend(self.of_forms()?);
                }
                Ok(texts)
            }
            ExportKind::Paper(paper) => match paper {
                PaperKind::Bmg | PaperKind::Briefing | PaperKind::Annual(_) => self.of_report(),
                PaperKind::Agency(_) => self.of_forms(),
                PaperKind::Form(form) if form.case.is_some() => self.of_forms(),
                PaperKind::Form(_) => Ok(Vec::new()),
            },
        }
    }

    /// Scope, hypotheses, findings, actions.
    fn of_report(&mut self) -> Result<Vec<Outgoing>> {
        if self.told.is_none() {
            self.whole_report()?;
        }
        Ok(self.told.take().unwrap_or_default())
    }

    /// What stands on the forms, and all else of these audits.
    fn of_forms(&mut self) -> Result<Vec<Outgoing>> {
        let register = self.document.register();
        let audits: Vec<RecordId> = match self.request.audit {
            Some(audit) => vec![audit],
            None => register.audits.keys().copied().collect(),
        };
        let contents = self.contents(&audits)?;
        let data = audits
            .iter()
            .filter_map(|audit| data_json::export(register, *audit, &contents));
        Ok(data.flat_map(|data| outgoing(&data.text())).collect())
    }
}
