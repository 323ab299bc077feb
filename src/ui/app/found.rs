//! Going to what a search found, to the help and to the document for what is shown.

use egui::Context;

use super::App;
use crate::domain::id::RecordId;
use crate::session::search::Place;
use crate::session::{Session, search::SearchRequest};
use crate::ui::act::Act;
use crate::ui::route::Route;
use crate::ui::screens::{FormPage, Topic};

impl App {
    /// Opens the search from the screen one is on.
    pub(super) fn begin_search(&mut self, ctx: &Context) {
        let here = self.trail.here().clone();
        let Some(session) = self.session.as_ref().filter(|_| here != Route::Search) else {
            return;
        };
        let audit = audit_of(session, &here);
        self.screens.search.begin(here, audit);
        self.carry_out(ctx, None, Act::Go(Route::Search));
    }

    /// Opens the help at the part about the screen one is on; from the help, goes back.
    pub(super) fn begin_help(&mut self, ctx: &Context) {
        let here = self.trail.here().clone();
        if here == Route::Help {
            return self.carry_out(ctx, None, Act::Back);
        }
        let session = self.session.as_ref();
        let is_return = session.is_some_and(|session| session.file().is_return);
        self.screens.help.begin(&here, is_return);
        self.carry_out(ctx, None, Act::Go(Route::Help));
    }

    /// Leads to the export of the document for what is shown.
    pub(super) fn print(&mut self, ctx: &Context) {
        let here = self.trail.here().clone();
        let Some(session) = &self.session else { return };
        let audit = audit_of(session, &here);
        self.screens.export.print(session, &here, audit);
        self.carry_out(ctx, None, Act::Go(Route::Export(audit)));
    }

    pub(super) fn search(&mut self, request: SearchRequest) {
        self.with_session(|session| session.search(request));
    }

    /// Leads to the place of something that was found.
    pub(super) fn go_to_found(&mut self, ctx: &Context, place: Place) {
        let Some(session) = &self.session else { return };
        let go = match place {
            Place::Audit(audit) => Act::Go(Route::Audit(audit)),
            Place::Case(case) => match own_form(session, case) {
                Some(form) => Act::Go(Route::Form(form)),
                None => Act::Go(Route::Panel(case)),
            },
            Place::Question(audit, question) => self.question(session, audit, &question),
            Place::Answer(form, question) => Act::GoToAnswer(form, Some(question)),
            Place::Form(form) => Act::GoToAnswer(form, None),
            Place::Judgement(case, question) => Act::GoToJudgement(case, question),
            Place::Concerns(audit) => Act::Go(Route::Concerns(audit)),
            Place::Hypotheses(audit) => Act::GoToTopic(audit, Topic::Hypotheses),
            Place::Finding(finding) => Act::Go(Route::Finding(finding)),
            Place::Action(action) => Act::Go(Route::Action(action)),
        };
        self.carry_out(ctx, None, go);
    }

    /// A question is shown where one came from: on that form, or on the panel's page of that case;
    /// else on a form of a return, or with its counts.
    fn question(&self, session: &Session, audit: RecordId, question: &str) -> Act {
        let register = session.register();
        let asks = |audit: RecordId| {
            let tool = register.tool_of(audit);
            tool.is_some_and(|tool| tool.question(question).is_some())
        };
        let form_asks = |form: &RecordId| register.place_of(*form).is_some_and(|of| asks(of.0));
        match self.screens.search.from() {
            Some(Route::Form(form) | Route::Review(form)) if form_asks(form) => {
                return Act::GoToAnswer(*form, Some(question.to_owned()));
            }
            Some(Route::Panel(case))
                if register
                    .cases
                    .get(case)
                    .is_some_and(|case| asks(case.audit)) =>
            {
                return Act::GoToJudgement(*case, Some(question.to_owned()));
            }
            _ => (),
        }
        let mut forms = register.forms.keys().filter(|_| session.file().is_return);
        match forms.find(|form| form_asks(form)) {
            Some(form) => Act::GoToAnswer(*form, Some(question.to_owned())),
            None => Act::GoToCounts(audit, question.to_owned()),
        }
    }

    /// Opens a form at a question, or at its overall grade.
    pub(super) fn go_to_answer(&mut self, ctx: &Context, form: RecordId, question: Option<String>) {
        let register = self.session.as_ref().map(Session::register);
        let tool = register.and_then(|register| register.tool_of(register.place_of(form)?.0));
        let asked = question.as_ref().and_then(|id| tool?.question(id));
        let page = match asked {
            Some(question) => FormPage::Section(question.section.clone()),
            None => FormPage::Overall,
        };
        self.screens.form.go_to(page, question);
        self.carry_out(ctx, None, Act::Go(Route::Form(form)));
    }
}

/// In a return, the agency's own form for a case.
fn own_form(session: &Session, case: RecordId) -> Option<RecordId> {
    let forms = session.register().forms.iter();
    let mut own = forms.filter(|(_, form)| session.file().is_return && form.case == case);
    own.next().map(|(id, _)| *id)
}

/// The audit a screen is of.
fn audit_of(session: &Session, route: &Route) -> Option<RecordId> {
    let register = session.register();
    match route {
        Route::Audit(audit)
        | Route::Summary(audit)
        | Route::Returns(audit)
        | Route::MakeReturns(audit)
        | Route::Attendance(audit)
        | Route::Findings(audit)
        | Route::NewFinding(audit)
        | Route::Concerns(audit)
        | Route::Scope(audit)
        | Route::Actions(Some(audit))
        | Route::Conflicts(Some(audit))
        | Route::Export(Some(audit)) => Some(*audit),
        Route::Form(form) | Route::Review(form) => register.place_of(*form).map(|of| of.0),
        Route::Panel(case) => register.cases.get(case).map(|case| case.audit),
        Route::Finding(id) => register.findings.get(id).map(|finding| finding.audit),
        Route::Action(id) => register.actions.get(id).map(|action| action.audit),
        _ => None,
    }
}
