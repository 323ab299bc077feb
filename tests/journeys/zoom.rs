//! Text at 200 %: on every screen every control can still be reached and read, in a window of
//! 1280 × 800.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use crate::returns::office;
use crate::window::Window;

/// How high the line at the bottom is, in points.
const STATUS_LINE: f32 = 38.0;
/// How high the bar above is.
const BAR: f32 = 47.0;

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

/// What lies on something else. Under the bar and the last line of the window things are cut off and
/// lie on nothing.
fn over_one_another(window: &Window) -> Vec<String> {
    let size = window.harness.ctx.content_rect();
    let whole = size.with_max_y(size.max.y - STATUS_LINE);
    let shown = |node: &egui_kittest::Node<'_>| {
        let role = node.accesskit_node().role();
        let words = node.accesskit_node().value().unwrap_or_default();
        is_worked_with(role) || role == Role::Label && !words.is_empty()
    };
    let all = By::new().predicate(|node| is_worked_with(node.role()) || node.role() == Role::Label);
    let nodes: Vec<_> = window.harness.query_all(all).filter(shown).collect();
    let told = |node: &egui_kittest::Node<'_>| {
        let own = node.accesskit_node();
        own.label().or(own.value()).unwrap_or_default()
    };
    let is_in_bar = |rect: Rect| rect.max.y < BAR;
    let mut over = Vec::new();
    for (at, one) in nodes.iter().enumerate() {
        for other in &nodes[at + 1..] {
            let shared = one.rect().intersect(other.rect()).shrink(2.0);
            let cut_off = !whole.contains_rect(one.rect().union(other.rect()))
                || is_in_bar(one.rect())
                || is_in_bar(other.rect());
            if shared.is_positive() && !cut_off {
                over.push(format!("“{}” lies on “{}”", told(one), told(other)));
            }
        }
    }
    over
}

/// Goes where the buttons of `steps` lead, twice: nothing lies on anything else there, and every
/// control of the screen is found.
fn walk(window: &mut Window, steps: &[&[&str]]) {
    let mut all = Vec::new();
    for look in [|window: &mut Window| over_one_another(window), lost] {
        for step in steps {
            for name in *step {
                window.click(name);
            }
            let seen = look(window).into_iter();
            all.extend(seen.map(|what| format!("{step:?}: {what}")));
        }
    }
    assert!(all.is_empty(), "at 200 %:\n{}", all.join("\n"));
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
            &["Audits", "Findings, Neglect 2019"],
            &["Audits", "Cases, Neglect 2019", "Attendance"],
            &["Audits", "Cases, Neglect 2019", "Returns"],
            &["Make return files…"],
            &["Audits", "New audit"],
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
            &["Audits", "Cases, Neglect re-audit 2020", "Panel, NEG20-01"],
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
    walk(&mut start, &[&[]]);
    start.click("New register…");
    walk(&mut start, &[&[]]);
}

#[test]
fn the_columns_of_the_actions_stay_where_they_are_at_150_percent() {
    let mut window = Window::on_example();
    for _ in 0..5 {
        window.press_with(Modifiers::COMMAND, Key::Plus);
    }
    window.settle();
    window.click("Actions");
    window.must_see("In progress");
    let from = window
        .harness
        .query_all(By::new().label_contains(", finding "));
    let lefts: Vec<f32> = from.map(|cell| cell.rect().min.x.round()).collect();
    assert!(lefts.len() > 10, "{lefts:?}");
    assert!(lefts.iter().all(|left| *left == lefts[0]), "{lefts:?}");
}
