//! Round numbers and months for axes.

use chrono::{Datelike, NaiveDate};

/// Round steps that cover `low` to `high`: the first and last tick enclose both.
pub(crate) fn nice(low: f64, high: f64) -> Vec<f64> {
    let (low, high) = if high - low > 1e-9 { (low, high) } else { (low - 1.0, high + 1.0) };
    let rough = (high - low) / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|unit| unit * power).find(|step| *step >= rough * 0.999).unwrap_or(rough);
    let first = (low / step + 1e-9).floor() as i64;
    let last = (high / step - 1e-9).ceil() as i64;
    (first..=last.min(first + 12)).map(|index| index as f64 * step).collect()
}

/// The lowest value that an axis shows: 0 unless all values are far above it.
pub(crate) fn floor(low: f64, high: f64) -> f64 {
    if low >= 0.0 && low > 0.6 * high { low } else { low.min(0.0) }
}

/// The first days of months from `first` to `last`, not more than about ten.
pub(crate) fn months(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let all: Vec<NaiveDate> = (first.year()..=last.year())
        .flat_map(|year| (1..=12).filter_map(move |month| NaiveDate::from_ymd_opt(year, month, 1)))
        .filter(|day| *day >= first && *day <= last)
        .collect();
    let every = [1u32, 2, 3, 6, 12].into_iter().find(|every| all.len() <= 12 * *every as usize).unwrap_or(12);
    all.into_iter().filter(|day| day.month0() % every == 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_enclose() {
        assert_eq!(nice(0.0, 90.0), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(nice(0.0, 6.0), [0.0, 2.0, 4.0, 6.0]);
        assert_eq!(nice(180.0, 212.0), [180.0, 190.0, 200.0, 210.0, 220.0]);
        assert_eq!(nice(5.0, 5.0), [4.0, 4.5, 5.0, 5.5, 6.0]);
    }
}
