//! When a goal is reached: by level, or by k of n sessions.

use crate::median::median3;
use crate::position::{Side, is_tie};

/// The index of the first session that ends `n` consecutive sessions of which at least `k` passed. There must be `n` sessions
/// by then, however many passed: "4 of 5" is never reached at the fourth. Once reached it stays, so the first is what counts.
/// `None` when there is none, or for k = 0 or k > n.
pub fn mastery(passes: &[bool], k: usize, n: usize) -> Option<usize> {
    if k == 0 || k > n {
        return None;
    }
    let first = passes.windows(n).position(|window| window.iter().filter(|pass| **pass).count() >= k)?;
    Some(first + n - 1)
}

/// Whether the median of the last three values (in order of time) is at or better than the target; a tie is at it. `false`
/// with fewer than three values.
pub fn level_met(y: &[f64], target: f64, worse: Side) -> bool {
    let [.., a, b, c] = y else { return false };
    let middle = median3(*a, *b, *c);
    is_tie(middle, target) || worse.sign() * (middle - target) > 0.0
}
