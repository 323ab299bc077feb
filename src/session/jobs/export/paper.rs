//! Papers: what each needs read before it is made.

use super::{Export, FormRequest, Made, PaperKind, left_out};
use crate::analysis::{Basis, Filter};
use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::domain::tool::Tool;
use crate::exchange::ExchangeError;
use crate::exchange::data_json;
use crate::exchange::document::Paper;
use crate::exchange::free_text::{Outgoing, outgoing};
use crate::exchange::papers::{
    AgencyContents, FilledForm, PaperSource, Year, agency_paper, annual_paper, bmg_paper, briefing,
    form_paper, planned_audits,
};
use crate::exchange::report::{AuditPart, Report};
use crate::session::error::{Error, Result};

impl<'a> Export<'a, '_> {
    pub(super) fn paper(&mut self, kind: &PaperKind) -> Result<Made> {
        let (paper, words) = match kind {
            PaperKind::Bmg => self.on_one_audit("as a paper to the BMG", bmg_paper)?,
            PaperKind::Briefing => self.on_one_audit("as a learning briefing", briefing)?,
            PaperKind::Agency(code) => self.for_agency(code)?,
            PaperKind::Annual(year) => self.annual(*year)?,
            PaperKind::Form(form) => self.form(form)?,
        };
        self.watch.step("Drawing", 0, 0)?;
        Ok(Made::File(paper.docx(self.now)?, words))
    }

    /// The audit asked for, or the only one there is.
    fn one_audit(&self) -> Result<RecordId> {
        let register = self.document.register();
        let only = || match register.audits.len() {
            1 => register.audits.keys().next().copied(),
            _ => None,
        };
        self.request.audit.or_else(only).ok_or(Error::WhichAudit)
    }

    fn on_one_audit(
        &mut self,
        what: &str,
        paper: fn(&PaperSource<'_>, &AuditPart) -> Paper,
    ) -> Result<(Paper, String)> {
        let id = self.one_audit()?;
        let report = self.told_report(&[id])?;
        let audit = report
            .audit(id)
            .ok_or_else(|| Error::NoAudit(id.to_string()))?;
        let words = self.words(&report, what);
        Ok((paper(&self.source(&report), audit), words))
    }

    fn source<'b>(&self, report: &'b Report) -> PaperSource<'b>
    where
        'a: 'b,
    {
        PaperSource {
            report,
            register: self.document.register(),
            catalogue: self.document.catalogue(),
            today: self.now.date_naive(),
        }
    }

    fn for_agency(&mut self, code: &str) -> Result<(Paper, String)> {
        let id = self.one_audit()?;
        self.takes_part(id, code)?;
        let filter = Filter {
            agency: Some(code.to_owned()),
            ..Filter::default()
        };
        // Its own answers, whatever else is asked for: the panel's judgements stand beside them.
        let report = self.report(&[id], Basis::Agency, &filter)?;
        let register = self.document.register();
        let own = register.forms_of(id).into_iter();
        let own: Vec<RecordId> = own
            .filter(|(_, agency, _)| *agency == code)
            .map(|(form, ..)| form)
            .collect();
        let mut contents = AgencyContents::new();
        for form in own {
            contents.insert(form, self.document.form_content(form)?.answers);
        }
        let audit = report
            .audit(id)
            .ok_or_else(|| Error::NoAudit(id.to_string()))?;
        let paper = agency_paper(&self.source(&report), audit, code, &contents);
        self.tell(&report);
        self.tell_forms(id)?;
        let register = self.document.register();
        let name = register.agency_short(code);
        Ok((paper, format!("the feedback for {name}")))
    }

    /// Refuses an agency that has no part in the audit.
    fn takes_part(&self, audit: RecordId, code: &str) -> Result<()> {
        let register = self.document.register();
        let Some(record) = register.audits.get(&audit) else {
            return Err(Error::NoAudit(audit.to_string()));
        };
        if record.agencies.iter().any(|own| own == code) {
            return Ok(());
        }
        Err(Error::NoAgency {
            agency: code.to_owned(),
            audit: record.title.clone(),
            others: record.agencies.join(", "),
        })
    }

    fn annual(&mut self, year: Year) -> Result<(Paper, String)> {
        let audits = self.document.register().audits_in_order();
        let own = audits.into_iter().filter(|(_, audit)| year.holds(audit));
        // Nobody named them one by one: of a publication some may be left out.
        let whole = self.request.publish.is_none();
        let (own, open): (Vec<_>, Vec<_>) =
            own.partition(|(_, audit)| whole || audit.state.can_be_published());
        let own: Vec<RecordId> = own.into_iter().map(|(id, _)| id).collect();
        match (own.is_empty(), open.is_empty()) {
            (true, true) => return Err(Error::NoAuditInYear(year.to_string())),
            (true, false) => return Err(ExchangeError::NothingAgreed.into()),
            (false, _) => (),
        }
        let report = self.report(&own, self.request.basis, &Filter::default())?;
        self.tell(&report);
        let planned = planned_audits(self.document.register(), year).into_iter();
        self.told.extend(planned.map(|text| Outgoing {
            place: "audits planned".to_owned(),
            text,
        }));
        let words = self.words(&report, &format!("as the annual section {year}"));
        let words = words + &left_out(open.len());
        Ok((annual_paper(&self.source(&report), year), words))
    }

    /// Keeps the texts of all that stands on the forms of an audit, and of what came of it.
    fn tell_forms(&mut self, audit: RecordId) -> Result<()> {
        let contents = self.contents(&[audit])?;
        let data = data_json::export(self.document.register(), audit, &contents);
        self.told
            .extend(data.map_or_else(Vec::new, |data| outgoing(&data.text())));
        Ok(())
    }

    fn form(&mut self, request: &FormRequest) -> Result<(Paper, String)> {
        let document = self.document;
        let register = document.register();
        let tool = self.tool(request)?;
        let code = request.agency.as_deref();
        if let (Some(audit), Some(code)) = (self.request.audit, code) {
            self.takes_part(audit, code)?;
        }
        let name = |code| {
            let own = register.agency(code);
            let known = own.or_else(|| document.catalogue().agency(code));
            known.map(|agency| (code, agency.name.as_str()))
        };
        let agency = match code {
            Some(code) => Some(name(code).ok_or_else(|| Error::UnknownAgency(code.to_owned()))?),
            None => None,
        };
        let partnership = register.partnership().map_or("", |own| own.name.as_str());
        let today = written_date(self.now.date_naive());
        let footer = format!("{partnership} · {} · {today}", tool.name());
        let Some(reference) = &request.case else {
            let paper = form_paper(tool, agency, None, &footer);
            return Ok((paper, format!("a blank form of {}", tool.name())));
        };
        let (audit, code) = (self.one_audit()?, code.ok_or(Error::WhichAgency)?);
        let cases = register.cases_of(audit).into_iter();
        let case = cases
            .filter(|(_, case)| case.reference == *reference)
            .find_map(|(id, _)| register.form_of(audit, code, id));
        let (id, form) = case.ok_or_else(|| Error::NoCase(reference.clone()))?;
        let content = document.form_content(id)?;
        let filled = FilledForm {
            reference,
            form,
            answers: &content.answers,
            dates: &content.dates,
        };
        self.told.extend(filled.written(tool, code));
        let footer = format!("{footer} · {reference} · Confidential");
        let paper = form_paper(tool, agency, Some(&filled), &footer);
        Ok((paper, format!("the form for {reference}")))
    }

    /// The tool that is named, or the one of the audit.
    fn tool(&self, request: &FormRequest) -> Result<&'a Tool> {
        let (register, catalogue) = (self.document.register(), self.document.catalogue());
        match &request.tool {
            Some(name) => register
                .tool(name)
                .or_else(|| catalogue.tool(name))
                .or_else(|| register.tool_of_slug(name))
                .ok_or_else(|| Error::NoTool(name.clone())),
            None => {
                let audit = self.one_audit()?;
                register
                    .tool_of(audit)
                    .ok_or_else(|| Error::NoAudit(audit.to_string()))
            }
        }
    }
}
