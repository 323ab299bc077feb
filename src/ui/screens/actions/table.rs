//! Actions as a table, in groups.

use egui::{Align, Color32, Layout, Rect, Ui, UiBuilder, Vec2};

use super::{Group, Listed, due_words, owner_words, status_badge};
use crate::domain::action::ActionStatus;
use crate::domain::dates::written_date;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::route::Route;
use crate::ui::theme::space;
use crate::ui::widgets::{self, caption, card};

/// Shares of the columns: what, owner, due, status, where it comes from.
const SHARES: [f32; 5] = [0.36, 0.21, 0.17, 0.11, 0.15];
const DUE: usize = 2;
const STATUS: usize = 3;
/// Between two columns, in points.
const GAP: f32 = 12.0;
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
            let widths = widths(ui);
            row(ui, &widths, |ui, at| drop(caption(ui, HEADINGS[at])));
            for action in actions {
                ui.separator();
                ui.push_id(action.id, |ui| {
                    row(ui, &widths, |ui, at| match at {
                        DUE => due(ui, session, action, group),
                        at => cell(ui, session, action, at, acts),
                    });
                });
            }
        });
        ui.add_space(space::NEAR);
    }
}

/// How wide the columns are, in points: by their shares, and the status as wide as its longest
/// word, from the first column's room.
fn widths(ui: &Ui) -> [f32; 5] {
    let room = ui.available_width() - GAP * SHARES.len() as f32;
    let mut widths = SHARES.map(|share| (room * share).floor());
    let words = ActionStatus::ALL.map(|status| widgets::badge_width(ui, status.label()));
    let least = words.into_iter().fold(0.0, f32::max).ceil();
    let font = egui::TextStyle::Body.resolve(ui.style());
    let date = ui
        .painter()
        .layout_no_wrap("00/00/0000".into(), font, Color32::BLACK);
    for (column, least) in [(STATUS, least), (DUE, date.size().x.ceil())] {
        let lacking = (least - widths[column]).max(0.0);
        widths[column] += lacking;
        widths[0] -= lacking;
    }
    widths
}

/// Draws a cell for each column. No cell moves the next one, however wide what is in it.
fn row(ui: &mut Ui, widths: &[f32; 5], mut cell: impl FnMut(&mut Ui, usize)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for (at, width) in widths.iter().enumerate() {
            let room = Rect::from_min_size(ui.cursor().min, Vec2::new(*width, f32::INFINITY));
            let layout = Layout::top_down(Align::Min);
            let mut own = ui.new_child(UiBuilder::new().id_salt(at).max_rect(room).layout(layout));
            let seen = own
                .clip_rect()
                .intersect(room.expand2(Vec2::new(GAP / 2.0, GAP)));
            own.set_clip_rect(seen);
            cell(&mut own, at);
            let height = own.min_rect().height();
            ui.advance_cursor_after_rect(Rect::from_min_size(room.min, Vec2::new(*width, height)));
        }
    });
}

fn cell(ui: &mut Ui, session: &Session, listed: &Listed<'_>, at: usize, acts: &mut Vec<Act>) {
    let action = listed.action;
    match at {
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
        STATUS => status_badge(ui, action.status),
        _ => from(ui, session, listed),
    }
}

/// Its date; under the heading that says it is overdue the date alone.
fn due(ui: &mut Ui, session: &Session, listed: &Listed<'_>, group: Group) {
    let action = listed.action;
    let told = group == Group::Due && action.is_overdue(session.now().date_naive());
    match action.due.filter(|_| told) {
        Some(due) => drop(ui.label(written_date(due))),
        None => due_words(ui, session, action),
    }
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
