//! Tables of counts: coverage, grades, questions, themes, timescales.

use super::{Field, Table, TablesSource};
use crate::exchange::report::{AuditPart, Count, GradeCells, QuestionPart, RulePart, ShareJson};

const AUDIT: &str = "Title of the audit.";
const FAVOURABLE: &str = "Answers that speak well of practice.";
const SCORED: &str = "Answers that count: neither not applicable nor not evidenced.";
const IN_WORDS: &str = "Published only: which way a hidden count leans.";
const PERCENT: &str = "Share in percent, of 20 answers or more.";
const INTERVAL: &str = "End of Wilson’s 95 % interval, in percent.";

impl TablesSource<'_> {
    pub(super) fn coverage(&self) -> Table {
        let mut table = Table::new("Coverage", "Forms expected and received.")
            .column("Audit", 28, AUDIT)
            .column("Agency", 34, "The agency; all together in one row.")
            .column("Expected", 11, "Cases times agencies.")
            .column("Submitted", 11, "Forms sent in.");
        if self.published() {
            return table.rows(self.audits().map(|audit| {
                let whole = &audit.coverage;
                let counts = [whole.expected.into(), whole.submitted.into()];
                row([(&audit.title).into(), "All agencies".into()], counts)
            }));
        }
        for (name, about) in [
            ("Not known to us", "The agency does not know the child."),
            ("Declined", "The agency will not fill it in."),
            ("Outstanding", "Nobody has answered."),
        ] {
            table = table.column(name, 16, about);
        }
        let rows = self.audits().flat_map(|audit| {
            let agencies = audit.coverage.by_agency.iter().flatten();
            let together = self.together(audit);
            let rows = agencies.map(|part| {
                let counts = [
                    part.expected,
                    part.submitted,
                    part.rest.not_known,
                    part.rest.declined,
                    part.rest.outstanding,
                ];
                let names = [(&audit.title).into(), self.agency(&part.agency).into()];
                row(names, counts.map(Field::Count))
            });
            rows.chain(together).collect::<Vec<_>>()
        });
        table.rows(rows.collect::<Vec<_>>())
    }

    /// The forms of all agencies, where those of each are not known any more.
    fn together(&self, audit: &AuditPart) -> Option<Vec<Field>> {
        let whole = &audit.coverage;
        let rest = whole.rest.as_ref();
        let rest = rest.map(|rest| [rest.not_known, rest.declined, rest.outstanding]);
        let rest = rest.map_or([const { Field::Empty }; 3], |rest| rest.map(Field::Count));
        let names: [Field; 2] = [(&audit.title).into(), "All agencies".into()];
        let counts = [whole.expected.into(), whole.submitted.into()];
        let row = names.into_iter().chain(counts).chain(rest);
        whole.by_agency.is_none().then(|| row.collect())
    }

    pub(super) fn grades(&self) -> Table {
        let labels = self.grade_labels();
        let mut table = Table::new(
            "Grades",
            "Overall grades as given. Never averaged or converted.",
        )
        .column("Audit", 28, AUDIT)
        .column(
            "Given by",
            34,
            "The agency, all agencies together, or the panel.",
        );
        for label in &labels {
            table = table.column(label.clone(), 21, "How often this grade was given.");
        }
        table = table.column("In words", 14, IN_WORDS);
        let mut rows = Vec::new();
        for audit in self.audits() {
            let mut push = |by: String, counts: &GradeCells, words: Option<&'static str>| {
                let mut fields = vec![(&audit.title).into(), by.into()];
                fields.extend(labels.iter().map(|label| self.grade(audit, counts, label)));
                fields.push(words.into());
                rows.push(fields);
            };
            let grades = &audit.grades;
            for part in grades.by_agency.iter().flatten() {
                push(self.agency(&part.agency), &part.counts, None);
            }
            if audit.removed.is_some() {
                continue;
            }
            push(
                "All agencies".into(),
                &grades.agencies.counts,
                grades.agencies.words,
            );
            push("Panel".into(), &grades.panel.counts, grades.panel.words);
        }
        table.rows(rows)
    }

    /// The grades of every scale in use, each once, best first.
    fn grade_labels(&self) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        for audit in self.audits() {
            for (id, _) in &audit.grades.agencies.counts.0 {
                let label = self.grade_label(audit, id);
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
        }
        labels
    }

    fn grade_label(&self, audit: &AuditPart, id: &str) -> String {
        let tool = self.register.tool_of(audit.record);
        tool.map_or(id, |tool| tool.grade_label(id)).to_owned()
    }

    /// The count of a grade; nothing where the audit's scale does not have it.
    fn grade(&self, audit: &AuditPart, counts: &GradeCells, label: &str) -> Field {
        let own = counts.0.iter();
        own.map(|(id, count)| (self.grade_label(audit, id), *count))
            .find(|(own, _)| own == label)
            .map(|(_, count)| count)
            .into()
    }

    pub(super) fn questions(&self) -> Table {
        let published = self.published();
        let mut table = Table::new(
            "Questions",
            "Every question and what its answers add up to.",
        )
        .column("Audit", 28, AUDIT)
        .column("Section", 26, "Section of the tool.")
        .column("Theme", 26, "Theme of the question.")
        .column("Code", 8, "Printed code of the question.")
        .column("Question", 60, "The question.");
        if !published {
            table = table.column(
                "Agency",
                26,
                "Who answered; the panel on the panel’s basis.",
            );
        }
        table = with_share(table);
        if !published {
            table = table
                .column(
                    "Not applicable",
                    14,
                    "The question does not bear on the child.",
                )
                .column("Not evidenced", 14, "The record does not show the answer.")
                .column("Answers", 50, "Every value that was given, with how often.");
        }
        let rows = self.audits().flat_map(|audit| {
            let questions = audit.questions.iter();
            questions.map(|part| self.question(audit, part))
        });
        table.rows(rows.collect::<Vec<_>>())
    }

    fn question(&self, audit: &AuditPart, part: &QuestionPart) -> Vec<Field> {
        let mut fields: Vec<Field> = vec![
            (&audit.title).into(),
            (&part.section).into(),
            self.theme(&part.theme).into(),
            (&part.code).into(),
            (&part.text).into(),
        ];
        if !self.published() {
            let agency = part.agency.as_deref();
            fields.push(
                agency
                    .map_or_else(|| "Panel".into(), |code| self.agency(code))
                    .into(),
            );
        }
        match &part.share {
            Some(share) => fields.extend(share_fields(share)),
            None => fields.extend([const { Field::Empty }; SHARE_FIELDS]),
        }
        if let Some(spread) = &part.spread {
            let given = spread.values.iter().filter(|(_, count)| *count > 0);
            let words: Vec<String> = given
                .map(|(label, count)| format!("{label}: {count}"))
                .collect();
            fields.extend([
                spread.not_applicable.into(),
                spread.not_evidenced.into(),
                words.join("; ").into(),
            ]);
        }
        fields
    }

    pub(super) fn themes(&self) -> Table {
        let mut table = Table::new("Themes", "Themes within and across audits.")
            .column("Theme", 44, "The theme.")
            .column("Audit", 28, AUDIT);
        table = with_share(table);
        let rows = self.report.themes.iter().flat_map(|theme| {
            theme.by_audit.iter().map(|part| {
                let names = [(&theme.name).into(), (&part.title).into()];
                row(names, share_fields(&part.share))
            })
        });
        table.rows(rows.collect::<Vec<_>>())
    }

    pub(super) fn timescales(&self) -> Table {
        let mut table = Table::new(
            "Timescales",
            "Rules by how binding they are. Never added up; meeting one is not quality.",
        )
        .column("Audit", 28, AUDIT)
        .column("Binding", 12, "Statutory, local or indicative.")
        .column("Rule", 8, "Id of the rule.")
        .column("Title", 50, "The rule.")
        .column("Met", 10, "Cases that met it under both ways of counting.")
        .column("Missed", 10, "Cases that missed it under both.")
        .column(
            "One way only",
            13,
            "Cases that met it under one way of counting only.",
        )
        .column(
            "Cannot compute",
            15,
            "A date is missing, impossible or given differently.",
        )
        .column("No limit", 10, "No limit was in force.")
        .column("In words", 14, IN_WORDS);
        if !self.published() {
            table = table
                .column(
                    "Median days",
                    12,
                    "Calendar days from start to end: the middle case.",
                )
                .column("Shortest", 10, "Calendar days, shortest.")
                .column("Longest", 10, "Calendar days, longest.");
        }
        let rows = self.audits().flat_map(|audit| {
            let by_kind = [
                ("Statutory", &audit.timescales.statutory),
                ("Local", &audit.timescales.local),
                ("Indicative", &audit.timescales.indicative),
            ];
            by_kind
                .into_iter()
                .flat_map(|(kind, rules)| rules.iter().map(|rule| self.rule(audit, kind, rule)))
        });
        table.rows(rows.collect::<Vec<_>>())
    }

    fn rule(&self, audit: &AuditPart, kind: &str, rule: &RulePart) -> Vec<Field> {
        let counts: [Count; 5] = [
            rule.met,
            rule.missed,
            rule.one_convention_only,
            rule.cannot_compute,
            rule.no_limit,
        ];
        let mut fields: Vec<Field> = vec![
            (&audit.title).into(),
            kind.into(),
            (&rule.rule).into(),
            (&rule.title).into(),
        ];
        fields.extend(counts.map(Field::from));
        fields.push(rule.words.into());
        if !self.published() {
            let days = rule.days.as_ref();
            fields.push(days.map_or(Field::Empty, |days| Field::Number(days.median)));
            let whole = |days: i64| Field::Number(days as f64);
            fields.push(days.map_or(Field::Empty, |days| whole(days.shortest)));
            fields.push(days.map_or(Field::Empty, |days| whole(days.longest)));
        }
        fields
    }
}

const SHARE_FIELDS: usize = 6;

fn with_share(table: Table) -> Table {
    table
        .column("Favourable", 11, FAVOURABLE)
        .column("Scored", 10, SCORED)
        .column("In words", 14, IN_WORDS)
        .column("Percent", 10, PERCENT)
        .column("From", 8, INTERVAL)
        .column("To", 8, INTERVAL)
}

fn share_fields(share: &ShareJson) -> [Field; SHARE_FIELDS] {
    let percent = share.percent.as_ref();
    let number = |value: Option<f64>| value.map_or(Field::Empty, Field::Number);
    [
        share.favourable.into(),
        share.scored.into(),
        share.words.into(),
        number(percent.map(|percent| percent.value)),
        number(percent.map(|percent| percent.low)),
        number(percent.map(|percent| percent.high)),
    ]
}

fn row(names: [Field; 2], counts: impl IntoIterator<Item = Field>) -> Vec<Field> {
    names.into_iter().chain(counts).collect()
}
