//! Lines by hand; and what must not change in the estimators when data are moved, scaled, turned over or shuffled.
#![allow(clippy::unwrap_used)]

mod common;

use aimline_trend::{mann_kendall, quarter_intersect, siegel, split_middle, tukey_line};
use common::{Random, near};

#[test]
fn lines_by_hand() {
    // Nine points: thirds of three. Median points (1, 3), (4, 8), (7, 12).
    let x: Vec<f64> = (0..9).map(f64::from).collect();
    let y = [3.0, 2.0, 5.0, 8.0, 9.0, 7.0, 12.0, 20.0, 11.0];
    let line = tukey_line(&x, &y).unwrap();
    near(line.slope, 9.0 / 6.0, 1e-15);
    near(line.intercept, ((3.0 - 1.5) + (8.0 - 6.0) + (12.0 - 10.5)) / 3.0, 1e-15);
    // Ten: 3, 4, 3. Eleven: 4, 3, 4.
    let ten = tukey_line(&[0., 1., 2., 3., 4., 5., 6., 7., 8., 9.], &[0., 0., 0., 5., 5., 5., 5., 7., 7., 7.]).unwrap();
    near(ten.slope, 7.0 / 7.0, 1e-15);
    let eleven =
        tukey_line(&[0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 10.], &[0., 0., 2., 2., 5., 5., 5., 9., 9., 9., 9.]).unwrap();
    near(eleven.slope, 8.0 / 7.0, 1e-15);
    // Halves of four, the fifth point dropped: (1.5, 2) and (6.5, 9).
    let y = [1.0, 2.0, 2.0, 4.0, 50.0, 8.0, 9.0, 9.0, 30.0];
    let quarter = quarter_intersect(&x, &y).unwrap();
    near(quarter.slope, 7.0 / 5.0, 1e-15);
    near(quarter.intercept, 2.0 - 1.5 * 1.4, 1e-15);
    let middle = split_middle(&x, &y).unwrap();
    let above = x.iter().zip(&y).filter(|(x, y)| **y > middle.intercept + middle.slope * *x + 1e-9).count();
    let below = x.iter().zip(&y).filter(|(x, y)| **y < middle.intercept + middle.slope * *x - 1e-9).count();
    assert!(above <= 4 && below <= 4, "{above} above, {below} below");
    // Points of one day on a border: in whichever order they come, the line is the same.
    let tied_x = [0.0, 1.0, 2.0, 2.0, 3.0, 4.0];
    let (a, b) = ([1.0, 2.0, 9.0, 3.0, 5.0, 6.0], [1.0, 2.0, 3.0, 9.0, 5.0, 6.0]);
    assert_eq!(split_middle(&tied_x, &a), split_middle(&tied_x, &b));
    assert_eq!(tukey_line(&tied_x, &a), tukey_line(&tied_x, &b));
    assert_eq!(quarter_intersect(&[0.0, 0.0, 0.0, 1.0], &[1.0, 2.0, 3.0, 4.0]), None);
    assert_eq!((tukey_line(&[0.0, 1.0], &[1.0, 2.0]), tukey_line(&[1.0; 3], &[1.0, 2.0, 3.0])), (None, None));
}

#[test]
fn moved_scaled_turned_and_shuffled() {
    let mut random = Random(11);
    for _ in 0..300 {
        let (mut x, mut y) = random.goal();
        let days: Vec<f64> = x.iter().map(|x| 7.0 * x + 20_000.0).collect();
        let scaled: Vec<f64> = y.iter().map(|y| 5.0 - 3.0 * y).collect();
        let lines = |x: &[f64], y: &[f64]| {
            let siegel = siegel(x, y).unwrap();
            [
                Some((siegel.slope, siegel.intercept)),
                tukey_line(x, y).map(|line| (line.slope, line.intercept)),
                quarter_intersect(x, y).map(|line| (line.slope, line.intercept)),
                split_middle(x, y).map(|line| (line.slope, line.intercept)),
            ]
        };
        let before = lines(&x, &y);
        for (before, after) in before.iter().zip(lines(&x, &scaled)) {
            assert_eq!(before.is_some(), after.is_some());
            if let (Some(before), Some(after)) = (before, after) {
                near(after.0, -3.0 * before.0, 1e-10);
                near(after.1, 5.0 - 3.0 * before.1, 1e-10);
            }
        }
        for (before, after) in before.iter().zip(lines(&days, &y)) {
            if let (Some(before), Some(after)) = (before, after) {
                near(7.0 * after.0, before.0, 1e-9);
            }
        }
        let test = mann_kendall(&x, &y).unwrap();
        let (turned, later) = (mann_kendall(&x, &scaled).unwrap(), mann_kendall(&days, &y).unwrap());
        assert_eq!((turned.s, turned.var_s, turned.p), (-test.s, test.var_s, test.p));
        assert_eq!(later, test);
        random.shuffle(&mut x, &mut y);
        assert_eq!(mann_kendall(&x, &y), Some(test));
        assert_eq!(lines(&x, &y), before);
    }
}
