//! What the summary of one audit counts: at once what every topic shows, the rest when its topic is
//! opened.

use std::cell::OnceCell;

use super::Part;
use super::agreement::Compared;
use crate::analysis::comparison::{self, Comparison};
use crate::analysis::coverage::{AuditCoverage, coverage};
use crate::analysis::facts::{AuditFacts, Basis};
use crate::analysis::missing::{MissingCounts, missing};
use crate::analysis::panel_changes::{PanelChanges, panel_changes};
use crate::analysis::summary::{AuditSummary, summary};
use crate::analysis::timescales::{RuleSummary, timescales};
use crate::analysis::unknown::{Unknown, unknown};
use crate::analysis::{Facts, Filter};
use crate::session::Session;

/// What is counted, once for each audit, basis and filter.
pub(super) struct Counted {
    pub(super) summary: AuditSummary,
    pub(super) missing: MissingCounts,
    // What a topic alone shows is counted when it is opened.
    coverage: OnceCell<AuditCoverage>,
    changes: OnceCell<PanelChanges>,
    pub(super) unknown: OnceCell<Vec<Unknown>>,
    timescales: OnceCell<Vec<RuleSummary>>,
    compared: OnceCell<Compared>,
    re_audit: OnceCell<Option<Comparison>>,
}

impl Counted {
    /// In somebody's view, of a part; `None` where the facts do not hold the audit. What cannot be
    /// known is handed in, as far as it is looked for already.
    pub(super) fn of(
        session: &Session,
        (all, facts): (&Facts, &AuditFacts),
        (basis, filter): (Basis, &Filter),
        unknown: OnceCell<Vec<Unknown>>,
    ) -> Option<Self> {
        Some(Self {
            summary: summary(session.register(), all, facts.audit, basis, filter)?,
            missing: missing(facts, basis, filter),
            coverage: OnceCell::new(),
            changes: OnceCell::new(),
            unknown,
            timescales: OnceCell::new(),
            compared: OnceCell::new(),
            re_audit: OnceCell::new(),
        })
    }
}

impl<'a> Part<'a> {
    /// Which forms there are.
    pub(super) fn coverage(&self) -> &'a AuditCoverage {
        let register = self.session.register();
        let counted = || coverage(register, self.audit, self.filter);
        self.counted.coverage.get_or_init(counted)
    }

    /// What the panel judged otherwise.
    pub(super) fn changes(&self) -> &'a PanelChanges {
        let register = self.session.register();
        let counted = || panel_changes(register, self.facts, self.filter);
        self.counted.changes.get_or_init(counted)
    }

    /// What cannot be known of the audit.
    pub(super) fn unknown(&self) -> &'a [Unknown] {
        let register = self.session.register();
        let found = || unknown(register, self.facts);
        self.counted.unknown.get_or_init(found)
    }

    /// Which timescales are met.
    pub(super) fn timescales(&self) -> &'a [RuleSummary] {
        let partnership = self.session.register().partnership();
        let place = partnership.and_then(|partnership| partnership.local_rules.as_deref());
        let catalogue = self.session.catalogue();
        let counted = || timescales(self.facts, catalogue, place, self.filter);
        self.counted.timescales.get_or_init(counted)
    }

    /// How far the agencies agree.
    pub(super) fn compared(&self) -> &'a Compared {
        let counted = || Compared::of(self.facts, self.filter);
        self.counted.compared.get_or_init(counted)
    }

    /// The audit beside the one it repeats, where it repeats one.
    pub(super) fn re_audit(&self) -> Option<&'a Comparison> {
        let (register, all) = (self.session.register(), self.session.facts()?);
        let counted = || comparison::re_audit(register, all, self.audit, self.basis, self.filter);
        self.counted.re_audit.get_or_init(counted).as_ref()
    }
}
