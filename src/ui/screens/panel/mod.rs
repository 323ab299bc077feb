//! The panel day: one case, every agency's answers side by side, the panel's judgement beside
//! them, the overall grade and the case's timeline. Made for a projector and for the keyboard.

mod agree;
mod agree_date;
mod answers;
mod card;
mod concerns;
mod dates;
mod fields;
mod head;
mod judge;
mod keys;
mod overall;
mod presence;
mod questions;
mod timeline;

use egui::Ui;

use agree::AgreeDialog;
use agree_date::DateDialog;
use fields::FieldKey;

use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::session::{OpenCase, Session};
use crate::ui::act::Act;
use crate::ui::dialogs::Ask;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Drafts};

/// What of the case is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    /// Question by question.
    #[default]
    Questions,
    /// The overall grade.
    Overall,
    /// Key dates and timescales.
    Timeline,
}

/// In which order the questions stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Order {
    /// Where the agencies differ first.
    #[default]
    Differences,
    /// As in the tool.
    Tool,
}

/// Which dialog is open.
enum Dialog {
    Agree(AgreeDialog),
    /// An overall grade above the suggestion, and why.
    Above(String, Ask),
    /// A key date the panel agrees.
    Date(Box<DateDialog>),
}

/// The panel's own state: where one is and what is typed.
#[derive(Default)]
pub struct PanelScreen {
    case: Option<RecordId>,
    page: Page,
    order: Order,
    /// The question worked on.
    current: Option<String>,
    drafts: Drafts<FieldKey>,
    dialog: Option<Dialog>,
    scroll_to: Option<String>,
    /// Where a link elsewhere leads once the case is open: a question, or the overall grade.
    wanted: Option<(RecordId, Option<String>)>,
    /// The key date worked on, among those that differ.
    date: Option<String>,
    scroll_to_date: bool,
    focus: Option<FieldKey>,
}

/// What the parts of the screen draw from.
#[derive(Clone, Copy)]
struct Scene<'a> {
    session: &'a Session,
    open: &'a OpenCase,
}

impl<'a> Scene<'a> {
    fn editable(&self) -> bool {
        !self.session.file().read_only
    }

    fn judgement(&self, question: Option<&str>) -> Option<&'a Judgement> {
        self.open.judgement(self.session.register(), question)
    }

    fn agency(&self, code: &'a str) -> &'a str {
        self.session.register().agency_short(code)
    }

    fn agencies(&self, codes: &'a [String]) -> String {
        let names: Vec<&str> = codes.iter().map(|code| self.agency(code)).collect();
        names.join(", ")
    }
}

/// Widest column of the screen, in points.
const WIDTH: f32 = 1200.0;

impl PanelScreen {
    /// Forgets the words that the document has, when the file is locked.
    pub fn forget_kept(&mut self) {
        self.drafts.forget_kept();
    }

    /// Goes to a question of a case, or to its overall grade, as a link elsewhere asked.
    pub fn open_at(&mut self, case: RecordId, question: Option<String>) {
        self.wanted = Some((case, question));
    }

    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, case: RecordId) -> Vec<Act> {
        if !session.register().cases.contains_key(&case) {
            return vec![Act::Back];
        }
        let Some(open) = session.case().filter(|open| open.case == case) else {
            widgets::page(ui, 400.0, |ui| widgets::hint(ui, "Opening the case…"));
            return Vec::new();
        };
        if self.case != Some(case) {
            self.begin(case);
        }
        if let Some((_, question)) = self.wanted.take_if(|(wanted, _)| *wanted == case) {
            self.page = match question {
                Some(question) => {
                    self.go_to(question);
                    Page::Questions
                }
                None => Page::Overall,
            };
        }
        let scene = Scene { session, open };
        let before = self.current.clone();
        let mut acts = self.keys(ui, scene);
        self.head(ui, scene, &mut acts);
        ui.push_id((case, self.page as u8), |ui| {
            widgets::page(ui, WIDTH, |ui| {
                keys::scroll(ui, self.page != Page::Overall);
                match self.page {
                    Page::Questions => self.questions_page(ui, scene, &mut acts),
                    Page::Overall => self.overall_page(ui, scene, &mut acts),
                    Page::Timeline => self.timeline_page(ui, scene, &mut acts),
                }
                ui.add_space(space::PART);
            });
        });
        self.dialogs(ui, scene, &mut acts);
        if before != self.current {
            // The fields of the question that was left are out of sight now.
            acts.extend(self.flush(session));
        }
        acts
    }

    /// Another case: from the top, in the same view.
    fn begin(&mut self, case: RecordId) {
        self.case = Some(case);
        self.current = None;
        self.scroll_to = None;
        self.date = None;
        self.focus = None;
        self.dialog = None;
    }

    fn go_to(&mut self, question: String) {
        self.scroll_to = Some(question.clone());
        self.current = Some(question);
    }
}
