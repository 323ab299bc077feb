//! Text at 200 %: on every screen every control can still be reached and read, in a window of
//! 1280 × 800.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use crate::returns::office;
use crate::window::Window;

/// What a person works with.
fn is_worked_with(role: Role) -> bool {
    matches!(
        role,
        Role::Button
            | Role::Link
            | Role::CheckBox
            | Role::RadioButton
            | Role::ComboBox
            | Role::TextInput
            | Role::MultilineTextInput
            | Role::PasswordInput
            | Role::SpinButton
    )
}

fn zoom_to_200(window: &mut Window) {
    for _ in 0..10 {
        window.press_with(Modifiers::COMMAND, Key::Plus);
    }
    assert!((window.harness.ctx.zoom_factor() - 2.0).abs() < 0.01);
}

/// Name and place of every control.
fn controls(window: &Window) -> Vec<(String, Rect)> {
    let all = By::new().predicate(|node| is_worked_with(node.role()));
    let nodes = window.harness.query_all(all);
    nodes
        .filter(|node| !node.accesskit_node().is_disabled())
        .map(|node| {
            (
                node.accesskit_node().label().unwrap_or_default(),
                node.rect(),
            )
        })
        .collect()
}

/// Whether a control can be seen: its width whole, its height as far as the window is high.
fn is_seen(place: Rect, window: Rect) -> bool {
    let across = place.min.x >= window.min.x - 1.0 && place.max.x <= window.max.x + 1.0;
    let high = place.height().min(40.0) - 1.0;
    across && place.intersect(window).height() >= high
}

/// The controls that do not come into the window when they get the keyboard, each as it lies then.
fn lost(window: &mut Window) -> Vec<String> {
    let size = window.harness.ctx.content_rect();
    let mut lost = Vec::new();
    for at in 0..controls(window).len() {
        let Some((_, place)) = controls(window).get(at).cloned() else {
            break;
        };
        if is_seen(place, size) {
            continue;
        }
        {
            let all = By::new().predicate(|node| is_worked_with(node.role()));
            let mut nodes = window.harness.query_all(all);
            let usable = |node: &egui_kittest::Node<'_>| !node.accesskit_node().is_disabled();
            nodes.by_ref().filter(usable).nth(at).unwrap().focus();
        }
        window.settle();
        if let Some((name, place)) = controls(window).get(at)
            && !is_seen(*place, size)
        {
            lost.push(format!("{name} at {place:?}"));
        }
    }
    lost
}

/// Goes where the buttons of `steps` lead, and finds every control of the screen there.
fn walk(window: &mut Window, steps: &[&[&str]]) {
    let mut all = Vec::new();
    for step in steps {
        for name in *step {
            window.click(name);
        }
        all.extend(
            lost(window)
                .into_iter()
                .map(|lost| format!("{step:?}: {lost}")),
        );
    }
    assert!(all.is_empty(), "out of reach at 200 %:\n{}", all.join("\n"));
}

#[test]
fn no_control_of_the_register_is_lost_at_200_percent() {
    let mut window = Window::on_example();
    zoom_to_200(&mut window);
    walk(
        &mut window,
        &[
            &["Audits"],
            &["Summary, Neglect re-audit 2020"],
            &["Questions"],
            &["Hypotheses"],
            &["Timescales"],
            &["Agreement"],
            &["Re-audit"],
            &["Audits", "Cases, Neglect re-audit 2020"],
            &["Change the scope"],
            &["Audits", "Findings, Neglect re-audit 2020"],
            &["Actions"],
            &["Themes"],
            &["Tools"],
            &["Export"],
            &["Settings"],
            &["Search"],
            &["Help"],
        ],
    );
}

#[test]
fn no_control_of_the_panel_and_the_form_is_lost_at_200_percent() {
    let mut window = Window::on_example();
    zoom_to_200(&mut window);
    walk(
        &mut window,
        &[
            &["Cases, Neglect re-audit 2020", "Panel, NEG20-01"],
            &["Overall grade"],
            &["Timeline"],
            &["Audits", "Cases, Neglect re-audit 2020"],
            &["NEG20-03, GP: In progress"],
            &["Review and submit"],
        ],
    );
}

#[test]
fn no_control_of_a_return_is_lost_at_200_percent() {
    let elsewhere = tempfile::tempdir().unwrap();
    let mut register = office::example(&elsewhere.path().join("example.goldthread"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gp.goldthread");
    office::issue(&mut register, "GP", &path, None);
    let mut window = Window::start_in(folder, Some("gp.goldthread"));
    zoom_to_200(&mut window);
    walk(&mut window, &[&[]]);
    let mut start = Window::start(None);
    zoom_to_200(&mut start);
    walk(&mut start, &[&[], &["New register…"]]);
}
