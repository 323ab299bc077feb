//! What in a typed text may identify somebody, said under its field. It warns; it stops nobody.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use egui::cache::{ComputerMut, FrameCache};
use egui::{Context, Id, RichText, Ui};

use super::icon;
use crate::domain::catalogue::Catalogue;
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, size};

/// Gives the fields of this window the built-in words that names are told by.
pub fn install(ctx: &Context, catalogue: &Arc<Catalogue>) {
    ctx.data_mut(|data| data.insert_temp(place(), Arc::clone(catalogue)));
}

fn place() -> Id {
    Id::unique("what identifiers are told by")
}

/// What in `text` may identify somebody, in sentences. Looked for once while the text stays as it
/// is and on the screen.
pub fn warnings(ctx: &Context, text: &str) -> Arc<[String]> {
    let Some(catalogue) = ctx.data(|data| data.get_temp::<Arc<Catalogue>>(place())) else {
        return Arc::default();
    };
    let typed = Typed {
        catalogue: &catalogue,
        text,
    };
    ctx.memory_mut(|memory| Arc::clone(memory.caches.cache::<Kept>().get(typed)))
}

/// The warning under a field called `spoken`; nothing while its text identifies nobody.
pub fn identifying(ui: &mut Ui, spoken: &str, text: &str) {
    let colour = Palette::of(ui.ctx()).tone(Tone::Mixed).ink;
    for warning in warnings(ui.ctx(), text).iter() {
        ui.horizontal_top(|ui| {
            icon(ui, icons::ATTENTION, size::SMALL, colour);
            let words = RichText::new(warning).size(size::SMALL).color(colour);
            let line = ui.add(egui::Label::new(words).wrap());
            line.accessible_name(format!("{spoken}: {warning}"));
        });
    }
}

type Kept = FrameCache<Arc<[String]>, Looking>;

/// The text alone tells one from another: the words that names are told by never change.
#[derive(Clone, Copy)]
struct Typed<'a> {
    catalogue: &'a Catalogue,
    text: &'a str,
}

impl Hash for Typed<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

#[derive(Default)]
struct Looking;

impl ComputerMut<Typed<'_>, Arc<[String]>> for Looking {
    fn compute(&mut self, typed: Typed<'_>) -> Arc<[String]> {
        typed.catalogue.identifiers.warnings(typed.text).into()
    }
}
