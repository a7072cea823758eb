//! Rubrics and prompt levels: ordered categories.

use crate::glm::Glm;
use crate::mann_kendall::{MannKendall, mann_kendall};
use crate::position::{Side, is_tie};
use crate::refusal::{Refusal, check};
use crate::share::Share;
use crate::theil_sen::{TheilSen, theil_sen};
use crate::trials::trials;

/// From this share of tied pairs on a slope says little, and the share at the target is what there is to say.
const MANY_TIES: f64 = 0.6;

/// Weeks in a quarter of a year.
const QUARTER: f64 = 13.0;

/// What ordered categories show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rubric {
    /// Theil–Sen line of the levels. The median of the slopes is 0 as soon as half the pairs are ties.
    pub line: TheilSen,
    /// Its slope in levels per quarter (13 weeks).
    pub per_quarter: f64,
    /// Is there a monotone trend.
    pub test: MannKendall,
    /// The share of the pairs (at different x) that are tied in the level.
    pub tied: f64,
    /// 60 % of the pairs or more are tied: judge by `at_target`, not by the slope.
    pub many_ties: bool,
    /// How many of the points are at or better than the target.
    pub at_target: Share,
}

/// Rubric levels `y` (0 to 4, say) at `x` weeks against the target level; `level` is the confidence of Sen's interval.
pub fn rubric(x: &[f64], y: &[f64], target: f64, worse: Side, level: f64) -> Result<Rubric, Refusal> {
    check(x, &[y], 2)?;
    if !(target.is_finite() && level > 0.0 && level < 1.0) {
        return Err(Refusal::OutOfRange);
    }
    let line = theil_sen(x, y, level).ok_or(Refusal::NotFinite)?;
    let test = mann_kendall(x, y).ok_or(Refusal::NotFinite)?;
    let good = y.iter().filter(|y| is_tie(**y, target) || worse.sign() * (**y - target) > 0.0).count();
    let count = |n: usize| u32::try_from(n).map_err(|_| Refusal::OutOfRange);
    let at_target = Share::new(count(good)?, count(y.len())?).ok_or(Refusal::TooFew)?;
    let tied = tied_pairs(x, y);
    Ok(Rubric { line, per_quarter: QUARTER * line.slope, test, tied, many_ties: tied >= MANY_TIES, at_target })
}

/// The share of tied levels among the pairs of points at different x.
fn tied_pairs(x: &[f64], y: &[f64]) -> f64 {
    let (mut ties, mut pairs) = (0.0, 0.0);
    for (i, (x_i, y_i)) in x.iter().zip(y).enumerate() {
        for (_, y_j) in x.iter().zip(y).skip(i + 1).filter(|(x_j, _)| *x_j != x_i) {
            pairs += 1.0;
            ties += f64::from(u8::from(y_i == y_j));
        }
    }
    ties / pairs
}

/// What prompt levels show: the order of the hierarchy, and how often no prompt was needed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prompts {
    /// The levels as ordered categories; the target is independence.
    pub order: Rubric,
    /// Sessions without a prompt.
    pub independent: Share,
    /// The logistic line of independence, with Jeffreys' penalty.
    pub line: Glm,
}

/// Prompt levels as steps of one hierarchy, 0 the most intrusive, `top` independent. `hierarchy[i]` names the scale that point i
/// was scored on: levels of different hierarchies are never averaged, and refused as `MixedScales`.
pub fn prompts(x: &[f64], steps: &[u8], hierarchy: &[u32], top: u8, level: f64) -> Result<Prompts, Refusal> {
    if hierarchy.len() != steps.len() {
        return Err(Refusal::LengthsDiffer);
    }
    if hierarchy.windows(2).any(|pair| pair.first() != pair.last()) {
        return Err(Refusal::MixedScales);
    }
    if steps.iter().any(|step| *step > top) {
        return Err(Refusal::OutOfRange);
    }
    let levels: Vec<f64> = steps.iter().map(|step| f64::from(*step)).collect();
    let alone: Vec<f64> = steps.iter().map(|step| f64::from(u8::from(*step == top))).collect();
    let order = rubric(x, &levels, f64::from(top), Side::Below, level)?;
    Ok(Prompts { order, independent: order.at_target, line: trials(x, &alone, &vec![1.0; alone.len()], true)? })
}
