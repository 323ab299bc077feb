//! Ways from a page, at the right end of a line: in the same order for the eye and for Tab.

use egui::{Align, FontId, Layout, TextStyle, Ui, vec2};

use super::button::{face, primary, quiet, secondary};
use crate::ui::fonts;
use crate::ui::theme::{Palette, size, space};

/// How much a way stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// What is to be done now.
    Primary,
    /// With an edge.
    Framed,
    /// Without.
    Quiet,
}

/// One way.
pub struct Way<'a> {
    /// How much it stands out.
    pub weight: Weight,
    /// Its icon.
    pub icon: &'a str,
    /// The words on it.
    pub words: &'a str,
    /// What an assistive program says.
    pub spoken: String,
}

/// Draws the ways at the right end of the line where they fit beside what stands there, else on
/// lines of their own. Returns which was chosen.
pub fn ways(ui: &mut Ui, ways: &[Way<'_>]) -> Option<usize> {
    let wide = width(ui, ways);
    if ui.available_size_before_wrap().x < wide {
        ui.end_row();
        return ui.horizontal_wrapped(|ui| draw(ui, ways)).inner;
    }
    let from_the_right = Layout::right_to_left(Align::Center);
    let in_order = Layout::left_to_right(Align::Center);
    ui.with_layout(from_the_right, |ui| {
        let room = vec2(wide - ROUNDING, space::BUTTON);
        let own = ui.allocate_ui_with_layout(room, in_order, |ui| draw(ui, ways));
        own.inner
    })
    .inner
}

/// How much more a line of ways may take than was measured, for widths are rounded as they are laid
/// out.
const ROUNDING: f32 = 4.0;

fn draw(ui: &mut Ui, ways: &[Way<'_>]) -> Option<usize> {
    let mut chosen = None;
    for (at, way) in ways.iter().enumerate() {
        let button = match way.weight {
            Weight::Primary => primary,
            Weight::Framed => secondary,
            Weight::Quiet => quiet,
        };
        let response = button(ui, way.icon, way.words).accessible_name(&way.spoken);
        chosen = chosen.or(response.clicked().then_some(at));
    }
    chosen
}

/// How much room they take in one line, in points.
pub fn width(ui: &Ui, ways: &[Way<'_>]) -> f32 {
    let colour = Palette::of(ui.ctx()).text;
    let one = |way: &Way<'_>| {
        let font = match way.weight {
            Weight::Primary => FontId::new(size::BODY, fonts::strong()),
            _ => TextStyle::Button.resolve(ui.style()),
        };
        let words = face(way.icon, way.words);
        let line = ui.painter().layout_no_wrap(words, font, colour);
        line.size().x + 2.0 * ui.spacing().button_padding.x
    };
    let gaps = ui.spacing().item_spacing.x * ways.len().saturating_sub(1) as f32;
    ways.iter().map(one).sum::<f32>() + gaps + ROUNDING
}
