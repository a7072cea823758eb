//! `aimline priors FILE --out OUT`: what the district's goals say of one another, as a file for others or for a term.

use crate::args::PriorsArgs;
use crate::explain_goal::analysis_of;
use crate::output;
use aimline_analyze::{Analysis, LEAST_SHARED, write_priors};
use aimline_store::sys;
use anyhow::{Context, ensure};

pub(crate) fn priors(args: &PriorsArgs) -> anyhow::Result<u8> {
    // Of the district's own goals only: what others gave is theirs to give.
    let own = |config: &mut aimline_analyze::Config| {
        config.mode = aimline_analyze::Mode::Posterior;
        config.priors = Vec::new();
        config.frozen = false;
    };
    let (analysis, ..) = analysis_of(&args.out, args.config.as_deref(), own)?;
    let shared = analysis.priors.len();
    ensure!(shared > 0, "no {LEAST_SHARED} goals have the same measure or unit; there is nothing to share yet");
    sys::write(&args.file, write_priors(&analysis.priors)?.as_bytes())
        .with_context(|| format!("cannot write {}", args.file.display()))?;
    output::line(&format!(
        "{} has {shared} priors of {LEAST_SHARED} goals or more: means, spreads and noise, no child's data.",
        args.file.display()
    ))?;
    output::line("To use it, put it into the folder aimline/priors of an inbox.")?;
    Ok(0)
}

/// On what the verdicts of current goals rest, in a sentence; none when no verdict rests on a line.
pub(crate) fn rungs(analysis: &Analysis) -> Option<String> {
    let of = |rung: &str| analysis.flags.iter().filter(|flag| flag.current && flag.rung.as_deref() == Some(rung)).count();
    let [stratum, measure, family, own] = ["stratum", "measure", "family", "own_data"].map(of);
    if stratum + measure + family + own == 0 {
        return None;
    }
    if stratum + measure + family == 0 {
        return Some(format!(
            "The {own} goals with a line are judged from their own data: too few are on one measure to lend each other strength."
        ));
    }
    Some(format!(
        "Goals with a line are judged with what others say: {stratum} with those on the same measure and level, {measure} on the \
         same measure, {family} on the same unit; {own} from their own data alone."
    ))
}
