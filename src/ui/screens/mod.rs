//! The screens: each reads the session, keeps only what is typed, and returns what the person
//! asked for. One file or folder a screen.

mod actions;
mod attendance;
mod audit;
mod audits;
mod behind;
mod beside;
mod concerns;
mod conflicts;
mod export;
mod filter_bar;
mod findings;
mod first_audit;
mod form;
mod help;
mod history;
mod marked;
mod my_cases;
mod new_audit;
mod new_register;
mod panel;
mod partnerships;
mod redact;
mod retention;
mod returns;
mod review;
mod safekeeping;
mod scope;
mod search;
mod settings;
mod standing;
mod start;
mod summary;
mod theme;
mod themes;
mod tools;
mod uncounted;
mod unlock;

pub use actions::{ActionScreen, ActionsScreen, DecisionsScreen};
pub use attendance::AttendanceScreen;
pub use audit::audit;
pub use audits::AuditsScreen;
pub use concerns::ConcernsScreen;
pub use conflicts::ConflictsScreen;
pub use export::ExportScreen;
pub use findings::{FindingScreen, FindingsScreen};
pub use form::{FormScreen, Page as FormPage};
pub use help::HelpScreen;
pub use history::HistoryScreen;
pub use my_cases::MyCasesScreen;
pub use new_audit::NewAuditScreen;
pub use new_register::NewRegisterScreen;
pub use panel::PanelScreen;
pub use redact::RedactScreen;
pub use retention::RetentionScreen;
pub use returns::{MakeReturnsScreen, MergeScreen, returns};
pub use review::review;
pub use safekeeping::SafekeepingScreen;
pub use scope::ScopeScreen;
pub use search::SearchScreen;
pub use settings::settings;
pub use start::StartScreen;
pub use summary::{SummaryScreen, Topic};
pub use theme::ThemeScreen;
pub use themes::ThemesScreen;
pub use tools::ToolsScreen;
pub use unlock::{UnderWay, UnlockScreen, Unlocking};

use crate::domain::form::FormStatus;

/// The status within a sentence: "This form is submitted."
fn status_of(status: FormStatus) -> &'static str {
    match status {
        FormStatus::NotStarted => "not started",
        FormStatus::InProgress => "in progress",
        FormStatus::Submitted => "submitted",
        FormStatus::NotKnown => "marked as not known to the agency",
        FormStatus::Declined => "declined",
    }
}
