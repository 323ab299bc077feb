//! The fonts of the program: one text font in two weights, one icon font, and egui's own behind
//! them for letters they lack.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily};

/// The family of headings and of words that stand out.
pub fn strong() -> FontFamily {
    FontFamily::Name("strong".into())
}

/// Installs the fonts.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let files: [(&str, &'static [u8]); 3] = [
        (
            "text",
            include_bytes!("../../assets/fonts/atkinson-hyperlegible-next-regular.ttf"),
        ),
        (
            "strong",
            include_bytes!("../../assets/fonts/atkinson-hyperlegible-next-semibold.ttf"),
        ),
        (
            "icons",
            include_bytes!("../../assets/fonts/lucide-subset.ttf"),
        ),
    ];
    for (name, bytes) in files {
        fonts
            .font_data
            .insert(name.into(), Arc::new(FontData::from_static(bytes)));
    }
    let fallback = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let behind = |first: &str| {
        let mut family = vec![first.to_owned(), "icons".to_owned()];
        family.extend(fallback.iter().cloned());
        family
    };
    fonts
        .families
        .insert(FontFamily::Proportional, behind("text"));
    fonts.families.insert(strong(), behind("strong"));
    ctx.set_fonts(fonts);
}
