//! The data the program comes with: agencies, themes, scales, timescale rules, bank holidays and
//! the built-in tools. All of it lies in `assets/`; adding an audit theme is adding a file there.

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use chrono::NaiveDate;

use super::partnership::Agency;
use super::privacy::{Finder, Words};
use super::timescale::Rule;
use super::tool::check::{Problem, read_tool};
use super::tool::{Scale, Tool};
use super::working_days::WorkingDays;

static TOOLS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/tools");

/// A theme that runs across audits.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Theme {
    /// T01 to T16.
    pub id: String,
    /// Full name.
    pub name: String,
    /// A name short enough for a table heading.
    pub short: String,
    /// What belongs to it.
    pub about: String,
}

/// Built-in data that does not read; only a programming slip in `assets/` can cause it.
#[derive(Debug, thiserror::Error)]
pub enum BadAsset {
    /// A rules file.
    #[error("the built-in file {0} is damaged: {1}")]
    Rules(&'static str, serde_json::Error),
    /// The words by which identifiers are told.
    #[error("the built-in file identifiers.json is damaged: {0}")]
    Identifiers(#[from] regex::Error),
    /// A tool file, with the first of its problems.
    #[error("the built-in tool {0} is damaged: {1}")]
    Tool(String, String),
}

/// Everything the program comes with.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Agencies, in the order of tables.
    pub agencies: Vec<Agency>,
    /// Themes T01 to T16.
    pub themes: Vec<Theme>,
    /// Scales of grades and answers.
    pub scales: Vec<Scale>,
    /// Timescale rules R1 to R17.
    pub rules: Vec<Rule>,
    /// Working days of England and Wales.
    pub calendar: WorkingDays,
    /// Finds likely identifiers in what people type.
    pub identifiers: Finder,
    /// Shared cores that tools build on.
    pub cores: Vec<Tool>,
    /// Tools, complete, in the order of their slugs and versions.
    pub tools: Vec<Tool>,
}

impl Catalogue {
    /// Reads the built-in data.
    ///
    /// # Errors
    /// [`BadAsset`] when a file in `assets/` is not in order; the tests keep that from happening.
    pub fn built_in() -> Result<Self, BadAsset> {
        #[derive(Deserialize)]
        struct Agencies {
            agencies: Vec<Agency>,
        }
        #[derive(Deserialize)]
        struct Themes {
            themes: Vec<Theme>,
        }
        #[derive(Deserialize)]
        struct Scales {
            scales: Vec<Scale>,
        }
        #[derive(Deserialize)]
        struct Rules {
            rules: Vec<Rule>,
        }
        macro_rules! rules {
            ($name:literal) => {
                asset($name, include_str!(concat!("../../assets/rules/", $name)))
            };
        }
        let mut catalogue = Self {
            agencies: rules!("agencies.json").map(|file: Agencies| file.agencies)?,
            themes: rules!("themes.json").map(|file: Themes| file.themes)?,
            scales: rules!("scales.json").map(|file: Scales| file.scales)?,
            rules: rules!("timescales.json").map(|file: Rules| file.rules)?,
            calendar: rules!("bank-holidays.json").map(BankHolidays::calendar)?,
            identifiers: Finder::new(&rules!("identifiers.json").map(|words: Words| words)?)?,
            ..Self::default()
        };
        catalogue.read_tools()?;
        Ok(catalogue)
    }

    /// Cores first: the tools are completed with them.
    fn read_tools(&mut self) -> Result<(), BadAsset> {
        let files = TOOLS.dirs().flat_map(Dir::files);
        let (cores, tools): (Vec<_>, Vec<_>) =
            files.partition(|file| file.path().starts_with("core"));
        for file in cores.into_iter().chain(tools) {
            let name = file.path().display().to_string();
            let text = file.contents_utf8().unwrap_or_default();
            let first = |problems: Vec<Problem>| problems.first().map(ToString::to_string);
            let tool = read_tool(text, self)
                .map_err(|problems| BadAsset::Tool(name, first(problems).unwrap_or_default()))?;
            if file.path().starts_with("core") {
                self.cores.push(tool);
            } else {
                self.tools.push(tool);
            }
        }
        self.tools
            .sort_by_key(|tool| (tool.slug.clone(), tool.version));
        Ok(())
    }

    /// The agency with this code.
    pub fn agency(&self, code: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.code == code)
    }

    /// The theme with this id.
    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.id == id)
    }

    /// The rule with this id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The tool called `name`: `slug@version`, or a slug alone for its newest version.
    pub fn tool(&self, name: &str) -> Option<&Tool> {
        let mut newest_first = self.tools.iter().rev();
        newest_first.find(|tool| tool.name() == name || tool.slug == name)
    }
}

#[derive(Deserialize)]
struct BankHolidays {
    from: i32,
    until: i32,
    days: Vec<BankHoliday>,
}

#[derive(Deserialize)]
struct BankHoliday {
    date: NaiveDate,
}

impl BankHolidays {
    fn calendar(self) -> WorkingDays {
        WorkingDays::new(
            self.days.into_iter().map(|day| day.date),
            self.from..=self.until,
        )
    }
}

fn asset<T: DeserializeOwned>(name: &'static str, text: &str) -> Result<T, BadAsset> {
    serde_json::from_str(text).map_err(|error| BadAsset::Rules(name, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_data_is_in_order() {
        let catalogue = Catalogue::built_in().unwrap();
        let slugs: Vec<_> = catalogue
            .tools
            .iter()
            .map(|tool| tool.slug.as_str())
            .collect();
        assert_eq!(
            slugs,
            [
                "children-in-need",
                "mental-health",
                "neglect",
                "sexual-abuse-referrals",
                "short-cp-plans"
            ]
        );
        let themes: Vec<_> = catalogue
            .themes
            .iter()
            .map(|theme| theme.id.clone())
            .collect();
        assert_eq!(
            themes,
            (1..=16).map(|n| format!("T{n:02}")).collect::<Vec<_>>()
        );
        let rules: Vec<_> = catalogue.rules.iter().map(|rule| rule.id.clone()).collect();
        assert!(
            (1..=17).all(|n| rules.contains(&format!("R{n}"))),
            "{rules:?}"
        );
    }

    #[test]
    fn every_tool_has_the_core_and_26_to_28_questions() {
        let catalogue = Catalogue::built_in().unwrap();
        for tool in &catalogue.tools {
            let main = tool
                .questions
                .iter()
                .filter(|question| question.part_of.is_none());
            assert!((26..=28).contains(&main.count()), "{}", tool.slug);
            for number in 1..=14 {
                assert!(
                    tool.question(&format!("C{number:02}")).is_some(),
                    "{}",
                    tool.slug
                );
            }
            assert_eq!(tool.safety_question.as_deref(), Some("C15b"));
            for code in ["CSC", "POL", "GP", "HP", "CAMHS", "EDU", "CPR"] {
                let asked = tool
                    .questions
                    .iter()
                    .filter(|question| question.is_for(code));
                assert!(asked.count() >= 10, "{} {code}", tool.slug);
            }
        }
    }

    #[test]
    fn the_moved_and_added_bank_holidays_are_known() {
        let calendar = Catalogue::built_in().unwrap().calendar;
        let closed = [
            "2020-05-08",
            "2022-06-02",
            "2022-06-03",
            "2022-09-19",
            "2023-05-08",
        ];
        let open = ["2020-05-04", "2022-05-30"];
        assert!(
            closed
                .iter()
                .all(|day| !calendar.is_working(day.parse().unwrap()))
        );
        assert!(
            open.iter()
                .all(|day| calendar.is_working(day.parse().unwrap()))
        );
        let per_year = |year: i32| {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            first
                .iter_days()
                .take_while(|day| day.format("%Y").to_string() == year.to_string())
                .filter(|day| {
                    !calendar.is_working(*day)
                        && !["Sat", "Sun"].contains(&day.format("%a").to_string().as_str())
                })
                .count()
        };
        let expected = |year| match year {
            2022 | 2023 => {
                if year == 2022 {
                    10
                } else {
                    9
                }
            }
            _ => 8,
        };
        for year in 2015..=2030 {
            assert_eq!(per_year(year), expected(year), "{year}");
        }
    }
}
