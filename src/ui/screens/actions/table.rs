//! Actions as a table, in groups.

use egui::{Ui, Vec2};

use super::{Group, Listed, due_words, owner_words, status_badge};
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::route::Route;
use crate::ui::theme::space;
use crate::ui::widgets::{self, caption, card};

/// Shares of the columns: what, owner, due, status, where it comes from.
const SHARES: [f32; 5] = [0.36, 0.21, 0.17, 0.11, 0.15];
const HEADINGS: [&str; 5] = ["What will change", "Owner", "Due", "Status", "From"];

/// Draws a card for each group, in the order in which the groups come first in the list.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    listed: &[Listed<'_>],
    group: Group,
    acts: &mut Vec<Act>,
) {
    let mut groups: Vec<(String, Vec<&Listed<'_>>)> = Vec::new();
    for action in listed {
        let heading = action.group(session, group);
        match groups.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, own)) => own.push(action),
            None => groups.push((heading, vec![action])),
        }
    }
    for (heading, actions) in groups {
        card(ui, |ui| {
            widgets::heading(ui, &format!("{heading} ({})", actions.len()));
            let width = ui.available_width() - 12.0 * SHARES.len() as f32;
            row(ui, width, |ui, at| drop(caption(ui, HEADINGS[at])));
            for action in actions {
                ui.separator();
                ui.push_id(action.id, |ui| line(ui, session, action, width, acts));
            }
        });
        ui.add_space(space::NEAR);
    }
}

fn row(ui: &mut Ui, width: f32, mut cell: impl FnMut(&mut Ui, usize)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        for (at, share) in SHARES.iter().enumerate() {
            let width = (width * share).floor();
            ui.allocate_ui(Vec2::new(width, 0.0), |ui| {
                ui.set_width(width);
                ui.vertical(|ui| cell(ui, at));
            });
        }
    });
}

fn line(ui: &mut Ui, session: &Session, listed: &Listed<'_>, width: f32, acts: &mut Vec<Act>) {
    let action = listed.action;
    row(ui, width, |ui, at| match at {
        0 => {
            let link = widgets::link(ui, &action.what);
            if link
                .accessible_name(format!("Action: {}", action.what))
                .clicked()
            {
                acts.push(Act::Go(Route::Action(listed.id)));
            }
        }
        1 => owner_words(ui, session, action),
        2 => due_words(ui, session, action),
        3 => status_badge(ui, action.status),
        _ => from(ui, session, listed),
    });
}

/// The audit and the finding's number.
fn from(ui: &mut Ui, session: &Session, listed: &Listed<'_>) {
    let audit = session.register().audits.get(&listed.action.audit);
    let title = audit.map_or("", |audit| audit.title.as_str());
    let finding = listed
        .finding
        .map(|finding| format!(", finding {}", finding.number));
    caption(ui, &format!("{title}{}", finding.unwrap_or_default()));
    if listed
        .action
        .finding
        .is_some_and(|id| !session.changed_under(id).is_empty())
    {
        caption(ui, "What its finding rests on changed");
    }
}
