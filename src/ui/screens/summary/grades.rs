//! The spread of overall grades: agency by agency, the panel's apart.

use egui::{Grid, Ui};

use crate::analysis::summary::{AuditSummary, GradeCounts};
use crate::domain::tool::Scale;
use crate::session::Session;
use crate::ui::theme::Palette;
use crate::ui::widgets::{self, caption, hint, tone_icon, value_tone};

/// Draws the table.
pub(super) fn overall(ui: &mut Ui, session: &Session, summary: &AuditSummary) {
    widgets::heading(ui, "Overall grades");
    let tool = session.register().tool_of(summary.audit);
    let Some(scale) = tool.and_then(|tool| tool.scale(&tool.grade_scale)) else {
        return;
    };
    hint(
        ui,
        &format!(
            "How often each grade was given ({}). Grades are never averaged.",
            scale.title
        ),
    );
    Grid::new("overall")
        .num_columns(scale.values.len() + 2)
        .spacing([18.0, 5.0])
        .striped(true)
        .show(ui, |ui| {
            caption(ui, "Agency");
            for value in &scale.values {
                ui.horizontal(|ui| {
                    let tone = value_tone(&value.id);
                    widgets::icon(
                        ui,
                        tone_icon(tone),
                        14.0,
                        Palette::of(ui.ctx()).tone(tone).ink,
                    );
                    caption(ui, &value.label);
                });
            }
            caption(ui, "Graded");
            ui.end_row();
            for (code, counts) in &summary.overall {
                row(ui, scale, session.register().agency_short(code), counts);
            }
            row(ui, scale, "Panel", &summary.overall_panel);
        });
}

fn row(ui: &mut Ui, scale: &Scale, name: &str, counts: &GradeCounts) {
    ui.label(if name == "Panel" {
        widgets::strong(name)
    } else {
        name.into()
    });
    for value in &scale.values {
        let count = counts.get(&value.id).copied().unwrap_or(0);
        let pair = Palette::of(ui.ctx()).tone(value_tone(&value.id));
        let text = widgets::strong(&count.to_string());
        ui.label(if count > 0 {
            text.color(pair.ink)
        } else {
            text.weak()
        });
    }
    ui.label(counts.values().sum::<usize>().to_string());
    ui.end_row();
}
