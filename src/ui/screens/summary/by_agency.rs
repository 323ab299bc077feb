//! Every agency's count side by side, question by question, section by section.

use std::collections::BTreeMap;

use egui::{Ui, Vec2};

use super::super::behind::{Number, Only};
use super::Part;
use crate::analysis::summary::QuestionTally;
use crate::domain::tool::{Kind, Question, Tool};
use crate::ui::theme::{size, space};
use crate::ui::widgets::{self, HeatCell, caption, card, hint};

/// Draws one table a section.
pub(super) fn tables(ui: &mut Ui, part: &mut Part<'_>) {
    let (summary, session) = (&part.counted.summary, part.session);
    let Some(tool) = session.register().tool_of(part.audit) else {
        return;
    };
    let mut number = None;
    let mut columns: Vec<Option<String>> = Vec::new();
    for tally in &summary.questions {
        if !columns.contains(&tally.agency) {
            columns.push(tally.agency.clone());
        }
    }
    for section in &tool.sections {
        let rows: Vec<&QuestionTally> = summary
            .questions
            .iter()
            .filter(|tally| tally.section == section.id)
            .collect();
        if rows.is_empty() {
            continue;
        }
        card(ui, |ui| {
            widgets::heading(ui, &section.title);
            let table = Table {
                part,
                tool,
                columns: &columns,
            };
            widgets::sideways(ui, &section.id, |ui| table.show(ui, &rows, &mut number));
        });
        ui.add_space(space::NEAR);
    }
    if number.is_some() {
        part.number = number;
    }
}

struct Table<'a> {
    part: &'a Part<'a>,
    tool: &'a Tool,
    columns: &'a [Option<String>],
}

const QUESTION: f32 = 250.0;
const CELL: Vec2 = Vec2::new(92.0, 40.0);

impl Table<'_> {
    fn show(&self, ui: &mut Ui, rows: &[&QuestionTally], number: &mut Option<Number>) {
        ui.spacing_mut().item_spacing = Vec2::new(2.0, 3.0);
        ui.horizontal(|ui| {
            ui.allocate_exact_size(Vec2::new(QUESTION, 18.0), egui::Sense::hover());
            for agency in self.columns {
                ui.allocate_ui(Vec2::new(CELL.x, 18.0), |ui| {
                    ui.set_min_width(CELL.x);
                    ui.add(
                        egui::Label::new(widgets::strong(self.part.who(agency)).size(size::SMALL))
                            .truncate(),
                    );
                });
            }
        });
        let mut by_question: BTreeMap<usize, Vec<&QuestionTally>> = BTreeMap::new();
        for tally in rows {
            if let Some(at) = self
                .tool
                .questions
                .iter()
                .position(|question| question.id == tally.question)
            {
                by_question.entry(at).or_default().push(tally);
            }
        }
        for (at, tallies) in by_question {
            let question = &self.tool.questions[at];
            ui.push_id(&question.id, |ui| self.row(ui, question, &tallies, number));
        }
    }

    fn row(
        &self,
        ui: &mut Ui,
        question: &Question,
        tallies: &[&QuestionTally],
        number: &mut Option<Number>,
    ) {
        ui.horizontal(|ui| {
            ui.allocate_ui(Vec2::new(QUESTION, CELL.y), |ui| {
                ui.set_min_size(Vec2::new(QUESTION, CELL.y));
                ui.vertical(|ui| {
                    ui.set_max_width(QUESTION - 8.0);
                    let text = egui::RichText::new(format!("{}  {}", question.code, question.text))
                        .size(size::SMALL);
                    ui.add(egui::Label::new(text).wrap());
                });
            });
            for agency in self.columns {
                let tally = tallies.iter().find(|tally| tally.agency == *agency);
                match tally {
                    Some(tally) => self.cell(ui, question, tally, number),
                    None => {
                        ui.allocate_exact_size(CELL, egui::Sense::hover());
                    }
                }
            }
        });
    }

    fn cell(
        &self,
        ui: &mut Ui,
        question: &Question,
        tally: &QuestionTally,
        number: &mut Option<Number>,
    ) {
        let agency = self.part.who(&tally.agency);
        let counts = self.in_words(question, tally);
        if !question.is_scored() {
            ui.allocate_ui(CELL, |ui| {
                ui.set_min_size(CELL);
                let words = match question.kind {
                    Kind::Text => "in words",
                    Kind::Date | Kind::Number | Kind::Ratio => "in figures",
                    _ if counts.is_empty() => "no answer",
                    _ => "for context",
                };
                caption(ui, words).on_hover_text(counts);
            });
            return;
        }
        let cell = HeatCell {
            place: &format!("{}, {agency}", question.code),
            count: Some((tally.tally.favourable, tally.tally.scored)),
            chosen: false,
            change: None,
        };
        let response = cell.show(ui, CELL).on_hover_ui(|ui| {
            hint(ui, &counts);
        });
        if response.clicked() {
            let filter = self.part.filter.of_agency(tally.agency.as_deref());
            let title = format!("{}, {agency}", question.code);
            *number = Some(Number::some(
                title,
                filter,
                Some(&question.id),
                Only::Counted,
            ));
        }
    }

    /// "Good 5, Inadequate 1 · 1 not applicable · 2 not evidenced"
    fn in_words(&self, question: &Question, tally: &QuestionTally) -> String {
        let options = self.tool.options(question);
        let given = options.iter().filter_map(|option| {
            tally
                .tally
                .counts
                .get(&option.id)
                .map(|count| format!("{} {count}", option.label))
        });
        let mut parts = vec![given.collect::<Vec<_>>().join(", ")];
        for (count, words) in [
            (tally.tally.not_applicable, "not applicable"),
            (tally.tally.not_evidenced, "not evidenced"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {words}"));
            }
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }
}
