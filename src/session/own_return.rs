//! What an auditor does in the return of the own agency beside filling in forms.

use super::Session;
use super::command::{Command, FormCommand, Refused};
use crate::domain::form::{AgencyReturn, FormStatus};
use crate::domain::id::RecordId;
use crate::domain::revision::Author;

impl Session {
    /// The agency's part in the audit, where the file is a return.
    pub fn own_return(&self) -> Option<&AgencyReturn> {
        let returns = &self.register.returns;
        returns.values().next().filter(|_| self.file.is_return)
    }

    /// Does something to a form that need not be open. A form with answers is opened first, so that
    /// nothing on it is overlooked; then the refusal, if any, comes as
    /// [`super::Notice::Failed`].
    ///
    /// # Errors
    /// As [`Session::apply`].
    pub fn do_to_form(&mut self, form: RecordId, command: FormCommand) -> Result<(), Refused> {
        if self.file.read_only {
            return Err(Refused::ReadOnly);
        }
        let is_open = self.form.as_ref().is_some_and(|open| open.form == form);
        let known = self.register.forms.get(&form);
        let is_empty = known.is_some_and(|form| form.status == FormStatus::NotStarted);
        if is_open || is_empty {
            return self.apply(&Command::Form(form, Box::new(command)));
        }
        self.open_form(form);
        self.on_opening = Some((form, command));
        Ok(())
    }

    /// Carries out what waited for this form to be open; the sentence when it is refused.
    pub(super) fn do_on_opening(&mut self, opened: RecordId) -> Option<String> {
        let (form, command) = self.on_opening.take()?;
        if form != opened {
            return None;
        }
        let done = self.apply(&Command::Form(form, Box::new(command)));
        done.err().map(|refused| refused.to_string())
    }

    /// On a form the author is its auditor; elsewhere whoever works in this window.
    pub(super) fn author_here(&self) -> Author {
        let Some(open) = &self.form else {
            return self.auditor().unwrap_or_else(|| self.author.clone());
        };
        let role = self
            .register
            .forms
            .get(&open.form)
            .map(|form| form.role.trim());
        Author {
            role: role
                .filter(|role| !role.is_empty())
                .unwrap_or(&self.author.role)
                .to_owned(),
            agency: open.agency.clone(),
            device: self.author.device.clone(),
        }
    }

    /// Who works in a return when no form is open: its agency, in the role its forms are filled in.
    fn auditor(&self) -> Option<Author> {
        let own = self.own_return()?;
        let mut roles = self.register.forms.values().map(|form| form.role.trim());
        Some(Author {
            role: roles
                .find(|role| !role.is_empty())
                .unwrap_or("auditor")
                .into(),
            agency: own.agency.clone(),
            device: self.author.device.clone(),
        })
    }
}
