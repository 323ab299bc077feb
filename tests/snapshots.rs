//! Pictures of the main screens, drawn in software and compared with those in
//! `assets/screenshots`. `UPDATE_SNAPSHOTS=1` draws them anew; look at them before you keep them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "journeys/window.rs"]
#[allow(dead_code)]
mod window;

#[path = "journeys/returns/office.rs"]
#[allow(dead_code)]
mod office;

#[path = "journeys/registers.rs"]
mod registers;

use egui::{Key, Modifiers};
use egui_kittest::SnapshotOptions;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use window::Window;

/// Compares the window with the picture of this name.
fn picture(window: &mut Window, name: &str) {
    window.harness.remove_cursor();
    window.settle();
    let options = SnapshotOptions::new()
        .output_path("assets/screenshots")
        .threshold(1.0)
        .max_failed_pixels(400);
    let mut picture = window.harness.render().unwrap();
    lay_on_page(&mut picture, window);
    let wide = picture.width();
    take_out(&mut picture, wide, window);
    egui_kittest::image_snapshot_options(&picture, name, &options);
}

/// Lays the ground over what differs from run to run: the time in the status line ("Saved" stays),
/// which the store takes from the machine, and the name of a daily copy, which has its document's id.
fn take_out(drawn: &mut [u8], wide: u32, window: &Window) {
    let all = window.harness.query_all(By::new().label_contains("Saved "));
    let told = all.filter(|node| {
        let own = node.accesskit_node();
        let words = own.label().or(own.value()).unwrap_or_default();
        let time = words.strip_prefix("Saved ").unwrap_or_default();
        time.len() == 5 && time.as_bytes()[2] == b':'
    });
    let ctx = &window.harness.ctx;
    let font = egui::FontId::proportional(13.0);
    let line = |fonts: &mut egui::epaint::text::FontsView<'_>| {
        fonts.layout_no_wrap("Saved ".into(), font, egui::Color32::PLACEHOLDER)
    };
    let before = ctx.fonts_mut(line).size().x;
    let copies = window
        .harness
        .query_all(By::new().label_contains("example 2026-"));
    let spots = told.map(|node| (node.rect(), before));
    for (rect, kept) in spots.chain(copies.map(|node| (node.rect(), 0.0))) {
        let scale = ctx.pixels_per_point();
        let pixel = |at: f32| (at * scale).round() as u32;
        let (left, right) = (pixel(rect.min.x + kept), pixel(rect.max.x + 1.0));
        let (top, bottom) = (pixel(rect.min.y), pixel(rect.max.y));
        let at = |x: u32, y: u32| 4 * (y * wide + x) as usize;
        for y in top..bottom {
            let bar = at(right + 2, y);
            for x in left..right {
                drawn.copy_within(bar..bar + 4, at(x, y));
            }
        }
    }
}

/// Lays what was drawn (red, green, blue and opacity of each pixel) on the page that a real window
/// is cleared to.
fn lay_on_page(drawn: &mut [u8], window: &Window) {
    let visuals = window.harness.ctx.global_style().visuals.clone();
    let page = eframe::App::clear_color(window.harness.state(), &visuals);
    for pixel in drawn.chunks_exact_mut(4) {
        let through = f32::from(255 - pixel[3]);
        for (colour, page) in pixel.iter_mut().zip(page) {
            *colour = colour.saturating_add((through * page).round() as u8);
        }
    }
}

/// Draws without comparing: a temporary folder and the time differ from run to run.
fn draw(window: &mut Window) {
    window.settle();
    window.harness.render().unwrap();
}

/// Draws into the folder of temporary files, to be looked at and not to be kept.
fn draw_as(window: &mut Window, name: &str) {
    window.settle();
    let mut picture = window.harness.render().unwrap();
    lay_on_page(&mut picture, window);
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    picture.save(folder.join(format!("{name}.png"))).unwrap();
}

fn zoom_to_150(window: &mut Window) {
    for _ in 0..5 {
        window.press_with(Modifiers::COMMAND, Key::Plus);
    }
    window.settle();
}

fn zoom_to_200(window: &mut Window) {
    zoom_to_150(window);
    zoom_to_150(window);
}

fn dark(window: &mut Window) {
    window.click("Settings");
    window.click("Dark");
    window.click("Back");
    window.settle();
}

fn open_form(window: &mut Window) {
    window.click("Cases, Neglect re-audit 2020");
    window.click("NEG20-03, GP: In progress");
}

#[test]
fn start() {
    picture(&mut Window::start(None), "start");
}

#[test]
fn audits_and_one_audit() {
    let mut window = Window::on_example();
    picture(&mut window, "audits");
    window.click("Cases, Neglect re-audit 2020");
    picture(&mut window, "audit");
}

#[test]
fn form() {
    let mut window = Window::on_example();
    open_form(&mut window);
    picture(&mut window, "form");
    zoom_to_150(&mut window);
    picture(&mut window, "form_150");
}

#[test]
fn form_dark() {
    let mut window = Window::on_example();
    dark(&mut window);
    open_form(&mut window);
    picture(&mut window, "form_dark");
}

#[test]
fn help() {
    let mut window = Window::on_example();
    open_form(&mut window);
    window.press(Key::F1);
    picture(&mut window, "help");
    window.click("Keys");
    picture(&mut window, "help_keys");
    zoom_to_150(&mut window);
    window.fill("Search the help", "passphrase");
    picture(&mut window, "help_search_150");
}

#[test]
fn first_audit() {
    let mut window = Window::start(None);
    window.click("New register…");
    window.fill("Name of the partnership", "Anyshire");
    let path = window.path("first").display().to_string();
    window.fill("Where to keep it", &path);
    window.click("No passphrase: the folder is protected another way");
    window.click("Make the register");
    picture(&mut window, "first_audit");
}

#[test]
fn search() {
    let mut window = Window::on_example();
    window.click("Cases, Neglect re-audit 2020");
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_text("school");
    window.press(Key::ArrowDown);
    picture(&mut window, "search");
    zoom_to_150(&mut window);
    picture(&mut window, "search_150");
}

#[test]
fn search_dark() {
    let mut window = Window::on_example();
    dark(&mut window);
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_text("school nurse");
    picture(&mut window, "search_dark");
}

#[test]
fn themes() {
    let mut window = Window::on_example();
    window.click("Themes");
    picture(&mut window, "themes");
    window.click("Lived experience, Neglect 2019: 14 of 53");
    picture(&mut window, "themes_behind");
    zoom_to_150(&mut window);
    picture(&mut window, "themes_150");
    window.scroll_to("An arrow stands where");
    picture(&mut window, "themes_below_150");
}

#[test]
fn themes_dark() {
    let mut window = Window::on_example();
    dark(&mut window);
    window.click("Themes");
    picture(&mut window, "themes_dark");
}

#[test]
fn theme() {
    let mut window = Window::on_example();
    window.click("Themes");
    window.click("Lived experience");
    picture(&mut window, "theme");
    zoom_to_150(&mut window);
    picture(&mut window, "theme_150");
}

/// The summary of an audit, at this topic.
fn summary_of(window: &mut Window, audit: &str, topic: &str) {
    window.click(&format!("Summary, {audit}"));
    window.click(topic);
}

#[test]
fn summary() {
    let mut window = Window::on_example();
    window.click("Summary, Neglect 2019");
    picture(&mut window, "summary");
    window.click("Filter by");
    window.click("Agency");
    window.click("Which agency");
    window.click("Police");
    window.click("Questions");
    picture(&mut window, "summary_filtered");
    window.click("Show everything");
    window.click("C01, all agencies: Inadequate 5");
    picture(&mut window, "summary_questions");
    zoom_to_150(&mut window);
    picture(&mut window, "summary_questions_150");
    window.click("Close");
    window.click("Overview");
    picture(&mut window, "summary_150");
}

#[test]
fn summary_dark() {
    let mut window = Window::on_example();
    dark(&mut window);
    window.click("Summary, Neglect 2019");
    picture(&mut window, "summary_dark");
    window.click("Questions");
    picture(&mut window, "summary_questions_dark");
}

#[test]
fn summary_topics() {
    let mut window = Window::on_example();
    summary_of(&mut window, "Short CP plans 2019", "Hypotheses");
    picture(&mut window, "hypotheses");
    window.click("Timescales");
    picture(&mut window, "timescales");
    window.click("Agreement");
    picture(&mut window, "agreement");
    window.click("Overview");
    window.scroll_to("Marked by auditors");
    picture(&mut window, "summary_below");
}

/// Agreement large, and beside it what stands behind a number.
#[test]
fn agreement_large() {
    let mut window = Window::on_example();
    summary_of(&mut window, "Neglect 2019", "Agreement");
    zoom_to_150(&mut window);
    picture(&mut window, "agreement_150");
    let further = window.labelled("Every question covered: 169 further apart");
    window.click(&further);
    picture(&mut window, "agreement_behind_150");
    window.click("Close");
    dark(&mut window);
    picture(&mut window, "agreement_150_dark");
}

/// The topics in dark; the theme's page and what stands behind a number on it.
#[test]
fn summary_topics_dark() {
    let mut window = Window::on_example();
    dark(&mut window);
    summary_of(&mut window, "Short CP plans 2019", "Hypotheses");
    picture(&mut window, "hypotheses_dark");
    window.click("Timescales");
    picture(&mut window, "timescales_dark");
    window.click("Agreement");
    picture(&mut window, "agreement_dark");
    window.click("Audits");
    summary_of(&mut window, "Neglect re-audit 2020", "Re-audit");
    picture(&mut window, "re_audit_dark");
    window.scroll_to("NEG19-06, then NEG20-05");
    window.click("Say which children were read before");
    picture(&mut window, "re_audit_children_dark");
}

#[test]
fn theme_filtered_dark() {
    let mut window = Window::on_example();
    dark(&mut window);
    window.click("Themes");
    window.click("Filter by");
    window.click("Sex");
    window.click("Which sex");
    window.click("Female");
    window.click("Lived experience");
    let cases = window.labelled("Lived experience, Neglect 2019: over ");
    window.click(&cases);
    picture(&mut window, "theme_dark");
}

#[test]
fn partnerships() {
    let other = Window::on_example();
    let path = other.path("example.goldthread");
    let mut window = Window::on_example();
    window.click("Themes");
    window.click("Add a register…");
    let field = "Path of the other register";
    window.fill(field, &path.display().to_string());
    window.click("Read it");
    window.scroll_to("Themes by partnership");
    picture(&mut window, "partnerships");
    dark(&mut window);
    window.scroll_to("Themes by partnership");
    picture(&mut window, "partnerships_dark");
}

/// Forty audits of twelve cases each, with long names.
#[test]
fn themes_crowded() {
    let folder = tempfile::tempdir().unwrap();
    registers::forty_audits(&folder.path().join("forty.goldthread"));
    let mut window = Window::start_in(folder, Some("forty.goldthread"));
    draw_as(&mut window, "crowded_audits");
    window.click("Themes");
    draw_as(&mut window, "crowded_themes");
    let theme = "Lived experience";
    window.click(theme);
    draw_as(&mut window, "crowded_theme");
    window.click("Audits");
    let audit = window.labelled("Summary, ");
    window.click(&audit);
    zoom_to_150(&mut window);
    draw_as(&mut window, "crowded_summary");
}

/// Audits that were published with few figures: what cannot be known of them is said.
#[test]
fn published() {
    for name in ["sutton", "cambridgeshire"] {
        let folder = tempfile::tempdir().unwrap();
        let file = format!("{name}.goldthread");
        registers::published(&folder.path().join(&file), name);
        let mut window = Window::start_in(folder, Some(&file));
        let summary = window.labelled("Summary, ");
        window.click(&summary);
        draw_as(&mut window, &format!("published_{name}"));
        window.click("Agreement");
        draw_as(&mut window, &format!("published_{name}_agreement"));
        window.click("Questions");
        draw_as(&mut window, &format!("published_{name}_questions"));
    }
}

/// Text at 200 % on the screens that are worked on most.
#[test]
fn twice_as_large() {
    let mut window = Window::on_example();
    zoom_to_200(&mut window);
    draw_as(&mut window, "large_audits");
    for (place, name) in [("Actions", "large_actions"), ("Themes", "large_themes")] {
        window.click(place);
        draw_as(&mut window, name);
    }
    window.click("Lived experience, Neglect 2019: 14 of 53");
    draw_as(&mut window, "large_themes_behind");
    window.click("Audits");
    window.click("Summary, Neglect 2019");
    for topic in ["Overview", "Questions", "Timescales", "Agreement"] {
        window.click(topic);
        draw_as(&mut window, &format!("large_summary_{topic}"));
    }
    window.click("Audits");
    window.click("Findings, Neglect 2019");
    draw_as(&mut window, "large_findings");
    window.click("Audits");
    window.click("Cases, Neglect 2019");
    draw_as(&mut window, "large_audit");
    window.click("Panel, NEG19-01");
    draw_as(&mut window, "large_panel");
    window.click("Audits");
    open_form(&mut window);
    draw_as(&mut window, "large_form_case");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    draw_as(&mut window, "large_form");
}

#[test]
fn re_audit() {
    let mut window = Window::on_example();
    summary_of(&mut window, "Neglect re-audit 2020", "Re-audit");
    picture(&mut window, "re_audit");
    zoom_to_150(&mut window);
    picture(&mut window, "re_audit_150");
}

#[test]
fn scope() {
    let mut window = Window::on_example();
    window.click("Cases, Neglect re-audit 2020");
    window.click("Change the scope");
    picture(&mut window, "scope");
}

#[test]
fn picture_dialog() {
    let mut window = Window::on_example();
    window.click("Themes");
    window.click("Picture…");
    picture(&mut window, "picture");
}

#[test]
fn review() {
    let mut window = Window::on_example();
    open_form(&mut window);
    window.click("Review and submit");
    picture(&mut window, "review");
}

fn open_panel(window: &mut Window, reference: &str) {
    window.click("Cases, Neglect re-audit 2020");
    window.click(&format!("Panel, {reference}"));
}

#[test]
fn panel() {
    let mut window = Window::on_example();
    open_panel(&mut window, "NEG20-01");
    picture(&mut window, "panel");
    window.click("Overall grade");
    picture(&mut window, "panel_overall");
    window.click("Timeline");
    picture(&mut window, "panel_timeline");
    window.click("Questions, 18 differ");
    zoom_to_150(&mut window);
    for _ in 0..4 {
        window.press(Key::ArrowDown);
    }
    picture(&mut window, "panel_150");
    window.click("Agree where all who answered agree…");
    picture(&mut window, "panel_agree_150");
}

#[test]
fn panel_dates() {
    let mut window = Window::on_example();
    open_panel(&mut window, "NEG20-07");
    window.press_with(Modifiers::COMMAND, Key::Num3);
    picture(&mut window, "panel_dates");
    window.type_key("2");
    picture(&mut window, "panel_agree_date");
    window.type_text("The minutes of the conference");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    zoom_to_150(&mut window);
    picture(&mut window, "panel_dates_150");
}

#[test]
fn attendance() {
    let mut window = Window::on_example();
    window.click("Cases, Short CP plans 2019");
    window.click("Attendance");
    picture(&mut window, "attendance");
    zoom_to_150(&mut window);
    picture(&mut window, "attendance_150");
}

#[test]
fn history_and_redaction() {
    let mut window = Window::on_example();
    open_form(&mut window);
    window.click("Referral and response, 4 of 4");
    window.fill("What worries us, C01", "Zebedee Quill was not seen");
    window.wait(1.5);
    window.click("History, C01");
    picture(&mut window, "history");
    window.click("Take a name out…");
    window.fill("Text to look for", "zebedee quill");
    window.press(Key::Enter);
    picture(&mut window, "redaction");
}

#[test]
fn panel_dates_dark() {
    let mut window = Window::on_example();
    dark(&mut window);
    open_panel(&mut window, "NEG20-07");
    window.press_with(Modifiers::COMMAND, Key::Num3);
    picture(&mut window, "panel_dates_dark");
}

#[test]
fn panel_dark() {
    let mut window = Window::on_example();
    dark(&mut window);
    open_panel(&mut window, "NEG20-03");
    picture(&mut window, "panel_dark");
}

#[test]
fn new_audit() {
    let mut window = Window::on_example();
    window.click("New audit");
    picture(&mut window, "new_audit");
    window.click("Choose Children in need");
    picture(&mut window, "new_audit_scope");
}

fn open_returns(window: &mut Window) {
    window.click("Cases, Neglect re-audit 2020");
    window.click("Returns");
}

#[test]
fn returns() {
    let folder = tempfile::tempdir().unwrap();
    office::merged_at_odds(folder.path());
    let mut window = Window::on_example_in(folder);
    open_returns(&mut window);
    picture(&mut window, "returns");
    zoom_to_150(&mut window);
    picture(&mut window, "returns_150");
}

#[test]
fn returns_crowded() {
    let folder = tempfile::tempdir().unwrap();
    office::crowded(&folder.path().join("crowded.goldthread"));
    let mut window = Window::start_in(folder, Some("crowded.goldthread"));
    dark(&mut window);
    window.click("Cases, Neglect 2026");
    window.click("Returns");
    picture(&mut window, "returns_crowded_dark");
    zoom_to_150(&mut window);
    picture(&mut window, "returns_crowded_150");
}

#[test]
fn make_returns() {
    let mut window = Window::on_example();
    open_returns(&mut window);
    window.click("Make return files…");
    window.click("Choose none");
    window.click("GP");
    window.click("Police");
    picture(&mut window, "make_returns");
    window.scroll_to("Folder to keep the files in");
    picture(&mut window, "make_returns_below");
}

/// Paths differ from run to run: what stands below `words` is not compared.
fn look_at_returns() -> Window {
    let folder = tempfile::tempdir().unwrap();
    office::at_odds(folder.path());
    let letter = folder.path().join("letter.goldthread");
    std::fs::write(letter, "Dear all, ".repeat(99)).unwrap();
    let mut register = office::open(&folder.path().join("example.goldthread"), None);
    let school = folder.path().join("school.goldthread");
    office::issue(&mut register, "EDU", &school, Some("four plain old words"));
    drop(register);
    let mut window = Window::on_example_in(folder);
    window.drop_files(&["gp.goldthread", "letter.goldthread", "school.goldthread"]);
    window
}

#[test]
fn merge_preview() {
    let mut window = look_at_returns();
    window.click("Form by form, gp.goldthread");
    draw(&mut window);
    zoom_to_150(&mut window);
    draw(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Num0);
    window.click("Merge the other one");
    draw(&mut window);
}

#[test]
fn conflicts() {
    let folder = tempfile::tempdir().unwrap();
    office::merged_at_odds(folder.path());
    let mut window = Window::on_example_in(folder);
    open_returns(&mut window);
    window.click("Settle 3 conflicts");
    window.type_key("2");
    picture(&mut window, "conflicts");
    zoom_to_150(&mut window);
    picture(&mut window, "conflicts_150");
    window.press_with(Modifiers::COMMAND, Key::Num0);
    window.type_key("T");
    picture(&mut window, "conflicts_third");
}

#[test]
fn own_cases() {
    let elsewhere = tempfile::tempdir().unwrap();
    let mut register = office::example(&elsewhere.path().join("example.goldthread"));
    let folder = tempfile::tempdir().unwrap();
    office::issue(
        &mut register,
        "GP",
        &folder.path().join("gp.goldthread"),
        None,
    );
    let mut window = Window::start_in(folder, Some("gp.goldthread"));
    picture(&mut window, "own_cases");
    zoom_to_150(&mut window);
    picture(&mut window, "own_cases_150");
    window.press_with(Modifiers::COMMAND, Key::Num0);
    window.scroll_to("Send it back");
    picture(&mut window, "own_cases_below");
    window.click("Settings");
    window.click("Dark");
    window.click("Back");
    picture(&mut window, "own_cases_dark");
}

#[test]
fn safety_stop() {
    let mut window = Window::on_example();
    open_form(&mut window);
    window.click("Impact, 0 of 2");
    window.click("No, C15b");
    picture(&mut window, "safety_stop");
}

#[test]
fn findings() {
    let mut window = Window::on_example();
    window.click("Findings, Neglect 2019");
    picture(&mut window, "findings");
    window.scroll_to("Set aside: Weak: Lived experience");
    picture(&mut window, "findings_suggested");
    zoom_to_150(&mut window);
    picture(&mut window, "findings_150");
    window.click("Edit, finding 4");
    picture(&mut window, "finding_150");
}

#[test]
fn finding_flagged_dark() {
    let mut window = Window::on_example();
    dark(&mut window);
    open_panel(&mut window, "NEG20-01");
    window.click("Read and judge, C07");
    window.type_key("4");
    window.click("Audits");
    window.click("1 finding to look at again, Neglect re-audit 2020");
    window.scroll_to("It stands, finding 3");
    picture(&mut window, "finding_flagged_dark");
    window.click("Edit, finding 3");
    picture(&mut window, "finding_dark");
}

#[test]
fn actions() {
    let mut window = Window::on_example();
    window.click("Actions");
    picture(&mut window, "actions");
    window.click("Board");
    picture(&mut window, "actions_board");
    zoom_to_150(&mut window);
    picture(&mut window, "actions_board_150");
    window.click("Table");
    picture(&mut window, "actions_150");
}

#[test]
fn action_and_decisions() {
    let mut window = Window::on_example();
    window.click("Actions");
    let what =
        "Action: Train two toolkit leads in each locality and report repeat use each quarter.";
    window.click(what);
    picture(&mut window, "action");
    window.click("Cancel");
    window.click("Export");
    window.click("The action plan, to decide on");
    let path = window.path("plan.json");
    window.fill("Path of the export", &path.display().to_string());
    window.click("Write the export");
    let plan = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, plan.replace("\"in_progress\"", "\"agreed\"")).unwrap();
    window.click("Actions");
    window.click("Read decisions in…");
    window.fill("File of decisions", "plan.json");
    window.fill("File of decisions", &path.display().to_string());
    window.click("See what it decides");
    draw(&mut window);
}

#[test]
fn concerns() {
    let mut window = Window::on_example();
    window.click("Findings, Neglect 2019");
    window.click("Practice concerns");
    picture(&mut window, "concerns");
    zoom_to_150(&mut window);
    picture(&mut window, "concerns_150");
}

#[test]
fn export() {
    let mut window = Window::on_example();
    window.click("Export");
    window.click("Paper to the BMG");
    window.click("Neglect 2019");
    window.click("To be published: hide small numbers");
    picture(&mut window, "export");
    zoom_to_150(&mut window);
    picture(&mut window, "export_150");
}

#[test]
fn export_dark() {
    let mut window = Window::on_example();
    dark(&mut window);
    window.click("Export");
    window.click("Workbook (Excel)");
    picture(&mut window, "export_dark");
}

/// Needs the feature `encryption`, as the program usually has it.
#[cfg(feature = "encryption")]
#[test]
fn safekeeping_and_locked() {
    let mut window = Window::on_example();
    window.click("Settings");
    picture(&mut window, "settings");
    window.click("Passphrase, lock and copies");
    window.fill("New passphrase", "kettle ladder moss");
    picture(&mut window, "safekeeping");
    window.fill("New passphrase, the same again", "kettle ladder moss");
    window.click("Set the passphrase");
    let compare = window.control_with("Compare with");
    window.click(&compare);
    window.scroll_to("Open it as a document of its own");
    picture(&mut window, "safekeeping_compared");
    zoom_to_150(&mut window);
    picture(&mut window, "safekeeping_150");
    window.press_with(Modifiers::COMMAND, Key::L);
    picture(&mut window, "locked_150");
}

#[test]
fn names_kept_out() {
    let mut window = Window::on_example();
    open_form(&mut window);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    let field = window.focused();
    window.fill(
        &field,
        "Kayleigh told Darren Whitlock at NG5 1PB that she was hungry.",
    );
    picture(&mut window, "names_told");
    window.press(Key::Escape);
    window.click("Review and submit");
    picture(&mut window, "names_review");
    dark(&mut window);
    window.click("Export");
    window.click("All data of an audit");
    window.click("Neglect re-audit 2020");
    let path = window.path("data.json").display().to_string();
    window.fill("Path of the export", &path);
    window.click("Write the export");
    draw(&mut window);
}

/// The first minutes of somebody who protects a new register.
#[cfg(feature = "encryption")]
#[test]
fn newcomer() {
    let mut window = Window::start(None);
    window.click("New register…");
    window.fill(
        "Name of the partnership",
        "Anytown Safeguarding Children Partnership",
    );
    window.fill("Where to keep it", "register.goldthread");
    window.fill("Passphrase for the new file", "kettle ladder");
    window.fill("The same again", "kettle ladder moss");
    window.click("Make the register");
    picture(&mut window, "new_register_refused");
    window.scroll_to("No passphrase: the folder is protected another way");
    picture(&mut window, "new_register_protected");
    zoom_to_150(&mut window);
    window.scroll_to("No passphrase: the folder is protected another way");
    picture(&mut window, "new_register_protected_150");
}

/// A locked file, after a passphrase that does not open it.
#[cfg(feature = "encryption")]
#[test]
fn locked_after_a_wrong_passphrase() {
    let mut window = Window::on_example();
    window.click("Settings");
    window.click("Passphrase, lock and copies");
    window.fill("New passphrase", "kettle ladder moss");
    window.fill("New passphrase, the same again", "kettle ladder moss");
    window.click("Set the passphrase");
    window.click("Back");
    window.click("Dark");
    window.press_with(Modifiers::COMMAND, Key::L);
    window.fill("Passphrase", "kettle ladder");
    window.click("Unlock");
    draw(&mut window);
}

/// How long forms are kept: the list, one audit, and what stands after the removal.
#[test]
fn retention() {
    let mut window = Window::on_example();
    window.click("Settings");
    window.click("How long forms are kept");
    window.fill("Months after an audit is closed", "12");
    window.click("Set the period");
    let date = "Keep the forms until, day/month/year";
    window.click("Retention, Neglect 2019");
    window.fill(date, "01/03/2026");
    window.press(Key::Tab);
    picture(&mut window, "retention_due");
    window.click("Back");
    picture(&mut window, "retention");
    window.click("Retention, Neglect 2019");
    window.click("Place a legal hold…");
    window.fill(
        "Reason, such as who asked for it",
        "Asked for by the inquiry's solicitor.",
    );
    window.click("Place the hold");
    zoom_to_150(&mut window);
    picture(&mut window, "retention_held_150");
    window.click("Back");
    window.scroll_to("Retention, Neglect re-audit 2020");
    window.scroll_down();
    picture(&mut window, "retention_150");
}

#[test]
fn forms_removed() {
    let mut window = Window::on_example();
    dark(&mut window);
    window.click("Settings");
    window.click("How long forms are kept");
    window.click("Retention, Neglect 2019");
    window.fill("Keep the forms until, day/month/year", "01/03/2026");
    window.press(Key::Tab);
    let title = "Title of the audit, to say that you mean this one";
    window.fill(title, "Neglect 2019");
    window.click("Remove the forms for good…");
    draw(&mut window);
    picture(&mut window, "retention_ask_dark");
    window.click("Remove them for good");
    // The certificate tells the time, and hashes of what was drawn by lot.
    draw(&mut window);
    window.click("Audits");
    window.click("Cases, Neglect 2019");
    picture(&mut window, "audit_removed_dark");
}

/// Two computers went on with one file: copies of it lie beside it, and another file named like one.
#[test]
fn copy_beside() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    drop(office::example(&path("example.goldthread")));
    let copy = path("example (LAPTOP7's conflicted copy 2026-03-02).goldthread");
    std::fs::copy(path("example.goldthread"), &copy).unwrap();
    std::fs::write(path("example [conflict].goldthread"), "a note".repeat(99)).unwrap();
    for (file, grade) in [(&copy, "good"), (&path("example.goldthread"), "inadequate")] {
        let mut document = office::open(file, None);
        let form = office::form(&document, "GP", "NEG20-03");
        let mut hand = office::Hand::of(&mut document, "practice nurse", "GP");
        hand.answer(form, "C01", grade, |answer| {
            answer.worked = "Seen twice".into()
        });
    }
    let mut window = Window::on_example_in(folder);
    picture(&mut window, "copy_beside");
    dark(&mut window);
    draw_as(&mut window, "copy_beside_dark");
    zoom_to_150(&mut window);
    draw_as(&mut window, "copy_beside_150");
    window.press_with(Modifiers::COMMAND, Key::Num0);
    window.click(&window.control_with("Compare and merge…, "));
    draw_as(&mut window, "copy_beside_merge");
    window.click("Merge it");
    draw_as(&mut window, "copy_beside_merged");
}
