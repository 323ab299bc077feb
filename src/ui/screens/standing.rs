//! What is still to be done for an audit: overdue actions, open follow-ups, findings to look at
//! again, forms whose time is over. Each leads to its screen.

use egui::Ui;

use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, space};
use crate::ui::widgets;

/// Draws a line for each that there is; nothing where all is done. `title` is the audit's.
pub fn standing(ui: &mut Ui, session: &Session, audit: RecordId, title: &str, acts: &mut Vec<Act>) {
    if session.file().is_return {
        return;
    }
    let lines = [
        (
            session.overdue(audit),
            Tone::Poor,
            icons::CLOCK,
            "action overdue",
            "actions overdue",
            Route::Actions(Some(audit)),
        ),
        (
            session.open_concerns(audit),
            Tone::Mixed,
            icons::CONCERN,
            "practice concern to follow up",
            "practice concerns to follow up",
            Route::Concerns(audit),
        ),
        (
            session.flagged(audit).len(),
            Tone::Mixed,
            icons::ATTENTION,
            "finding to look at again",
            "findings to look at again",
            Route::Findings(audit),
        ),
        (
            usize::from(session.forms_due(audit)),
            Tone::Mixed,
            icons::CLOCK,
            "set of forms past its date",
            "sets of forms past their date",
            Route::Retention(Some(audit)),
        ),
    ];
    let any = lines.iter().any(|(count, ..)| *count > 0);
    if !any {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let mut first = true;
        for (count, tone, icon, one, many, route) in lines {
            if count == 0 {
                continue;
            }
            // The sign belongs to what follows it.
            if !std::mem::take(&mut first) {
                ui.add_space(space::APART);
            }
            let words = format!("{count} {}", if count == 1 { one } else { many });
            let ink = Palette::of(ui.ctx()).tone(tone).ink;
            widgets::icon(ui, icon, 14.0, ink);
            let link = widgets::link(ui, &words);
            if link.accessible_name(format!("{words}, {title}")).clicked() {
                acts.push(Act::Go(route));
            }
        }
    });
}
