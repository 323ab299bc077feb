//! Short messages at the foot of the window.

use egui::{Align2, Area, CornerRadius, Frame, Id, Margin, Order, Stroke, Ui, vec2};

use super::text::icon;
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone};

/// Seconds an ordinary message stays.
const STAYS: f64 = 6.0;

#[derive(Debug)]
struct Toast {
    words: String,
    tone: Tone,
    shown_at: Option<f64>,
}

/// The messages that are shown.
#[derive(Debug, Default)]
pub struct Toasts(Vec<Toast>);

impl Toasts {
    /// Something to know; goes by itself.
    pub fn say(&mut self, words: impl Into<String>) {
        self.add(words.into(), Tone::Neutral);
    }

    /// Something that did not work; stays until it is dismissed.
    pub fn trouble(&mut self, words: impl Into<String>) {
        self.add(words.into(), Tone::Poor);
    }

    fn add(&mut self, words: String, tone: Tone) {
        self.0.retain(|toast| toast.words != words);
        self.0.push(Toast {
            words,
            tone,
            shown_at: None,
        });
    }

    /// Draws them.
    pub fn show(&mut self, ui: &mut Ui) {
        let now = ui.input(|input| input.time);
        for toast in &mut self.0 {
            toast.shown_at.get_or_insert(now);
        }
        self.0.retain(|toast| {
            toast.tone == Tone::Poor || toast.shown_at.is_none_or(|at| now - at < STAYS)
        });
        if self.0.is_empty() {
            return;
        }
        if self.0.iter().any(|toast| toast.tone != Tone::Poor) {
            ui.ctx()
                .request_repaint_after(std::time::Duration::from_secs(1));
        }
        let area = Area::new(Id::unique("toasts")).order(Order::Foreground);
        let mut dismissed = None;
        area.anchor(Align2::CENTER_BOTTOM, vec2(0.0, -46.0))
            .show(ui.ctx(), |ui| {
                for (at, toast) in self.0.iter().enumerate() {
                    if draw(ui, toast) {
                        dismissed = Some(at);
                    }
                }
            });
        if let Some(at) = dismissed {
            self.0.remove(at);
        }
    }
}

fn draw(ui: &mut Ui, toast: &Toast) -> bool {
    let pair = Palette::of(ui.ctx()).tone(toast.tone);
    let frame = Frame::new()
        .fill(pair.ground)
        .stroke(Stroke::new(1.0, pair.ink))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(14, 9));
    frame
        .show(ui, |ui| {
            ui.set_max_width(620.0);
            ui.horizontal(|ui| {
                let sign = if toast.tone == Tone::Poor {
                    icons::ATTENTION
                } else {
                    icons::INFO
                };
                icon(ui, sign, 16.0, pair.ink);
                ui.add(egui::Label::new(&toast.words).wrap());
                super::button::quiet(ui, icons::REMOVE, "Dismiss").clicked()
            })
            .inner
        })
        .inner
}
