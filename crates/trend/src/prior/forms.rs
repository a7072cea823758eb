//! Form effects: a passage that is harder than the others costs every student the same words.

use crate::exact_sum::Terms;

/// A form used less often than this is left as it is.
const LEAST_USES: f64 = 30.0;

/// One form's residuals about the goals' own lines.
#[derive(Clone, Debug, Default)]
pub struct FormTerms(Terms<3>);

impl FormTerms {
    /// Adds the residual of one point scored on the form.
    pub fn add(&mut self, residual: f64) {
        self.0.add([1.0, residual, residual * residual]);
    }

    /// Adds those of other goals.
    pub fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0);
    }
}

/// How far each form lies above the average one, drawn toward 0 by how little is known of it; in the measure's unit, to be
/// subtracted from the values before the lines are fitted once more. `None` for a form of fewer than 30 uses.
///
/// A one-way random-effects model: variances within and between forms by the analysis of variance for unequal groups (Searle,
/// Casella & McCulloch 1992), each mean times n / (n + within / between). All 0 when the forms differ by no more than chance.
pub fn form_effects(forms: &[FormTerms]) -> Option<Vec<Option<f64>>> {
    let sums: Vec<[f64; 3]> = forms.iter().map(|form| form.0.values()).collect::<Option<_>>()?;
    let used = || sums.iter().copied().filter(|[n, ..]| *n >= LEAST_USES);
    let (groups, total, of_squares) =
        used().fold((0.0, 0.0, 0.0), |(k, sum, squares), [n, ..]| (k + 1.0, sum + n, squares + n * n));
    if groups < 2.0 {
        return Some(vec![None; forms.len()]);
    }
    let grand = used().map(|[_, sum, _]| sum).sum::<f64>() / total;
    let within = used().map(|[n, sum, squares]| (squares - sum * (sum / n)).max(0.0)).sum::<f64>() / (total - groups);
    let between = used().map(|[n, sum, _]| n * (sum / n - grand) * (sum / n - grand)).sum::<f64>();
    let spread = ((between - (groups - 1.0) * within) / (total - of_squares / total)).max(0.0);
    let effect = |[n, sum, _]: [f64; 3]| {
        let share = if spread > 0.0 { n / (n + within / spread) } else { 0.0 };
        share * (sum / n - grand)
    };
    Some(sums.into_iter().map(|sums| (sums[0] >= LEAST_USES).then(|| effect(sums))).collect())
}
