//! Where one is in the window, what belongs to each screen, and the way back.

use crate::domain::id::RecordId;

/// The screens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Before a file is open.
    Start,
    /// Setting up a new register.
    NewRegister,
    /// The audits of the register.
    Audits,
    /// Making a new audit.
    NewAudit,
    /// One audit: its cases and forms.
    Audit(RecordId),
    /// Filling in a form.
    Form(RecordId),
    /// Checking a form before it is submitted.
    Review(RecordId),
    /// The panel's day: one case, every agency side by side.
    Panel(RecordId),
    /// The summary of one audit.
    Summary(RecordId),
    /// The agencies' returns of one audit: whose is where, whom to chase.
    Returns(RecordId),
    /// Who was at the panel of one audit.
    Attendance(RecordId),
    /// The findings of one audit.
    Findings(RecordId),
    /// Editing a finding.
    Finding(RecordId),
    /// Writing the new finding that was begun last, of this audit.
    NewFinding(RecordId),
    /// The practice concerns of one audit and their follow-up.
    Concerns(RecordId),
    /// The actions of one audit, or all.
    Actions(Option<RecordId>),
    /// One action.
    Action(RecordId),
    /// Writing a new action that answers this finding.
    NewAction(RecordId),
    /// Reading decisions of the BMG in.
    Decisions,
    /// What an audit sets out to do.
    Scope(RecordId),
    /// Making return files of one audit.
    MakeReturns(RecordId),
    /// Merging returns.
    Merge,
    /// Settling conflicts, of one audit or of all.
    Conflicts(Option<RecordId>),
    /// Themes across audits.
    Themes,
    /// One theme through the audits.
    Theme(String),
    /// Export.
    Export(Option<RecordId>),
    /// Reading the tools.
    Tools,
    /// The history of one record.
    History(RecordId),
    /// Passphrase, lock and copies of the open file.
    Safekeeping,
    /// How long the forms of one audit are kept, or of all.
    Retention(Option<RecordId>),
    /// Taking a name out of the file and its history.
    Redact,
    /// Looking for words in the file.
    Search,
    /// The help.
    Help,
    /// Look, zoom, role.
    Settings,
}

/// The places of the bar above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The audits and all that is done in one.
    Audits,
    /// The actions and the decisions on them.
    Actions,
    /// Themes across audits.
    Themes,
    /// Reading the tools.
    Tools,
    /// Export.
    Export,
}

impl Route {
    /// The place of the bar a screen belongs to; none where it can be come to from all of them.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Audits
            | Self::NewAudit
            | Self::Audit(_)
            | Self::Returns(_)
            | Self::MakeReturns(_)
            | Self::Merge
            | Self::Conflicts(_)
            | Self::Form(_)
            | Self::Review(_)
            | Self::Panel(_)
            | Self::Attendance(_)
            | Self::Summary(_)
            | Self::Findings(_)
            | Self::Finding(_)
            | Self::NewFinding(_)
            | Self::Concerns(_)
            | Self::Scope(_)
            | Self::Retention(_) => Some(Place::Audits),
            Self::Actions(_) | Self::Action(_) | Self::NewAction(_) | Self::Decisions => {
                Some(Place::Actions)
            }
            Self::Themes | Self::Theme(_) => Some(Place::Themes),
            Self::Tools => Some(Place::Tools),
            Self::Export(_) => Some(Place::Export),
            Self::Start
            | Self::NewRegister
            | Self::History(_)
            | Self::Safekeeping
            | Self::Redact
            | Self::Search
            | Self::Help
            | Self::Settings => None,
        }
    }

    /// How what is typed on a screen is kept, where it is not saved as one goes.
    pub fn kept_how(&self) -> Option<&'static str> {
        match self {
            Self::Finding(_) | Self::NewFinding(_) => {
                Some("Kept when you choose “Keep this finding”")
            }
            Self::Action(_) | Self::NewAction(_) => Some("Kept when you choose “Keep this action”"),
            Self::NewAudit => Some("Kept when you choose “Make the audit”"),
            Self::MakeReturns(_) => Some("Kept when the files are made"),
            _ => None,
        }
    }

    /// The page of the help and its part that speak of a screen; those of a return are others.
    pub fn help(&self, is_return: bool) -> (&'static str, &'static str) {
        match self {
            Self::Start | Self::Audits | Self::Audit(_) if is_return => ("auditor", "your-return"),
            Self::Form(_) => ("auditor", "filling-in-a-form"),
            Self::Review(_) => ("auditor", "overall-grade-and-submitting"),
            Self::Panel(_) | Self::Attendance(_) => ("chair", "the-panel-day"),
            Self::Summary(_) => ("chair", "the-summary-of-an-audit"),
            Self::Themes | Self::Theme(_) => ("chair", "themes-across-audits"),
            Self::Findings(_)
            | Self::Finding(_)
            | Self::NewFinding(_)
            | Self::Concerns(_)
            | Self::Actions(_)
            | Self::Action(_)
            | Self::NewAction(_)
            | Self::Decisions => ("chair", "findings-and-actions"),
            Self::Export(_) => ("chair", "papers-and-data"),
            Self::Start | Self::NewRegister => ("office", "a-new-register"),
            Self::Audits | Self::Audit(_) => ("office", "your-first-audit"),
            Self::NewAudit | Self::Scope(_) | Self::Tools => ("office", "scope-and-sample"),
            Self::Returns(_) | Self::MakeReturns(_) => {
                ("office", "returns-sending-out-and-chasing")
            }
            Self::Merge | Self::Conflicts(_) => ("office", "merging-returns"),
            Self::Settings | Self::Safekeeping => ("office", "keeping-the-file-safe"),
            Self::Retention(_) => ("office", "how-long-forms-are-kept"),
            Self::Redact => ("office", "when-a-name-was-typed"),
            Self::History(_) => ("office", "who-changed-what"),
            Self::Search | Self::Help => ("keys", "in-the-search"),
        }
    }
}

/// Where one is and how one came there.
#[derive(Debug)]
pub struct Trail {
    here: Route,
    behind: Vec<Route>,
}

/// How many steps back are kept.
const LONGEST: usize = 50;

impl Default for Trail {
    fn default() -> Self {
        Self {
            here: Route::Start,
            behind: Vec::new(),
        }
    }
}

impl Trail {
    /// The screen shown.
    pub fn here(&self) -> &Route {
        &self.here
    }

    /// Goes to a screen.
    pub fn go(&mut self, route: Route) {
        if route != self.here {
            self.behind.push(std::mem::replace(&mut self.here, route));
            if self.behind.len() > LONGEST {
                self.behind.remove(0);
            }
        }
    }

    /// Goes back one screen, if there is one.
    pub fn back(&mut self) {
        if let Some(route) = self.behind.pop() {
            self.here = route;
        }
    }

    /// Where going back leads.
    pub fn behind(&self) -> Option<Route> {
        self.behind.last().cloned()
    }

    /// Whether there is a way back.
    pub fn can_go_back(&self) -> bool {
        !self.behind.is_empty()
    }

    /// Begins anew at a screen, without a way back.
    pub fn begin(&mut self, route: Route) {
        self.here = route;
        self.behind.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_leads_where_one_came_from() {
        let mut trail = Trail::default();
        trail.go(Route::Audits);
        trail.go(Route::Audits);
        trail.go(Route::Themes);
        trail.back();
        assert_eq!(trail.here(), &Route::Audits);
        trail.back();
        assert_eq!(trail.here(), &Route::Start);
        assert!(!trail.can_go_back());
        trail.back();
        assert_eq!(trail.here(), &Route::Start);
    }
}
