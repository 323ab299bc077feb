//! What changed at the panel.

use serde::Serialize;

use crate::analysis::panel_changes::{Move, Moves, panel_changes};
use crate::analysis::{AuditFacts, Filter};
use crate::domain::register::Register;

#[derive(Clone, Debug, Serialize)]
pub(super) struct PanelChangesPart {
    #[serde(flatten)]
    all: MovesPart,
    by_agency: Vec<AgencyPart>,
    overall: Vec<AgencyPart>,
}

#[derive(Clone, Debug, Serialize)]
struct MovesPart {
    judged: usize,
    same: usize,
    favourable: usize,
    unfavourable: usize,
    sideways: usize,
    from_blank: usize,
    unjudged: usize,
    steps: Vec<StepsPart>,
}

/// How many answers moved by so many steps, towards favourable where it is above 0.
#[derive(Clone, Copy, Debug, Serialize)]
struct StepsPart {
    steps: i64,
    answers: usize,
}

#[derive(Clone, Debug, Serialize)]
struct AgencyPart {
    agency: String,
    #[serde(flatten)]
    moves: MovesPart,
}

pub(super) fn part(register: &Register, facts: &AuditFacts) -> PanelChangesPart {
    let changes = panel_changes(register, facts, &Filter::default());
    let by_agency = |list: &[(String, Moves)]| {
        let part = |(agency, moves): &(String, Moves)| AgencyPart {
            agency: agency.clone(),
            moves: moves_part(moves),
        };
        list.iter().map(part).collect()
    };
    PanelChangesPart {
        all: moves_part(&changes.all),
        by_agency: by_agency(&changes.by_agency),
        overall: by_agency(&changes.overall),
    }
}

fn moves_part(moves: &Moves) -> MovesPart {
    let steps = |moved: Move| match moved {
        Move::Favourable(Some(steps)) => Some(steps as i64),
        Move::Unfavourable(Some(steps)) => Some(-(steps as i64)),
        _ => None,
    };
    let counts = moves.counts.iter();
    let mut by_steps: Vec<StepsPart> = counts
        .filter_map(|(moved, answers)| {
            Some(StepsPart {
                steps: steps(*moved)?,
                answers: *answers,
            })
        })
        .collect();
    by_steps.sort_by_key(|part| part.steps);
    MovesPart {
        judged: moves.judged(),
        same: moves.same(),
        favourable: moves.favourable(),
        unfavourable: moves.unfavourable(),
        sideways: moves.sideways(),
        from_blank: moves.from_blank(),
        unjudged: moves.unjudged(),
        steps: by_steps,
    }
}
