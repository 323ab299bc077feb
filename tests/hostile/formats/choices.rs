//! What to spoil and how, decided by bytes: those of the fuzzer, or of a number in `cargo test`. The
//! same bytes always spoil the same file in the same way.

/// Bytes that are used up one decision after the other. When none are left every decision is 0.
pub struct Choices<'a>(&'a [u8]);

impl<'a> Choices<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes that are left.
    #[allow(dead_code)]
    pub fn rest(&self) -> &'a [u8] {
        self.0
    }

    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    /// A number below `end`, which is not 0. Takes no more bytes than the number has.
    pub fn below(&mut self, end: usize) -> usize {
        let mut found = 0_usize;
        let mut reach = 1_usize;
        while reach < end {
            found = found << 8 | usize::from(self.byte());
            reach = reach.saturating_mul(256);
        }
        found % end
    }

    /// One of several.
    pub fn of<'b, T>(&mut self, all: &'b [T]) -> &'b T {
        &all[self.below(all.len())]
    }
}

/// Bytes that look random and are the same for the same number (SplitMix64).
pub fn bytes_of(number: u64) -> Vec<u8> {
    let mut state = number;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    };
    // Few decisions more often than many: a file with one thing wrong gets furthest.
    let length = 1 + (next() % 6) * (next() % 3 + 1);
    (0..length).flat_map(|_| next().to_le_bytes()).collect()
}
