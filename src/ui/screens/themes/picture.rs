//! The table of themes as a picture for a paper.

use super::{ThemesScreen, theme_name};
use crate::analysis::facts::Basis;
use crate::analysis::summary::ThemeAcross;
use crate::domain::id::RecordId;
use crate::exchange::chart;
use crate::session::Session;

impl ThemesScreen {
    /// The table as a picture for a paper.
    pub(super) fn picture_of(&self, session: &Session, themes: &[ThemeAcross]) -> chart::HeatTable {
        let register = session.register();
        let title = |audit: &RecordId| {
            let audit = register.audits.get(audit);
            audit.map_or_else(String::new, |audit| audit.title.clone())
        };
        let rows = themes.iter().map(|theme| chart::HeatRow {
            label: theme_name(session, &theme.theme).to_owned(),
            cells: theme
                .by_audit
                .iter()
                .map(|(_, heading)| match heading {
                    Some(own) => chart::HeatCell::counted(own.favourable, own.scored),
                    None => chart::HeatCell::NotAsked,
                })
                .collect(),
        });
        let whose = match self.bar.basis {
            Basis::Agency => "agencies' own answers",
            Basis::Panel => "panel judgements",
        };
        let all = session.facts().map_or(&[][..], |facts| &facts.audits);
        let only = self.bar.filter.in_words(all, register, session.catalogue());
        let only = only.map_or_else(String::new, |words| format!(" (only {words})"));
        let audits = themes.first().map_or(&[][..], |theme| &theme.by_audit);
        chart::HeatTable {
            title: format!("Themes across audits, {whose}{only}"),
            columns: audits.iter().map(|(audit, _)| title(audit)).collect(),
            rows: rows.collect(),
            note: Some(chart::NOT_HIDDEN.into()),
        }
    }
}
