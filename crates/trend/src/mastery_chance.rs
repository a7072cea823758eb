//! How often chance alone would reach a mastery criterion, and whether mastery was kept.

use crate::mastery::mastery;

/// The longest window that is computed: the work doubles with each session of it.
const MAX_WINDOW: usize = 20;

/// P(a session passes): of `trials` trials, each right with probability `p`, at least `criterion` (a share) are right. A number
/// of right trials that the criterion asks for up to rounding is enough: 0.8 of 5 is 4. `None` for 0 trials, more than 10,000, or
/// shares outside 0 to 1.
pub fn session_chance(trials: u32, criterion: f64, p: f64) -> Option<f64> {
    let inside = |share: &f64| (0.0..=1.0).contains(share);
    if trials == 0 || trials > 10_000 || ![criterion, p].iter().all(inside) {
        return None;
    }
    let n = f64::from(trials);
    let least = (criterion * n - 1e-9).ceil().max(0.0);
    if p == 0.0 || p == 1.0 {
        return Some(if least == 0.0 { 1.0 } else { p });
    }
    let (log_p, log_q) = (libm::log(p), libm::log1p(-p));
    let term = |k: f64| {
        let choose = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
        libm::exp(choose + k * log_p + (n - k) * log_q)
    };
    let right: f64 = (0..=trials).map(f64::from).filter(|k| *k >= least).map(term).sum();
    Some(right.min(1.0))
}

/// P(at least one window of `n` consecutive sessions holds `k` or more passes, within `sessions` sessions), when each session
/// passes with probability `pass` whatever the others did. Exact: the last n − 1 sessions are the state of a Markov chain.
///
/// Of a student whose true rate is below the criterion this is the chance of being called a master all the same.
/// `None` for k = 0, k > n, n above 20, or `pass` outside 0 to 1.
pub fn mastery_chance(pass: f64, k: usize, n: usize, sessions: usize) -> Option<f64> {
    if k == 0 || k > n || n > MAX_WINDOW || !(0.0..=1.0).contains(&pass) {
        return None;
    }
    let states = 1usize << (n - 1);
    let mut chance = vec![0.0; states];
    *chance.first_mut()? = 1.0;
    let mut reached = 0.0;
    for session in 1..=sessions {
        let mut next = vec![0.0; states];
        for (state, p) in chance.iter().enumerate().filter(|(_, p)| **p > 0.0) {
            for (bit, factor) in [(1, pass), (0, 1.0 - pass)] {
                let window = state << 1 | bit;
                if session >= n && window.count_ones() as usize >= k {
                    reached += p * factor;
                } else if let Some(to) = next.get_mut(window & (states - 1)) {
                    *to += p * factor;
                }
            }
        }
        chance = next;
    }
    Some(reached)
}

/// Whether mastery was kept: of the last `n` sessions at least `k` passed again, all of them after the window in which mastery
/// was first reached. `None` when it was never reached, or fewer than `n` sessions came after.
pub fn maintained(passes: &[bool], k: usize, n: usize) -> Option<bool> {
    let later = passes.get(mastery(passes, k, n)? + 1..)?;
    let last = later.get(later.len().checked_sub(n)?..)?;
    Some(last.iter().filter(|pass| **pass).count() >= k)
}
