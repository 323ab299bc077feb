//! The program opens no socket but those of the display and the accessibility buses. It runs where
//! the kernel kills whoever tries (`no_network.c`), so that nothing can be overlooked; and no library
//! it is built from is there to talk to a network.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::desk::{AUDIT, Desk};
use crate::disk::build;
use crate::window::Window;

/// What the kernel ends a process with that opens a socket here.
const SIGSYS: i32 = 31;

fn trap() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    Command::new(BUILT.get_or_init(|| build("no_network.c", "no_network", &[])))
}

fn trapped(program: &Path, arguments: &[&str], folder: &Path) -> Output {
    trap()
        .arg(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn the_trap_closes_on_every_socket_but_the_local_ones() {
    // As the system counts them: unix, IPv4, IPv6, netlink, packet, Bluetooth, vsock.
    let families = [
        (1, false),
        (2, true),
        (10, true),
        (16, true),
        (17, true),
        (31, true),
        (40, true),
    ];
    for (family, closes) in families {
        let ended = trap()
            .args(["--socket", &family.to_string()])
            .output()
            .unwrap();
        assert_eq!(
            ended.status.signal() == Some(SIGSYS),
            closes,
            "{family}: {ended:?}"
        );
        assert_ne!(ended.status.code(), Some(99), "{ended:?}");
    }
}

#[test]
fn the_command_line_opens_no_socket() {
    let desk = Desk::new(None);
    fs::copy(desk.filled_in_return(), desk.path("back.goldthread")).unwrap();
    let register = "register.goldthread";
    let round: &[&[&str]] = &[
        &["demo", "example.goldthread"],
        &["new", "new.goldthread", "--partnership", "Anytown"],
        &["tool", "list"],
        &[
            "issue",
            register,
            "--audit",
            AUDIT,
            "--agency",
            "POL",
            "-o",
            "out.goldthread",
        ],
        &[
            "issue", register, "--audit", AUDIT, "--agency", "POL", "--as", "xlsx", "-o",
            "out.xlsx",
        ],
        &["merge", register, "back.goldthread"],
        &["merge", register, "out.xlsx"],
        &["summary", "example.goldthread"],
        &["actions", "example.goldthread"],
        &["history", register, AUDIT],
        &[
            "export",
            "example.goldthread",
            "--as",
            "bmg-json",
            "-o",
            "bmg.json",
        ],
        &[
            "export",
            "example.goldthread",
            "--as",
            "docx",
            "--paper",
            "bmg",
            "--audit",
            "Neglect 2019",
            "-o",
            "b.docx",
        ],
        &[
            "export",
            "example.goldthread",
            "--as",
            "xlsx",
            "-o",
            "all.xlsx",
        ],
        &[
            "export",
            "example.goldthread",
            "--as",
            "csv",
            "-o",
            "tables",
        ],
        &["backup", register, "copy.goldthread"],
        &["passphrase", register, "--new-passphrase-file", "new"],
        &["check", register, "--passphrase-file", "new"],
    ];
    for arguments in round {
        let program = assert_cmd::cargo::cargo_bin!("goldthread");
        let ended = trapped(program, arguments, desk.folder.path());
        assert!(ended.status.success(), "{arguments:?}: {ended:?}");
    }
}

#[test]
fn everything_behind_the_window_opens_no_socket() {
    let tests = std::env::current_exe().unwrap();
    let journey = [
        "--ignored",
        "--exact",
        "no_network::a_journey_through_the_window",
    ];
    let ended = trapped(&tests, &journey, &std::env::current_dir().unwrap());
    assert!(ended.status.success(), "{ended:?}");
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "run by the test above, where sockets are trapped"]
fn a_journey_through_the_window() {
    let mut window = Window::on_example();
    window.click("Audits");
    window.click("Cases, Neglect re-audit 2020");
    window.click("NEG20-03, GP: In progress");
    window.press(egui::Key::ArrowDown);
    window.click("Themes");
    window.click("Settings");
    window.click("Export");
    let path = window.path("bmg.json");
    window.fill("Path of the export", &path.display().to_string());
    window.click("Write the export");
    assert!(path.exists());
}

#[test]
fn the_real_window_opens_no_socket_but_those_of_the_display() {
    let desk = Desk::new(None);
    let program = assert_cmd::cargo::cargo_bin!("goldthread");
    let mut command = trap();
    let settings = desk.path("settings");
    command
        .arg(program)
        .arg(&desk.file)
        .env("XDG_CONFIG_HOME", settings)
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DISPLAY");
    if let Some(display) = Display::start() {
        let mut window = command.env("DISPLAY", &display.name).spawn().unwrap();
        let begun = Instant::now();
        while !desk.path("register.goldthread-lock").exists() {
            let ended = window.try_wait().unwrap();
            assert_eq!(ended, None, "the window closed by itself");
            assert!(begun.elapsed() < Duration::from_secs(60), "no file opened");
            std::thread::sleep(Duration::from_millis(100));
        }
        // It is drawn, announced to the accessibility bus, and idle.
        std::thread::sleep(Duration::from_secs(2));
        let ended = window.try_wait().unwrap();
        window.kill().unwrap();
        window.wait().unwrap();
        assert_eq!(ended, None, "the window closed by itself");
    } else {
        assert!(
            std::env::var_os("GOLDTHREAD_NEEDS_DISPLAY").is_none(),
            "install xvfb"
        );
        let ended = command.output().unwrap();
        assert_eq!(ended.status.code(), Some(1), "{ended:?}");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(said.contains("Is there a display?"), "{said}");
    }
}

/// A display that nobody looks at.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Where there is a server for one.
    fn start() -> Option<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut number = String::new();
        let mut said = BufReader::new(server.stdout.take()?);
        said.read_line(&mut number).ok()?;
        let name = format!(":{}", number.trim());
        Some(Self { server, name })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// What a library is called that talks to a network on its own account, or lets others do so.
/// (`webbrowser`, which comes with egui, hands an address to the system's browser; no text of the
/// program is a link.)
const TALKERS: [&str; 21] = [
    "attohttpc",
    "curl",
    "curl-sys",
    "h2",
    "hyper",
    "isahc",
    "libssh2-sys",
    "mio",
    "minreq",
    "native-tls",
    "quinn",
    "reqwest",
    "rustls",
    "socket2",
    "surf",
    "tokio",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
    "websocket",
    "zmq",
];

/// The libraries that the program is built from on this system, as Cargo resolves them.
fn libraries() -> Vec<String> {
    let tree = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .output()
        .unwrap();
    assert!(tree.status.success(), "{tree:?}");
    let text = String::from_utf8(tree.stdout).unwrap();
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    text.lines().map(name).collect()
}

#[test]
fn no_library_of_the_program_is_for_a_network() {
    let libraries = libraries();
    assert!(
        libraries.iter().any(|name| name == "rusqlite"),
        "{libraries:?}"
    );
    let found: Vec<_> = libraries
        .iter()
        .filter(|name| TALKERS.contains(&name.as_str()))
        .collect();
    assert!(found.is_empty(), "{found:?}");
}
