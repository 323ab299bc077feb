//! Build script: gives the Windows program its icon, version and manifest (sharp on every monitor,
//! no administrator asked for). Does nothing on other systems.

#![allow(
    clippy::print_stdout,
    reason = "this is how a build script speaks to cargo"
)]

fn main() -> std::io::Result<()> {
    println!("cargo:rerun-if-changed=assets/desktop");
    resources()
}

#[cfg(windows)]
fn resources() -> std::io::Result<()> {
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return Ok(());
    }
    winresource::WindowsResource::new()
        .set_icon("assets/desktop/goldthread.ico")
        .set("ProductName", "Goldthread")
        .set("FileDescription", "Goldthread: multi-agency case audits")
        .set_manifest_file("assets/desktop/goldthread.manifest")
        .compile()
}

#[cfg(not(windows))]
fn resources() -> std::io::Result<()> {
    Ok(())
}
