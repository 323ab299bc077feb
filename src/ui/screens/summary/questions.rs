//! Question by question: the spread of answers as bars, over all agencies or agency by agency, with
//! what does not count beside it.

use egui::{Ui, Vec2};

use super::super::behind::{Number, Only};
use super::super::uncounted::blanks;
use super::{Part, by_agency};
use crate::analysis::missing::Absences;
use crate::analysis::steps::Step;
use crate::analysis::summary::QuestionTally;
use crate::analysis::{Basis, Filter};
use crate::domain::score::Tally;
use crate::domain::tool::{Choice, Kind, Question, Section, Tool};
use crate::exchange::chart::{BarRow, BarTable, Fill, NOT_HIDDEN};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, size, space};
use crate::ui::widgets::{
    self, HeatCell, Part as BarPart, badge, caption, card, hint, option_tone, quiet, small_number,
    spread_bar,
};

/// How the questions are shown.
#[derive(Default)]
pub struct QuestionsView {
    by_agency: bool,
    /// The question whose agencies are shown one by one.
    open: Option<String>,
    /// The question to bring into view.
    scroll_to: Option<String>,
}

const CELL: Vec2 = Vec2::new(96.0, 42.0);
const BESIDE: f32 = 150.0;

impl QuestionsView {
    /// Brings a question into view.
    pub(super) fn go_to(&mut self, question: String) {
        self.by_agency = false;
        self.scroll_to = Some(question);
    }

    /// Draws the page.
    pub(super) fn show(&mut self, ui: &mut Ui, part: &mut Part<'_>) {
        let Some(tool) = part.session.register().tool_of(part.audit) else {
            return;
        };
        ui.horizontal_wrapped(|ui| {
            widgets::keep_in_view(&ui.radio_value(&mut self.by_agency, false, "Spread of answers"));
            let beside = ui.radio_value(&mut self.by_agency, true, "Agencies side by side");
            widgets::keep_in_view(&beside);
        });
        hint(
            ui,
            "Choose any count to see the answers behind it. Not applicable, not evidenced and unanswered are in no other number.",
        );
        widgets::step_key(ui);
        if self.by_agency {
            by_agency::tables(ui, part);
            return;
        }
        for section in &tool.sections {
            let rows = rows_of(part, tool, section);
            if rows.is_empty() {
                continue;
            }
            ui.push_id(&section.id, |ui| {
                card(ui, |ui| self.section(ui, part, tool, section, &rows));
            });
            ui.add_space(space::NEAR);
        }
    }

    fn section(
        &mut self,
        ui: &mut Ui,
        part: &mut Part<'_>,
        tool: &Tool,
        section: &Section,
        rows: &[Row<'_>],
    ) {
        ui.horizontal(|ui| {
            widgets::heading(ui, &section.title);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let picture = quiet(ui, icons::EXPORT, "Picture…");
                let name = format!("Picture of {}…", section.title);
                if picture.accessible_name(name).clicked() {
                    let drawn = picture_of(part, tool, section, rows).draw();
                    part.acts.push(Act::ShowPicture(Box::new(drawn)));
                }
            });
        });
        whole_section(ui, part, section);
        for row in rows {
            ui.push_id(&row.question.id, |ui| {
                ui.separator();
                self.question(ui, part, tool, row);
            });
        }
    }

    fn question(&mut self, ui: &mut Ui, part: &mut Part<'_>, tool: &Tool, row: &Row<'_>) {
        let question = row.question;
        let words = format!("{}  {}", question.code, question.text);
        let shown = ui.add(egui::Label::new(egui::RichText::new(words).size(size::SMALL)).wrap());
        if self.scroll_to.take_if(|id| *id == question.id).is_some() {
            shown.scroll_to_me(Some(egui::Align::Center));
        }
        if !question.is_scored() {
            return unscored(ui, part, tool, row);
        }
        let everyone = match part.basis {
            Basis::Agency => part.filter.agency.clone(),
            Basis::Panel => None,
        };
        let who = match (part.basis, &everyone) {
            (Basis::Panel, _) => "panel".to_owned(),
            (_, None) => "all agencies".to_owned(),
            (_, code) => part.who(code).to_owned(),
        };
        let missing = part.counted.missing.of([question.id.as_str()].into_iter());
        let counted = (&row.whole, &missing);
        line(ui, part, tool, question, counted, (&everyone, &who));
        let several = part.basis == Basis::Agency && row.tallies.len() > 1;
        if !several {
            return;
        }
        let is_open = self.open.as_ref() == Some(&question.id);
        ui.horizontal_wrapped(|ui| {
            let words = if is_open { "Hide agencies" } else { "Agencies" };
            let toggle = quiet(ui, if is_open { icons::REMOVE } else { icons::ADD }, words);
            if toggle
                .accessible_name(format!("{words}, {}", question.code))
                .clicked()
            {
                self.open = (!is_open).then(|| question.id.clone());
            }
            if let Some(two) = apart(&row.tallies) {
                badge(ui, Tone::Mixed, icons::ATTENTION, "Agencies differ");
                two.into_iter()
                    .for_each(|own| agency_link(ui, part, question, own));
            }
        });
        if is_open {
            for tally in &row.tallies {
                ui.push_id(&tally.agency, |ui| {
                    let who = part.who(&tally.agency).to_owned();
                    caption(ui, &who);
                    let missing = part.counted.missing.by(&question.id, &tally.agency);
                    let counted = (&tally.tally, &missing);
                    line(ui, part, tool, question, counted, (&tally.agency, &who));
                });
            }
        }
    }
}

/// A question with what was answered to it.
struct Row<'a> {
    question: &'a Question,
    tallies: Vec<&'a QuestionTally>,
    whole: Tally,
}

fn rows_of<'a>(part: &Part<'a>, tool: &'a Tool, section: &'a Section) -> Vec<Row<'a>> {
    let questions = tool.questions_in(&section.id);
    let rows = questions.filter_map(|question| {
        let tallies = part.counted.summary.questions.iter();
        let tallies: Vec<_> = tallies
            .filter(|tally| tally.question == question.id)
            .collect();
        let mut whole = Tally::default();
        tallies.iter().for_each(|tally| whole.merge(&tally.tally));
        let row = Row {
            question,
            tallies,
            whole,
        };
        (!row.tallies.is_empty()).then_some(row)
    });
    rows.collect()
}

/// The whole section: what counts and what does not.
fn whole_section(ui: &mut Ui, part: &mut Part<'_>, section: &Section) {
    let sections = part.counted.summary.sections.iter();
    let Some(heading) = sections
        .into_iter()
        .find(|heading| heading.id == section.id)
    else {
        return;
    };
    ui.horizontal(|ui| {
        let cell = HeatCell {
            place: &section.title,
            count: Some((heading.favourable, heading.scored)),
            chosen: false,
            change: None,
        };
        if cell.show(ui, CELL).clicked() {
            let filter = Filter {
                section: Some(section.id.clone()),
                ..part.filter.clone()
            };
            part.number = Some(Number::counted(&section.title, filter));
        }
        let filter = Filter {
            section: Some(section.id.clone()),
            ..part.filter.clone()
        };
        ui.vertical(|ui| {
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Wrap);
            caption(ui, "of all answers in this section speak well of practice");
            let number = part
                .uncounted(&filter)
                .of_heading(ui, &section.title, heading);
            part.number = part.number.take().or(number);
        });
    });
}

/// One line: favourable of all that count, the bar, what does not count.
fn line(
    ui: &mut Ui,
    part: &mut Part<'_>,
    tool: &Tool,
    question: &Question,
    (tally, missing): (&Tally, &Absences),
    (agency, who): (&Option<String>, &str),
) {
    let place = format!("{}, {who}", question.code);
    let filter = part.filter.of_agency(agency.as_deref());
    let look = |only: Only, what: &str| {
        let title = format!("{place}{what}");
        Some(Number::some(
            title,
            filter.clone(),
            Some(&question.id),
            only,
        ))
    };
    let mut number = None;
    let options = tool.options(question);
    let parts = bar_parts(question, &options, tally);
    ui.horizontal_top(|ui| {
        let cell = HeatCell {
            place: &place,
            count: Some((tally.favourable, tally.scored)),
            chosen: false,
            change: None,
        };
        if cell.show(ui, CELL).clicked() {
            number = look(Only::Counted, "");
        }
        let width = (ui.available_width() - BESIDE - space::NEAR).max(160.0);
        let chosen = match question.kind {
            Kind::PickMany => picks(ui, &place, width, &parts),
            _ => spread_bar(ui, &place, width, &parts, None),
        };
        if let Some(at) = chosen {
            let what = format!(": {}", options[at].label);
            number = look(Only::Picked(options[at].id.clone()), &what);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.spacing_mut().button_padding.y = 0.0;
            ui.spacing_mut().interact_size.y = 16.0;
            for (blank, words, leads) in blanks(tally.not_applicable, tally.not_evidenced) {
                if small_number(ui, &words, &format!("{place}: {words}"), leads) {
                    number = look(Only::Blank(blank), &format!(": {words}"));
                }
            }
            let uncounted = part.uncounted(&filter);
            let absent = uncounted.not_there(ui, &place, &[&question.id], missing);
            number = number.take().or(absent);
        });
    });
    if number.is_some() {
        part.number = number;
    }
}

/// Where several could be picked the counts add up to more than the answers: no bar is drawn.
fn picks(ui: &mut Ui, place: &str, width: f32, parts: &[BarPart]) -> Option<usize> {
    let mut chosen = None;
    ui.vertical(|ui| {
        ui.set_width(width);
        caption(ui, "Several could be chosen:");
        ui.horizontal_wrapped(|ui| {
            for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.count > 0) {
                let words = format!("{} {}", part.words, part.count);
                if small_number(ui, &words, &format!("{place}: {words}"), true) {
                    chosen = Some(at);
                }
            }
        });
    });
    chosen
}

fn bar_parts(question: &Question, options: &[Choice], tally: &Tally) -> Vec<BarPart> {
    let parts = options.iter().map(|option| BarPart {
        words: option.label.clone(),
        count: tally.counts.get(&option.id).copied().unwrap_or(0),
        tone: option_tone(question, option),
    });
    parts.collect()
}

/// A question that gives context: what was picked, without a share.
fn unscored(ui: &mut Ui, part: &mut Part<'_>, tool: &Tool, row: &Row<'_>) {
    let question = row.question;
    let options = tool.options(question);
    let parts = bar_parts(question, &options, &row.whole);
    ui.horizontal_wrapped(|ui| {
        caption(ui, "For context, not counted:");
        for (at, own) in parts.iter().enumerate().filter(|(_, own)| own.count > 0) {
            let words = format!("{} {}", own.words, own.count);
            if small_number(ui, &words, &format!("{}: {words}", question.code), true) {
                let only = Only::Picked(options[at].id.clone());
                let title = format!("{}: {}", question.code, own.words);
                part.number = Some(Number::some(
                    title,
                    part.filter.clone(),
                    Some(&question.id),
                    only,
                ));
            }
        }
        let words = "every answer";
        if small_number(ui, words, &format!("{}: {words}", question.code), true) {
            part.number = Some(Number::some(
                format!("{}: {words}", question.code),
                part.filter.clone(),
                Some(&question.id),
                Only::Everything,
            ));
        }
    });
}

/// Where one agency's answers mostly speak well and another's mostly do not: the two.
fn apart<'a>(tallies: &[&'a QuestionTally]) -> Option<[&'a QuestionTally; 2]> {
    let with = |step: Step| {
        let mut found = tallies.iter().filter(|own| own.tally.scored >= 2);
        found.find(|own| Step::of(own.tally.favourable, own.tally.scored) == Some(step))
    };
    Some([*with(Step::Most)?, *with(Step::Less)?])
}

/// "Police 6 of 7"
fn agency_link(ui: &mut Ui, part: &mut Part<'_>, question: &Question, own: &QuestionTally) {
    let who = part.who(&own.agency);
    let (shown, place) = (
        format!("{who} {}", own.tally.words()),
        format!("{}, {who}", question.code),
    );
    let name = format!("{place}, apart: {}", own.tally.words());
    if small_number(ui, &shown, &name, true) {
        let filter = part.filter.of_agency(own.agency.as_deref());
        let number = Number::some(place, filter, Some(&question.id), Only::Counted);
        part.number = Some(number);
    }
}

/// The section's spread as a picture for a paper: the questions on one scale.
fn picture_of(part: &Part<'_>, tool: &Tool, section: &Section, rows: &[Row<'_>]) -> BarTable {
    let in_a_bar = |row: &&Row<'_>| row.question.is_scored() && row.question.kind != Kind::PickMany;
    let scored = || rows.iter().filter(in_a_bar);
    let mut legend: Vec<(Fill, String)> = Vec::new();
    for row in scored() {
        let options = tool.options(row.question);
        let good = options.iter().filter(|option| option.favourable).count();
        for (rank, option) in options.iter().enumerate() {
            if !legend.iter().any(|(_, known)| *known == option.label) {
                let fill = Fill::of_rank(rank, good, options.len());
                legend.push((fill, option.label.clone()));
            }
        }
    }
    legend.push((Fill::NotEvidenced, "Not evidenced".into()));
    let bars = scored().map(|row| {
        let options = tool.options(row.question);
        let count = |label: &String| {
            let option = options.iter().find(|option| option.label == *label);
            option.map_or(0, |option| {
                row.whole.counts.get(&option.id).copied().unwrap_or(0)
            })
        };
        let known = &legend[..legend.len() - 1];
        let mut counts: Vec<usize> = known.iter().map(|(_, label)| count(label)).collect();
        counts.push(row.whole.not_evidenced);
        let label = format!("{} {}", row.question.code, row.question.text);
        BarRow::counted(label, counts)
    });
    let whose = match part.basis {
        Basis::Agency => "agencies' own answers",
        Basis::Panel => "panel judgements",
    };
    BarTable {
        title: part.picture_title(&format!("{}, {whose}", section.title)),
        rows: bars.collect(),
        legend,
        note: Some(NOT_HIDDEN.into()),
    }
}
