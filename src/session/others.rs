//! Other partnerships' themes beside one's own. Their registers are read and closed again; only
//! counts stay, as long as this window is open.

use super::jobs::OtherRegister;
use super::worker::Request;
use super::{Notice, Session};
use crate::analysis::several::PartnershipThemes;
use crate::analysis::{Basis, Filter};

/// What is shown: in whose view, of which part.
pub type Shown = (Basis, Filter);

/// The other registers that were asked for, and what was read of them.
#[derive(Debug, Default)]
pub(super) struct Others {
    registers: Vec<OtherRegister>,
    read: Option<(Shown, Vec<PartnershipThemes>)>,
}

impl Session {
    /// The themes of other partnerships in this view, in the order they were added; nothing while
    /// they are being read.
    pub fn other_themes(&self, shown: &Shown) -> &[PartnershipThemes] {
        match &self.others.read {
            Some((read, themes)) if read == shown => themes,
            _ => &[],
        }
    }

    /// Whether other registers are to be shown.
    pub fn has_others(&self) -> bool {
        !self.others.registers.is_empty()
    }

    /// Takes in another partnership's register; [`Notice::OthersRead`] or [`Notice::OtherRefused`]
    /// follows.
    pub fn add_other(&mut self, register: OtherRegister, shown: Shown) {
        let mut registers = self.others.registers.clone();
        registers.retain(|known| known.path != register.path);
        registers.push(register);
        self.worker.send(Request::ReadOthers(registers, shown));
    }

    /// Reads the other registers in this view, unless they are.
    pub fn read_others(&mut self, shown: Shown) {
        let read = self.others.read.as_ref().map(|(read, _)| read);
        if self.has_others() && read != Some(&shown) {
            let registers = self.others.registers.clone();
            self.worker.send(Request::ReadOthers(registers, shown));
        }
    }

    /// Shows a register no longer, by its place in the order they were added.
    pub fn close_other(&mut self, at: usize) {
        if at < self.others.registers.len() {
            self.others.registers.remove(at);
            if let Some((_, read)) = &mut self.others.read {
                read.remove(at);
            }
        }
    }

    pub(super) fn take_others(
        &mut self,
        registers: Vec<OtherRegister>,
        shown: Shown,
        themes: Vec<PartnershipThemes>,
    ) -> Notice {
        self.others = Others {
            registers,
            read: Some((shown, themes)),
        };
        Notice::OthersRead
    }
}
