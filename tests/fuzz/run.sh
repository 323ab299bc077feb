#!/usr/bin/env bash
# Runs the fuzz targets, two at a time, each for MINUTES (20 by default).
#
#   tests/fuzz/run.sh [TARGET…]
#
# Needs a nightly toolchain and cargo-fuzz. Without a sanitizer: the program has no unsafe code, so
# what is looked for is panics, hangs, memory and broken promises. The last lines of each run are in
# tests/fuzz/target/NAME.log, what was found in tests/fuzz/artifacts; keep a finding with
#   cargo test --test hostile keep_findings -- --ignored
set -euo pipefail
cd "$(dirname "$0")/../.."
targets=("$@")
[ $# -gt 0 ] || targets=(register return data tool workbook decisions cases)
cargo test --test hostile make_corpora -- --ignored
cargo +nightly fuzz build --fuzz-dir tests/fuzz --sanitizer none

run() {
    nice -n 15 "tests/fuzz/target/x86_64-unknown-linux-gnu/release/$1" \
        -fork=1 -ignore_crashes=1 -ignore_ooms=1 -ignore_timeouts=1 \
        -max_total_time=$((${MINUTES:-20} * 60)) -rss_limit_mb=400 -timeout=5 -max_len=262144 \
        -artifact_prefix="tests/fuzz/artifacts/$1/" \
        "tests/fuzz/corpus/$1" >"tests/fuzz/target/$1.log" 2>&1 || echo "$1 ended early"
    grep '^#' "tests/fuzz/target/$1.log" | tail -n 1 | sed "s/^/$1 /"
}
export -f run
printf '%s\n' "${targets[@]}" | xargs -P "${AT_ONCE:-2}" -I{} bash -c 'mkdir -p tests/fuzz/artifacts/{}; run {}'
