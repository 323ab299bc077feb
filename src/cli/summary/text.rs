//! The summary to read.

use std::io::{self, Write};

use super::{agreement, comparison};
use crate::analysis::comparison::re_audit;
use crate::analysis::coverage::{Coverage, coverage};
use crate::analysis::interval::share;
use crate::analysis::summary::{AuditSummary, GradeCounts, Heading, summary, themes_across};
use crate::analysis::timescales::{RuleSummary, timescales};
use crate::analysis::unknown::unknown;
use crate::analysis::{AuditFacts, Basis, Facts, Filter};
use crate::cli::table::Table;
use crate::cli::words::counted;
use crate::domain::audit::Audit;
use crate::domain::catalogue::Catalogue;
use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::score::count_words;
use crate::domain::tool::Tool;

/// What the text is made from.
pub(super) struct Text<'a> {
    pub(super) register: &'a Register,
    pub(super) catalogue: &'a Catalogue,
    pub(super) facts: &'a Facts,
    pub(super) basis: Basis,
}

impl Text<'_> {
    /// One audit, or all and the themes across them.
    pub(super) fn write(&self, only: Option<RecordId>, out: &mut dyn Write) -> io::Result<()> {
        if let Some(partnership) = self.register.partnership() {
            writeln!(out, "{}", partnership.name)?;
        }
        if self.register.is_worked_example() {
            writeln!(out, "WORKED EXAMPLE: every case in this file is invented.")?;
        }
        let audits = self.facts.audits.iter();
        for facts in audits.filter(|facts| only.is_none_or(|only| only == facts.audit)) {
            if let Some(audit) = self.register.audits.get(&facts.audit) {
                self.audit(audit, facts, out)?;
            }
        }
        match self.facts.audits.len() {
            0 => writeln!(out, "\nThere is no audit in this file yet."),
            1 => Ok(()),
            _ => self.across(out),
        }
    }

    fn audit(&self, audit: &Audit, facts: &AuditFacts, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}", audit.title)?;
        let scope = &audit.scope;
        let date = |date: Option<_>| date.map_or_else(|| "?".to_owned(), written_date);
        let period = format!("{} to {}", date(scope.from), date(scope.to));
        let cases = counted(facts.cases.len(), "case");
        writeln!(out, "  {}, {cases}, practice of {period}", audit.tool)?;
        let first = audit.re_audit_of;
        if let Some(first) = first.and_then(|first| self.register.audits.get(&first)) {
            writeln!(out, "  Re-audit of {}", first.title)?;
        }
        self.coverage(facts, out)?;
        let everything = Filter::default();
        let summed = summary(
            self.register,
            self.facts,
            facts.audit,
            self.basis,
            &everything,
        );
        if let Some(summed) = summed {
            self.overall(&audit.tool, &summed, out)?;
            self.themes(&summed, out)?;
        }
        self.timescales(facts, out)?;
        agreement::write(self.register, facts, out)?;
        agreement::write_changes(self.register, facts, out)?;
        for own in unknown(self.register, facts) {
            writeln!(out, "\n  {}", own.words)?;
        }
        let compared = re_audit(
            self.register,
            self.facts,
            facts.audit,
            self.basis,
            &everything,
        );
        match compared {
            Some(compared) => comparison::write(self.register, &compared, out),
            None => Ok(()),
        }
    }

    fn coverage(&self, facts: &AuditFacts, out: &mut dyn Write) -> io::Result<()> {
        let covered = coverage(self.register, facts.audit, &Filter::default());
        let mut table = Table::new([
            "Forms",
            "expected",
            "submitted",
            "not known",
            "declined",
            "outstanding",
        ]);
        let mut row = |name: &str, forms: &Coverage| {
            table.row([
                name.to_owned(),
                forms.expected.to_string(),
                forms.submitted.to_string(),
                forms.not_known.to_string(),
                forms.declined.to_string(),
                forms.outstanding.to_string(),
            ]);
        };
        for (code, forms) in &covered.by_agency {
            row(self.register.agency_short(code), forms);
        }
        row("All agencies", &covered.whole);
        writeln!(out)?;
        table.write(out)
    }

    fn overall(&self, tool: &str, summed: &AuditSummary, out: &mut dyn Write) -> io::Result<()> {
        let Some(scale) = self
            .register
            .tool(tool)
            .and_then(|tool: &Tool| tool.scale(&tool.grade_scale))
        else {
            return Ok(());
        };
        let given = summed.overall.iter().map(|(_, counts)| counts);
        if given
            .chain([&summed.overall_panel])
            .all(GradeCounts::is_empty)
        {
            return Ok(());
        }
        let headings = scale.values.iter().map(|value| value.label.clone());
        let mut table = Table::new(
            ["Overall grade".to_owned()]
                .into_iter()
                .chain(headings)
                .chain(["graded".to_owned()]),
        );
        let mut row = |name: &str, counts: &GradeCounts| {
            let count = |id: &String| counts.get(id).copied().unwrap_or(0);
            let cells = scale.values.iter().map(|value| count(&value.id));
            let graded = counts.values().sum::<usize>();
            let numbers = cells.chain([graded]).map(|count| count.to_string());
            table.row([name.to_owned()].into_iter().chain(numbers));
        };
        for (code, counts) in &summed.overall {
            row(self.register.agency_short(code), counts);
        }
        row("Panel", &summed.overall_panel);
        writeln!(out)?;
        table.write(out)
    }

    fn themes(&self, summed: &AuditSummary, out: &mut dyn Write) -> io::Result<()> {
        let title = match self.basis {
            Basis::Agency => "Themes, agencies' answers",
            Basis::Panel => "Themes, panel's judgements",
        };
        let mut table = Table::new([title, "favourable", "95 %", "not evidenced", "cases"]);
        for theme in &summed.themes {
            let share = share(theme.favourable, theme.scored);
            table.row([
                self.theme_name(&theme.id),
                count_words(theme.favourable, theme.scored),
                share.map_or_else(String::new, |share| share.words()),
                theme.not_evidenced.to_string(),
                theme.cases.to_string(),
            ]);
        }
        writeln!(out)?;
        table.write(out)
    }

    fn theme_name(&self, id: &str) -> String {
        let theme = self.catalogue.theme(id);
        theme.map_or_else(|| id.to_owned(), |theme| format!("{id} {}", theme.short))
    }

    fn timescales(&self, facts: &AuditFacts, out: &mut dyn Write) -> io::Result<()> {
        let local = self
            .register
            .partnership()
            .and_then(|partnership| partnership.local_rules.as_deref());
        let rules = timescales(facts, self.catalogue, local, &Filter::default());
        if rules.is_empty() {
            return Ok(());
        }
        let mut table = Table::new([
            "Timescales",
            "kind",
            "met",
            "missed",
            "one way only",
            "no limit",
            "cannot compute",
            "how long it took",
        ]);
        for rule in &rules {
            table.row(timescale_cells(rule));
        }
        writeln!(out)?;
        table.write(out)
    }

    fn across(&self, out: &mut dyn Write) -> io::Result<()> {
        let title = |facts: &AuditFacts| {
            let audit = self.register.audits.get(&facts.audit);
            audit.map_or_else(String::new, |audit| audit.title.clone())
        };
        let titles = self.facts.audits.iter().map(title);
        let mut table = Table::new(
            ["Themes across audits".to_owned()]
                .into_iter()
                .chain(titles),
        );
        for theme in themes_across(self.facts, self.basis, &Filter::default()) {
            let words = |heading: &Option<Heading>| {
                heading.as_ref().map_or_else(
                    || "not asked".to_owned(),
                    |heading| count_words(heading.favourable, heading.scored),
                )
            };
            let cells = theme.by_audit.iter().map(|(_, heading)| words(heading));
            table.row([self.theme_name(&theme.theme)].into_iter().chain(cells));
        }
        writeln!(out)?;
        table.write(out)
    }
}

fn timescale_cells(rule: &RuleSummary) -> [String; 8] {
    [
        format!("{} {}", rule.rule, rule.title_with_limit()),
        rule.kind.label().to_lowercase(),
        rule.met.to_string(),
        rule.missed.to_string(),
        rule.one_convention_only.to_string(),
        rule.no_limit.to_string(),
        rule.cannot_compute.to_string(),
        rule.length_words().unwrap_or_default(),
    ]
}
