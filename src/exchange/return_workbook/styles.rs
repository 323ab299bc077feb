//! How the cells of a workbook look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const INK: Color = Color::RGB(0x0b_0c0c);
const GREY: Color = Color::RGB(0x6f_777b);
const LINE: Color = Color::RGB(0xb1_b4b6);
/// Cells to fill in.
const OPEN: Color = Color::RGB(0xff_f7d6);
/// Cells in which nothing belongs.
const CLOSED: Color = Color::RGB(0xee_efef);
const HEAD: Color = Color::RGB(0x1d_3557);
const SECTION: Color = Color::RGB(0xdb_e5f0);

/// Every look there is.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) help: Format,
    pub(super) head: Format,
    pub(super) section: Format,
    pub(super) code: Format,
    pub(super) words: Format,
    pub(super) closed: Format,
    pub(super) small: Format,
    pub(super) text: Format,
    pub(super) choice: Format,
    pub(super) date: Format,
    pub(super) time: Format,
    pub(super) number: Format,
    pub(super) label: Format,
    pub(super) says: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let base = Format::new()
            .set_font_color(INK)
            .set_align(FormatAlign::Top)
            .set_text_wrap();
        let cell = base
            .clone()
            .set_border(FormatBorder::Thin)
            .set_border_color(LINE);
        let open = cell.clone().set_background_color(OPEN).set_unlocked();
        Self {
            title: Format::new()
                .set_bold()
                .set_font_size(16)
                .set_font_color(INK),
            help: Format::new().set_font_color(INK),
            head: cell
                .clone()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(HEAD),
            section: Format::new()
                .set_bold()
                .set_font_size(12)
                .set_font_color(INK)
                .set_background_color(SECTION),
            code: cell.clone().set_bold(),
            words: cell.clone(),
            closed: cell.clone().set_background_color(CLOSED),
            small: Format::new()
                .set_font_size(7)
                .set_font_color(GREY)
                .set_align(FormatAlign::Top),
            // As text, so that a note that begins with a dash or an equals sign stays a note.
            text: open.clone().set_num_format("@"),
            choice: open.clone(),
            date: open
                .clone()
                .set_num_format("dd/mm/yyyy")
                .set_align(FormatAlign::Right),
            time: open
                .clone()
                .set_num_format("hh:mm")
                .set_align(FormatAlign::Right),
            number: open.set_num_format("0").set_align(FormatAlign::Right),
            label: base.clone().set_bold(),
            says: base,
        }
    }
}
