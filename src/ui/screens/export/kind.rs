//! The kinds of export, each with its sentence.

/// What can be exported from the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    BmgJson,
    Actions,
    BmgPaper,
    Briefing,
    Agency,
    Annual,
    Form,
    Workbook,
    Csv,
    Data,
}

impl Kind {
    /// In the order of the list, with the heading over each group.
    pub(super) const GROUPS: [(&'static str, &'static [Self]); 3] = [
        (
            "Papers to go on editing (Word)",
            &[
                Self::BmgPaper,
                Self::Briefing,
                Self::Agency,
                Self::Annual,
                Self::Form,
            ],
        ),
        (
            "Tables and data for the subgroup and the BMG",
            &[Self::BmgJson, Self::Actions, Self::Workbook, Self::Csv],
        ),
        ("Everything", &[Self::Data]),
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::BmgJson => "For the BMG (goldthread/bmg/1)",
            Self::Actions => "The action plan, to decide on (goldthread/actions/1)",
            Self::BmgPaper => "Paper to the BMG",
            Self::Briefing => "Learning briefing",
            Self::Agency => "Feedback for one agency",
            Self::Annual => "Annual report section",
            Self::Form => "Form, blank or filled in",
            Self::Workbook => "Workbook (Excel)",
            Self::Csv => "CSV files",
            Self::Data => "All data of an audit (goldthread/data/1)",
        }
    }

    pub(super) fn about(self) -> &'static str {
        match self {
            Self::BmgJson => {
                "Scope, coverage, grades, themes, hypotheses, timescales, findings and actions for the BMG's own tools. No case and no note."
            }
            Self::Actions => {
                "Every action for the BMG to change and send back. No case and no note on one."
            }
            Self::BmgPaper => {
                "In the layout of the board papers, with charts; what only a person can say is marked."
            }
            Self::Briefing => {
                "Two pages for practitioners: what works well, what needs to improve, what you can do."
            }
            Self::Agency => {
                "Its own answers, where the panel judged differently, the findings that concern it and its actions; nothing of any other agency."
            }
            Self::Annual => {
                "Aims, membership, activity, key findings, achievements and next year, over all audits of a year."
            }
            Self::Form => "The audit's tool on paper, or the form of one agency for one case.",
            Self::Workbook => {
                "Coverage, grades, questions, themes, timescales, findings, actions and answers. The BMG sends decisions back on its sheet of actions."
            }
            Self::Csv => {
                "The workbook's tables as files in a new folder, with a dictionary of every column."
            }
            Self::Data => {
                "Every case, answer and note. As confidential as this file: keep it where you keep this one."
            }
        }
    }

    /// What the proposed name says after the audit.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::BmgJson => "for BMG.json",
            Self::Actions => "actions.json",
            Self::BmgPaper => "paper to BMG.docx",
            Self::Briefing => "learning briefing.docx",
            Self::Agency => "feedback.docx",
            Self::Annual => "annual section.docx",
            Self::Form => "form.docx",
            Self::Workbook => "workbook.xlsx",
            Self::Csv => "tables",
            Self::Data => "data.json",
        }
    }

    pub(super) fn is_of_one_audit(self) -> bool {
        matches!(
            self,
            Self::BmgPaper | Self::Briefing | Self::Agency | Self::Form | Self::Data
        )
    }

    pub(super) fn can_be_published(self) -> bool {
        !matches!(self, Self::Agency | Self::Form | Self::Data | Self::Actions)
    }

    /// Whether it counts answers, the agencies' or the panel's. Feedback always counts the agency's
    /// own.
    pub(super) fn counts(self) -> bool {
        !matches!(
            self,
            Self::Form | Self::Data | Self::Briefing | Self::Actions | Self::Agency
        )
    }

    pub(super) fn can_hold_notes(self) -> bool {
        matches!(self, Self::Workbook | Self::Csv)
    }
}
