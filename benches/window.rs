//! What the window costs: a frame of each screen, the time from start to a usable file, and memory,
//! each beside an empty eframe window in the same run. `cargo bench --bench window [FORMS]`
//!
//! Frames are drawn without a display. Starting needs one, real or virtual; without one those lines
//! say so. The program started is this very one, started again with a role to play.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui_kittest::Harness;
use goldthread::domain::catalogue::Catalogue;
use goldthread::session::settings::SettingsFile;
use goldthread::session::{Document, Opening};
use goldthread::ui::{self, App};

#[allow(dead_code)]
mod generated;
#[allow(dead_code)]
#[path = "../tests/journeys/window.rs"]
mod window;
use window::Window;

/// Frames drawn of each screen.
const FRAMES: usize = 200;
/// Starts of each kind.
const STARTS: usize = 7;
/// Frames drawn on the screen after a start.
const PAINTED: usize = 20;

/// The one in the middle.
fn middle<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort_unstable();
    values[values.len() / 2]
}

/// The middle of the times that a frame takes: laid out, read out to assistive programs, and cut
/// into triangles, on one core.
fn frame<State>(harness: &mut Harness<'_, State>) -> Duration {
    let mut once = || {
        let start = Instant::now();
        harness.step();
        let shapes = harness.output().shapes.clone();
        let drawn = harness.ctx.tessellate(shapes, 1.0);
        assert!(!drawn.is_empty() || start.elapsed() < Duration::from_secs(1));
        start.elapsed()
    };
    for _ in 0..FRAMES / 4 {
        once();
    }
    middle((0..FRAMES).map(|_| once()).collect())
}

fn frames() {
    let mut empty = Harness::builder()
        .with_size([1280.0, 800.0])
        .build_ui(|ui| drop(ui.label("Nothing")));
    println!("A frame at 1280 x 800, without the graphics card");
    println!("  an empty window       {:>10.1?}", frame(&mut empty));
    let mut window = Window::on_example();
    println!(
        "  audits                {:>10.1?}",
        frame(&mut window.harness)
    );
    let screens: [(&str, &[&str]); 5] = [
        (
            "form",
            &[
                "Cases, Neglect re-audit 2020",
                "NEG20-03, GP: In progress",
                "This case, 1 of 1",
            ],
        ),
        (
            "panel",
            &["Audits", "Cases, Neglect 2019", "Panel, NEG19-01"],
        ),
        ("summary", &["Audits", "Summary, Neglect 2019"]),
        ("summary, questions", &["Questions"]),
        ("themes", &["Themes"]),
    ];
    for (name, path) in screens {
        path.iter().for_each(|step| window.click(step));
        println!("  {name:<20}  {:>10.1?}", frame(&mut window.harness));
    }
}

/// What a window that was started says of itself.
#[derive(Clone, Copy)]
struct Started {
    usable: Duration,
    /// In KiB, before anything is counted.
    memory: u64,
    /// Processor time of one frame, painted, in microseconds.
    frame: u64,
}

/// Starts this program in a role and waits until it says that it is usable, and then that it is done.
fn start(role: &str, file: Option<&Path>) -> Option<Started> {
    let from = Instant::now();
    let mut child = Command::new(std::env::current_exe().ok()?)
        .args(["--role", role])
        .args(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut lines = BufReader::new(child.stdout.take()?).lines();
    let usable = (lines.next()?.ok()? == "usable").then(|| from.elapsed());
    let mut number = || lines.next()?.ok()?.parse::<u64>().ok();
    let (memory, frame) = (number(), number());
    child.wait().ok()?;
    Some(Started {
        usable: usable?,
        memory: memory?,
        frame: frame?,
    })
}

/// What this process keeps in memory, in KiB; Linux tells.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.unwrap_or_default()
}

/// Processor time this process has taken on all cores, in microseconds; Linux tells, in hundredths
/// of a second.
fn processor_time() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|ticks| ticks.parse::<u64>().ok())
        .sum::<u64>()
        * 10_000
}

/// A window that is closed as soon as it has shown what it is to show.
struct Played {
    app: Option<App>,
    frames_after: usize,
    /// Processor time when it was usable.
    usable_at: Option<u64>,
}

impl eframe::App for Played {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        if let Some(app) = &mut self.app {
            app.logic(ctx, frame);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        let open = match &mut self.app {
            Some(app) => {
                app.ui(ui, frame);
                app.session().is_some()
            }
            None => true,
        };
        self.frames_after += usize::from(open);
        // The first frame that shows the file has been drawn when the next one begins.
        if self.frames_after == 2 && self.usable_at.is_none() {
            println!("usable");
            println!("{}", memory());
            self.usable_at = Some(processor_time());
        }
        if self.frames_after == 2 + PAINTED
            && let Some(usable_at) = self.usable_at
        {
            println!("{}", (processor_time() - usable_at) / PAINTED as u64);
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
        ui.ctx().request_repaint();
    }
}

/// Plays the role this program was started for.
fn play(file: Option<PathBuf>) {
    let opening = file.map(|file| Opening::Open(file, None));
    let prepared = opening.map(|file| ui::prepare(SettingsFile::default(), Some(file)).unwrap());
    let create = move |context: &eframe::CreationContext<'_>| {
        let setup = prepared.map(|prepared| prepared()).transpose()?;
        let played = Played {
            app: setup.map(|setup| App::new(&context.egui_ctx, setup)),
            frames_after: 0,
            usable_at: None,
        };
        Ok(Box::new(played) as Box<dyn eframe::App>)
    };
    eframe::run_native("Goldthread", ui::options(None), Box::new(create)).unwrap();
}

/// What a start does beside the window: reads the built-in data and opens the file.
fn parts(paths: &[(&str, &Path)]) {
    let timed = |work: &dyn Fn()| {
        let once = || {
            let start = Instant::now();
            work();
            start.elapsed()
        };
        middle((0..STARTS).map(|_| once()).collect())
    };
    let read = timed(&|| drop(Catalogue::built_in().unwrap()));
    println!("  of it, built-in data   {read:>10.1?}");
    let catalogue = Arc::new(Catalogue::built_in().unwrap());
    for (name, path) in paths {
        let open = || drop(Document::open(path, None, "bench", Arc::clone(&catalogue)).unwrap());
        println!("  of it, {name:<15} {:>10.1?}", timed(&open));
    }
}

/// Starts in turn, so that whatever else the machine does meets all alike.
fn starts(forms: usize) {
    let folder = tempfile::tempdir_in(".").unwrap();
    let paths = [("an empty register", 0), ("a full register", forms)].map(|(name, forms)| {
        let path = folder.path().join(format!("{name}.goldthread"));
        drop(generated::register(&path, forms, 10_000));
        path
    });
    let [empty, full] = &paths;
    println!("From start to usable, and memory then; {forms} forms of 40 answers");
    let roles = [
        ("an empty window", "empty", None),
        ("an empty register", "open", Some(empty)),
        ("the full register", "open", Some(full)),
    ];
    let mut told: [Vec<Started>; 3] = Default::default();
    for _ in 0..STARTS {
        for ((_, role, file), told) in roles.iter().zip(&mut told) {
            match start(role, file.map(PathBuf::as_path)) {
                Some(started) => told.push(started),
                None => return println!("  not measured: there is no display"),
            }
        }
    }
    let of = |what: fn(&Started) -> u64| {
        told.each_ref()
            .map(|told| middle(told.iter().map(what).collect()))
    };
    let times = of(|one| one.usable.as_micros() as u64);
    let (memories, frames) = (of(|one| one.memory), of(|one| one.frame));
    println!("                            usable              memory   a frame painted");
    for (at, (name, _, _)) in roles.iter().enumerate() {
        let time = Duration::from_micros(times[at]);
        let ratio = times[at] as f64 / times[0] as f64;
        let more = (memories[at] as f64 - memories[0] as f64) / 1024.0;
        let frame = Duration::from_micros(frames[at]);
        println!("  {name:<22} {time:>10.1?}  {ratio:>5.2}x  {more:>+8.1} MB  {frame:>10.1?}");
    }
    parts(&[("an empty file", empty), ("the full file", full)]);
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, _, rest @ ..] = arguments.as_slice()
        && flag == "--role"
    {
        return play(rest.first().map(PathBuf::from));
    }
    let mut sizes = arguments.iter().filter_map(|word| word.parse().ok());
    frames();
    starts(sizes.next().unwrap_or(10_000));
}
