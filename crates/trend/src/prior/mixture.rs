//! A robust prior: two normals in place of one, by the EM algorithm on noisy slopes.

use super::fit::ROUND_TERMS;

/// One normal of a mixture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Component {
    /// Share of the goals.
    pub weight: f64,
    /// Mean slope.
    pub mean: f64,
    /// Standard deviation of the true slopes.
    pub spread: f64,
}

/// A narrow and a wide one about the same mean: no direction is preferred, the data part the means.
pub(crate) fn start(mean: f64, spread: f64) -> [Component; 2] {
    [Component { weight: 0.7, mean, spread: 0.5 * spread }, Component { weight: 0.3, mean, spread: 2.0 * spread }]
}

/// How likely each component is for a slope `b` of variance `v`: by the normal densities of b, on the logarithm.
pub(crate) fn responsibilities(components: &[Component; 2], b: f64, v: f64) -> [f64; 2] {
    let [first, second] = components.map(|part| {
        let (variance, gap) = (part.spread * part.spread + v, b - part.mean);
        libm::log(part.weight) - 0.5 * (libm::log(variance) + gap * gap / variance)
    });
    let odds = libm::exp(-(first - second).abs());
    let (larger, smaller) = (1.0 / (1.0 + odds), odds / (1.0 + odds));
    if first >= second { [larger, smaller] } else { [smaller, larger] }
}

/// What is left of the distance from the mean, and the variance of the true slope, in one component.
fn drawn(part: &Component, b: f64, v: f64) -> (f64, f64) {
    let square = part.spread * part.spread;
    let share = square / (square + v);
    (share * (b - part.mean), share * v)
}

/// Of one goal: for each component its responsibility r, r δ, and r (δ² + variance), δ from the component's present mean; 1.
pub(crate) fn terms(components: &[Component; 2], b: f64, v: f64) -> [f64; 7] {
    let [one, two] = components;
    let [r1, r2] = responsibilities(components, b, v);
    let ((d1, v1), (d2, v2)) = (drawn(one, b, v), drawn(two, b, v));
    [r1, r1 * d1, r1 * (d1 * d1 + v1), r2, r2 * d2, r2 * (d2 * d2 + v2), 1.0]
}

/// The next mixture. A component that no goal belongs to keeps its place with a weight of 0.
pub(crate) fn step(components: &[Component; 2], sums: [f64; ROUND_TERMS]) -> Option<[Component; 2]> {
    let [r1, rd1, rs1, r2, rd2, rs2, count, _] = sums;
    let [one, two] = components;
    let next = |part: &Component, r: f64, rd: f64, rs: f64| {
        let moved = if r > 0.0 { rd / r } else { 0.0 };
        let square = if r > 0.0 { (rs / r - moved * moved).max(0.0) } else { part.spread * part.spread };
        Component { weight: r / count, mean: part.mean + moved, spread: square.sqrt() }
    };
    let next = [next(one, r1, rd1, rs1), next(two, r2, rd2, rs2)];
    let finite = next.iter().all(|part| part.weight.is_finite() && part.mean.is_finite() && part.spread.is_finite());
    finite.then_some(next)
}
