//! Export: what, of which audit, for whom, where to; what goes in; progress; the result.

mod kind;
mod names;
mod options;
mod preview;

use std::path::PathBuf;

use egui::{Frame, Margin, Panel, ScrollArea, TextEdit, Ui};

use crate::analysis::Basis;
use crate::analysis::Filter;
use crate::analysis::suppression::Suppression;
use crate::domain::id::RecordId;
use crate::session::jobs::StillMarked;
use crate::session::settings::Settings;
use crate::session::{ExportKind, ExportRequest, FormRequest, PaperKind, Progress, Session, Year};
use crate::ui::act::{Act, PickFor};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, space};
use crate::ui::widgets::{self, caption, card, hint, label, notice, primary, quiet, secondary};
use kind::Kind;
use names::{Chosen, NamesToCheck};

/// From this width on what and of which stand side by side.
const WIDE: f32 = 780.0;

/// What is chosen so far, and how the export goes.
#[derive(Default)]
pub struct ExportScreen {
    kind: Kind,
    audit: Option<RecordId>,
    basis: Basis,
    publish: bool,
    with_notes: bool,
    agency: Option<String>,
    case: Option<String>,
    year: Option<Year>,
    /// Where to, as typed or picked.
    pub path: String,
    /// The job under way.
    pub progress: Option<Progress>,
    /// What was written last, and what is in it.
    pub done: Option<(PathBuf, String)>,
    came_for: Option<RecordId>,
    /// Which part is counted, as it was on the page one came from.
    part: Option<(Option<RecordId>, Filter)>,
    /// Texts of the export that may identify somebody, with the tick that they were looked at.
    names: NamesToCheck,
}

/// From so much room on, in points, what writes the export stays in sight below the page.
const TALL: f32 = 400.0;

impl ExportScreen {
    /// Draws the screen; `audit` is the audit one came from.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        settings: &Settings,
        audit: Option<RecordId>,
    ) -> Vec<Act> {
        let mut acts = Vec::new();
        if self.came_for != audit {
            self.came_for = audit;
            self.audit = audit;
            self.done = None;
            self.part = None;
        }
        let any = !session.register().audits.is_empty();
        let fixed = ui.available_height() >= TALL;
        if any && fixed {
            self.foot(ui, settings, &mut acts);
        }
        widgets::page(ui, 1040.0, |ui| {
            widgets::title(ui, "Export");
            if session.register().audits.is_empty() {
                card(ui, |ui| hint(ui, "There is no audit to export yet."));
                return;
            }
            self.counted(ui, session);
            if session.file().is_return {
                // An auditor writes the own forms on paper, and nothing else.
                self.how(ui, session, settings, &mut acts);
            } else if ui.available_width() >= WIDE {
                widgets::columns(ui, &[4.0, 5.0], |ui, column| match column {
                    0 => self.what(ui),
                    _ => self.how(ui, session, settings, &mut acts),
                });
            } else {
                self.what(ui);
                ui.add_space(space::NEAR);
                self.how(ui, session, settings, &mut acts);
            }
            if !fixed {
                self.write(ui, settings, &mut acts);
            }
            ui.add_space(space::PART);
        });
        acts
    }

    /// Only this part of an audit, or of all audits, is to be exported.
    pub fn only(&mut self, audit: Option<RecordId>, basis: Basis, filter: Filter) {
        self.came_for = audit;
        self.audit = audit;
        self.basis = basis;
        self.done = None;
        self.part = (!filter.is_empty()).then_some((audit, filter));
    }

    /// The document for what another screen shows, proposed beside the file: the form of a case,
    /// else the paper on the audit.
    pub fn print(&mut self, session: &Session, from: &Route, audit: Option<RecordId>) {
        let register = session.register();
        let reference = |case: RecordId| register.cases.get(&case).map(|own| own.reference.clone());
        self.came_for = audit;
        self.audit = audit;
        self.part = None;
        self.done = None;
        match from {
            Route::Form(form) | Route::Review(form) => {
                let place = register.place_of(*form);
                self.kind = Kind::Form;
                self.agency = place.map(|(_, agency, _)| agency.to_owned());
                self.case = place.and_then(|(_, _, case)| reference(case));
            }
            Route::Panel(case) => {
                self.kind = Kind::Form;
                self.case = reference(*case);
            }
            _ if session.file().is_return => self.kind = Kind::Form,
            Route::Actions(_) | Route::Action(_) => self.kind = Kind::Workbook,
            _ => self.kind = Kind::BmgPaper,
        }
        let name = self.proposed_name(session);
        let beside = session.file().path.with_file_name(name);
        self.path = beside.display().to_string();
    }

    /// What is counted: always in sight before it is written.
    fn counted(&mut self, ui: &mut Ui, session: &Session) {
        let Some((audit, filter)) = &self.part else {
            return;
        };
        if self.audit != *audit {
            self.part = None;
            return;
        }
        let all = session.facts().map_or(&[][..], |facts| &facts.audits);
        let own = all
            .iter()
            .find(|own| Some(own.audit) == *audit)
            .map(std::slice::from_ref);
        let (register, catalogue) = (session.register(), session.catalogue());
        let words = filter.in_words(own.unwrap_or(all), register, catalogue);
        let words = words.unwrap_or_default();
        let mut whole = false;
        notice(ui, Tone::Mixed, icons::INFO, |ui| {
            let page = audit.map_or("under Themes", |_| "on the summary");
            let words = format!("Only a part is counted, as {page}: {words}.");
            widgets::paragraph(ui, &words);
            caption(
                ui,
                "The export says so. All data of an audit is always whole, and a part is never published.",
            );
            whole = quiet(ui, "", "Count everything instead").clicked();
        });
        ui.add_space(space::NEAR);
        if whole {
            self.part = None;
        }
    }

    fn what(&mut self, ui: &mut Ui) {
        card(ui, |ui| {
            for (at, (heading, kinds)) in Kind::GROUPS.into_iter().enumerate() {
                if at > 0 {
                    ui.add_space(space::NEAR);
                }
                label(ui, heading);
                for kind in kinds {
                    self.one_kind(ui, *kind);
                }
            }
        });
    }

    /// A kind with its sentence under its name.
    fn one_kind(&mut self, ui: &mut Ui, kind: Kind) {
        let before = self.kind;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            widgets::keep_in_view(&ui.radio_value(&mut self.kind, kind, kind.name()));
            let beside_the_button = Margin {
                left: 22,
                ..Margin::ZERO
            };
            let sentence = Frame::NONE.inner_margin(beside_the_button);
            sentence.show(ui, |ui| caption(ui, kind.about()));
        });
        if self.kind != before {
            // The path chosen was for another kind of file.
            self.path.clear();
            self.done = None;
        }
    }

    fn how(&mut self, ui: &mut Ui, session: &Session, settings: &Settings, acts: &mut Vec<Act>) {
        card(ui, |ui| self.of_which(ui, session));
        ui.add_space(space::NEAR);
        card(ui, |ui| self.options(ui, session, settings, acts));
        ui.add_space(space::NEAR);
        card(ui, |ui| self.preview(ui, session, settings));
        ui.add_space(space::NEAR);
        card(ui, |ui| self.where_to(ui, session, acts));
        ui.add_space(space::APART);
    }

    /// What writes the export, and what came of it: in a tall window always in sight, however long
    /// the page.
    fn foot(&mut self, ui: &mut Ui, settings: &Settings, acts: &mut Vec<Act>) {
        let palette = Palette::of(ui.ctx());
        let frame = Frame::new()
            .fill(palette.card)
            .inner_margin(Margin::symmetric(26, 7));
        let most = ui.available_height() / 2.0;
        Panel::bottom("export foot").frame(frame).show(ui, |ui| {
            let list = ScrollArea::vertical().max_height(most);
            list.show(ui, |ui| self.came_of_it(ui, acts));
            ui.horizontal_wrapped(|ui| self.begin(ui, settings, acts));
        });
    }

    /// The same at the end of the page, where a foot would leave no room for it.
    fn write(&mut self, ui: &mut Ui, settings: &Settings, acts: &mut Vec<Act>) {
        self.came_of_it(ui, acts);
        ui.horizontal_wrapped(|ui| self.begin(ui, settings, acts));
    }

    fn came_of_it(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        self.names.show(ui);
        self.outcome(ui, acts);
    }

    fn where_to(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        label(ui, "Where to");
        if self.kind == Kind::Csv {
            caption(ui, "A new folder, or an empty one.");
        }
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 120.0).max(120.0);
            let edit = TextEdit::singleline(&mut self.path)
                .desired_width(width)
                .margin(Margin::symmetric(8, 6));
            let response = ui.add(edit);
            widgets::keep_in_view(&response);
            response.accessible_name("Path of the export");
            if secondary(ui, icons::FOLDER, "Choose…").clicked() {
                acts.push(Act::Pick(PickFor::Export(self.proposed_name(session))));
            }
        });
    }

    fn proposed_name(&self, session: &Session) -> String {
        let of = match (self.kind, self.year) {
            (Kind::Annual, Some(year)) => year.to_string(),
            _ => {
                let audit = self.audit.and_then(|id| session.register().audits.get(&id));
                audit
                    .map_or("all audits", |audit| audit.title.as_str())
                    .to_owned()
            }
        };
        let agency = match (self.kind, &self.agency) {
            (Kind::Agency | Kind::Form, Some(code)) => format!(" {code}"),
            _ => String::new(),
        };
        let case = self.case.as_ref().filter(|_| self.kind == Kind::Form);
        let case = case.map_or_else(String::new, |case| format!(" {case}"));
        format!("{of}{case}{agency} {}", self.kind.suffix())
    }

    /// What is still missing, in a sentence.
    fn missing(&self) -> Option<&'static str> {
        if self.kind.is_of_one_audit() && self.audit.is_none() {
            return Some("Choose the audit that is to be exported.");
        }
        match self.kind {
            Kind::Agency if self.agency.is_none() => Some("Choose the agency."),
            Kind::Annual if self.year.is_none() => Some("Choose the year."),
            Kind::Form if self.case.is_some() && self.agency.is_none() => {
                Some("Choose the agency whose form it is.")
            }
            _ if self.path.trim().is_empty() => Some("Choose where to write it."),
            _ => None,
        }
    }

    fn begin(&mut self, ui: &mut Ui, settings: &Settings, acts: &mut Vec<Act>) {
        let missing = self.missing();
        let ready = missing.is_none() && self.progress.is_none();
        let write = |ui: &mut Ui| primary(ui, icons::EXPORT, "Write the export");
        let clicked = ui.add_enabled_ui(ready, write).inner.clicked();
        if let Some(words) = missing {
            caption(ui, words);
        }
        if clicked && let Some(kind) = self.request_kind() {
            self.done = None;
            let names_checked = self.names.ask(self.chosen());
            acts.push(Act::Export(Box::new(ExportRequest {
                kind,
                audit: self.audit.filter(|_| self.kind != Kind::Annual),
                basis: if self.kind.counts() {
                    self.basis
                } else {
                    Basis::Agency
                },
                filter: self.counted_part(),
                publish: self.hiding(settings),
                with_notes: self.holds_notes(),
                names_checked,
                to: PathBuf::from(self.path.trim()),
            })));
        }
    }

    /// What a yes to the names is said of: another export is looked at anew.
    fn chosen(&self) -> Chosen {
        Chosen {
            kind: self.kind,
            audit: self.audit,
            with_notes: self.holds_notes(),
            publish: self.publish && self.kind.can_be_published(),
            agency: self.agency.clone(),
            case: self.case.clone(),
            year: self.year,
            filter: self.counted_part(),
        }
    }

    /// Nothing was written: these are to be looked at first.
    pub fn look_at(&mut self, marked: Vec<StillMarked>) {
        self.progress = None;
        self.names.marked = marked;
    }

    fn counted_part(&self) -> Filter {
        let part = self.part.as_ref().filter(|_| self.kind.counts());
        part.map(|(_, filter)| filter.clone()).unwrap_or_default()
    }

    /// The rule by which small numbers are hidden, where the export is to be published.
    fn hiding(&self, settings: &Settings) -> Option<Suppression> {
        let publish = self.publish && self.kind.can_be_published();
        publish.then(|| Suppression::new(settings.threshold).unwrap_or_default())
    }

    fn holds_notes(&self) -> bool {
        self.with_notes && self.kind.can_hold_notes() && !self.publish
    }

    fn request_kind(&self) -> Option<ExportKind> {
        let paper = match self.kind {
            Kind::BmgJson => return Some(ExportKind::BmgJson),
            Kind::Data => return Some(ExportKind::DataJson),
            Kind::Actions => return Some(ExportKind::ActionsJson),
            Kind::Workbook => return Some(ExportKind::Workbook),
            Kind::Csv => return Some(ExportKind::Csv),
            Kind::BmgPaper => PaperKind::Bmg,
            Kind::Briefing => PaperKind::Briefing,
            Kind::Agency => PaperKind::Agency(self.agency.clone()?),
            Kind::Annual => PaperKind::Annual(self.year?),
            Kind::Form => PaperKind::Form(FormRequest {
                tool: None,
                agency: self.agency.clone(),
                case: self.case.clone(),
            }),
        };
        Some(ExportKind::Paper(paper))
    }

    fn outcome(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        if let Some(progress) = &self.progress {
            ui.horizontal(|ui| {
                widgets::meter(ui, 180.0, progress.done, progress.total);
                let (stage, done, total) = (&progress.stage, progress.done, progress.total);
                let words = if total == 0 {
                    stage.clone()
                } else {
                    format!("{stage} {done} of {total}")
                };
                caption(ui, &words);
                if quiet(ui, "", "Stop").clicked() {
                    acts.push(Act::CancelJob);
                }
            });
        }
        if let Some((path, words)) = &self.done {
            notice(ui, Tone::Good, icons::DONE, |ui| {
                widgets::paragraph(ui, words);
                ui.horizontal(|ui| {
                    if secondary(ui, icons::EXPORT, "Open it").clicked() {
                        acts.push(Act::OpenWritten(path.clone()));
                    }
                    if secondary(ui, icons::FOLDER, "Show in its folder").clicked() {
                        acts.push(Act::ShowInFolder(path.clone()));
                    }
                });
            });
        }
    }
}
