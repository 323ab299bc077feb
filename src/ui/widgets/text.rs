//! Words on a page.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontFamily, FontId, Response, RichText, Sense, Ui, Vec2};

use crate::ui::fonts;
use crate::ui::theme::{Palette, size};

/// The title of a page.
pub fn title(ui: &mut Ui, text: &str) -> Response {
    let rich = RichText::new(text).font(FontId::new(size::TITLE, fonts::strong()));
    announced(ui.label(rich), text)
}

/// A heading within a page.
pub fn heading(ui: &mut Ui, text: &str) -> Response {
    announced(ui.heading(text), text)
}

/// Tells assistive programs that this is a heading.
fn announced(response: Response, text: &str) -> Response {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_label(text);
    });
    response
}

/// The label of a field.
pub fn label(ui: &mut Ui, text: &str) -> Response {
    ui.label(strong(text))
}

/// A line of explanation.
pub fn hint(ui: &mut Ui, text: &str) -> Response {
    let colour = Palette::of(ui.ctx()).soft_text;
    ui.label(RichText::new(text).color(colour))
}

/// A small line of explanation.
pub fn caption(ui: &mut Ui, text: &str) -> Response {
    let colour = Palette::of(ui.ctx()).soft_text;
    ui.label(RichText::new(text).size(size::SMALL).color(colour))
}

/// Running text.
pub fn paragraph(ui: &mut Ui, text: &str) -> Response {
    ui.label(text)
}

/// Text in the heavier weight.
pub fn strong(text: &str) -> RichText {
    RichText::new(text).family(fonts::strong())
}

/// A paragraph that begins in the heavier weight.
pub fn led_in(ui: &mut Ui, strong: &str, rest: &str) -> Response {
    let ink = Palette::of(ui.ctx()).text;
    let format = |family| TextFormat::simple(FontId::new(size::BODY, family), ink);
    let mut job = LayoutJob::default();
    job.append(strong, 0.0, format(fonts::strong()));
    let rest = format!(" {rest}");
    job.append(&rest, 0.0, format(FontFamily::Proportional));
    ui.add(egui::Label::new(job).wrap())
}

/// An icon, drawn only: the words beside it say the same to an assistive program.
pub fn icon(ui: &mut Ui, icon: &str, points: f32, colour: Color32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(points + 2.0), Sense::hover());
    let font = FontId::new(points, FontFamily::Proportional);
    ui.painter().text(
        rect.center(),
        egui::Align2::CENTER_CENTER,
        icon,
        font,
        colour,
    );
}
