fn main() {
    eframe::run_native("x", Default::default(), Box::new(|_| Err("".into()))).ok();
}
