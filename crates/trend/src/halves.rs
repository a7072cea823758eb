//! Lines by hand: Tukey's three groups, the quarter-intersect line, the split-middle line.

use crate::median::median;
use crate::thin::usable;

/// A line with its slope and its level at x = 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MedianLine {
    /// Number of points given.
    pub n: usize,
    /// Per unit of x.
    pub slope: f64,
    /// The line at x = 0.
    pub intercept: f64,
}

/// Tukey's median–median line: thirds by time, the line between the median points of the outer two, its intercept the mean of
/// what the three median points give. With n = 3m + 1 points the middle third has one more, with 3m + 2 each outer third.
///
/// Points that share their x with a point across a border belong to the middle third, so that no order among them matters.
/// `None` for fewer than three points, slices of different length, values that are not finite, or outer thirds left empty or
/// without time between them.
pub fn tukey_line(x: &[f64], y: &[f64]) -> Option<MedianLine> {
    let points = sorted(x, y, 3)?;
    let n = points.len();
    let outer = n / 3 + usize::from(n % 3 == 2);
    let (left, right) = (from_left(&points, outer), from_right(&points, outer));
    let middle = points.get(left.len()..n - right.len())?;
    let (first, last) = (median_point(left)?, median_point(right)?);
    let slope = (last.1 - first.1) / (last.0 - first.0);
    let at_zero = |point: (f64, f64)| point.1 - slope * point.0;
    let intercept = match median_point(middle) {
        Some(centre) => (at_zero(first) + at_zero(centre) + at_zero(last)) / 3.0,
        None => (at_zero(first) + at_zero(last)) / 2.0,
    };
    finite(n, slope, intercept)
}

/// The quarter-intersect line (Koenig): halves by time, without the middle point of an odd number; the line through the
/// median x and median y of each half. Points that share their x with a point of the other half belong to neither.
///
/// `None` for fewer than two points, slices of different length, values that are not finite, or a half left empty.
pub fn quarter_intersect(x: &[f64], y: &[f64]) -> Option<MedianLine> {
    let points = sorted(x, y, 2)?;
    let half = points.len() / 2;
    let (first, last) = (median_point(from_left(&points, half))?, median_point(from_right(&points, half))?);
    let slope = (last.1 - first.1) / (last.0 - first.0);
    finite(points.len(), slope, first.1 - slope * first.0)
}

/// The split-middle line (White): the quarter-intersect line moved so that as many points lie on or above it as on or
/// below, to the intercept median(y − slope · x). `None` as for [`quarter_intersect`].
pub fn split_middle(x: &[f64], y: &[f64]) -> Option<MedianLine> {
    let line = quarter_intersect(x, y)?;
    let mut rests: Vec<f64> = x.iter().zip(y).map(|(x, y)| y - line.slope * x).collect();
    finite(line.n, line.slope, median(&mut rests)?)
}

fn sorted(x: &[f64], y: &[f64], least: usize) -> Option<Vec<(f64, f64)>> {
    let mut points: Vec<(f64, f64)> = usable(x, y, least).then(|| x.iter().copied().zip(y.iter().copied()).collect())?;
    points.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    Some(points)
}

/// The first `count` points, less those that share their x with the next one.
fn from_left(points: &[(f64, f64)], count: usize) -> &[(f64, f64)] {
    let group = points.get(..count).unwrap_or_default();
    let next = points.get(count).map_or(f64::INFINITY, |point| point.0);
    group.get(..group.partition_point(|point| point.0 < next)).unwrap_or_default()
}

/// The last `count` points, less those that share their x with the one before.
fn from_right(points: &[(f64, f64)], count: usize) -> &[(f64, f64)] {
    let (rest, group) = points.split_at(points.len().saturating_sub(count));
    let before = rest.last().map_or(f64::NEG_INFINITY, |point| point.0);
    group.get(group.partition_point(|point| point.0 <= before)..).unwrap_or_default()
}

fn median_point(group: &[(f64, f64)]) -> Option<(f64, f64)> {
    let (mut xs, mut ys): (Vec<f64>, Vec<f64>) = group.iter().copied().unzip();
    Some((median(&mut xs)?, median(&mut ys)?))
}

fn finite(n: usize, slope: f64, intercept: f64) -> Option<MedianLine> {
    let slope = slope + 0.0; // -0.0 becomes 0.0
    (slope.is_finite() && intercept.is_finite()).then_some(MedianLine { n, slope, intercept })
}
