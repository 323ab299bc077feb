//! What the answers add up to: coverage, tallies by question, theme and agency, agreement between
//! agencies, timescales, intervals, and what has to be hidden before publishing.
//!
//! Pure, and knows `domain` only. Rules that hold everywhere here:
//! - only **submitted** forms count; a form in progress may still change;
//! - an answer counts only where the audit's tool asks that question of that agency;
//! - counts with their denominators, never a mean; the two blanks stand apart.

pub mod agreement;
pub mod carry_forward;
pub mod comparison;
pub mod coverage;
pub mod facts;
mod filter;
mod filter_words;
pub mod interval;
pub mod missing;
pub mod panel_changes;
pub mod percentages;
pub mod several;
pub mod steps;
pub mod suggestions;
pub mod summary;
pub mod suppression;
pub mod timeline;
pub mod timescales;
pub mod unknown;

pub use facts::{AskedQuestion, AuditFacts, Basis, Behind, Facts, FactsBuilder, ReadAnew};
pub use filter::Filter;
pub use filter_words::FilterField;
