//! A picture for a paper: copied, or saved as PNG or SVG, with the words that stand in for it.

use std::path::PathBuf;

use egui::{ColorImage, Id, Modal, ScrollArea, TextEdit, TextureHandle, TextureOptions, Ui};

use crate::exchange::chart::{NOT_HIDDEN, Picture};
use crate::session::PictureRequest;
use crate::ui::act::{Act, PickFor};
use crate::ui::icons;
use crate::ui::theme::space;
use crate::ui::widgets::{caption, heading, label, primary, quiet, secondary};

/// The picture shown and where it goes.
pub struct PictureDialog {
    picture: Picture,
    /// Where to, as typed or picked.
    pub path: String,
    preview: Option<TextureHandle>,
}

/// Pixels to a point of a copied picture.
const COPIED: f32 = 2.0;
const WIDTH: f32 = 560.0;
const HIGHEST_PREVIEW: f32 = 300.0;

impl PictureDialog {
    /// A dialog for this picture.
    pub fn new(picture: Picture) -> Self {
        Self {
            picture,
            path: String::new(),
            preview: None,
        }
    }

    /// Draws it over everything else. Returns what is asked for, and whether it stays open.
    pub fn show(&mut self, ui: &mut Ui) -> (Vec<Act>, bool) {
        let (mut acts, mut open) = (Vec::new(), true);
        let modal = Modal::new(Id::unique("picture")).show(ui.ctx(), |ui| {
            ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 60.0));
            heading(ui, "A picture for a paper");
            caption(
                ui,
                &format!("{NOT_HIDDEN} An export to be published hides them."),
            );
            self.draw(ui);
            egui::CollapsingHeader::new("The same in words").show(ui, |ui| {
                ui.add(egui::Label::new(&self.picture.alt).wrap());
            });
            ui.horizontal(|ui| {
                if secondary(ui, "", "Copy the picture").clicked()
                    && let Some(image) = self.image()
                {
                    ui.ctx().copy_image(image);
                }
                if secondary(ui, "", "Copy the words").clicked() {
                    ui.ctx().copy_text(self.picture.alt.clone());
                }
            });
            ui.add_space(space::NEAR);
            self.save(ui, &mut acts);
            ui.add_space(space::NEAR);
            if quiet(ui, icons::REMOVE, "Close the picture").clicked() {
                open = false;
            }
        });
        if modal.should_close() {
            open = false;
        }
        (acts, open)
    }

    fn image(&self) -> Option<ColorImage> {
        let (width, height, pixels) = self.picture.pixels(COPIED).ok()?;
        Some(ColorImage::from_rgba_unmultiplied([width, height], &pixels))
    }

    fn draw(&mut self, ui: &mut Ui) {
        if self.preview.is_none()
            && let Some(image) = self.image()
        {
            let texture = ui
                .ctx()
                .load_texture("picture", image, TextureOptions::LINEAR);
            self.preview = Some(texture);
        }
        let Some(texture) = &self.preview else {
            return;
        };
        let scroll = ScrollArea::vertical().max_height(HIGHEST_PREVIEW);
        scroll.show(ui, |ui| {
            let image = egui::Image::new(texture)
                .max_width(ui.available_width())
                .alt_text(&self.picture.alt);
            ui.add(image);
        });
    }

    fn save(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        label(ui, "Save it as");
        caption(
            ui,
            "A name that ends in .svg is saved as SVG, any other as PNG.",
        );
        ui.horizontal(|ui| {
            let width = ui.available_width() - 120.0;
            let edit = TextEdit::singleline(&mut self.path)
                .desired_width(width)
                .margin(egui::Margin::symmetric(8, 6));
            ui.add(edit).accessible_name("Path of the picture");
            if secondary(ui, icons::FOLDER, "Choose…").clicked() {
                acts.push(Act::Pick(PickFor::Picture));
            }
        });
        let ready = !self.path.trim().is_empty();
        let save = ui.horizontal_wrapped(|ui| {
            let save =
                ui.add_enabled_ui(ready, |ui| primary(ui, icons::EXPORT, "Save the picture"));
            if !ready {
                caption(ui, "Type or choose where to, first.");
            }
            save.inner
        });
        if save.inner.clicked() {
            acts.push(Act::SavePicture(Box::new(PictureRequest {
                to: PathBuf::from(self.path.trim()),
                picture: self.picture.clone(),
            })));
        }
    }
}
