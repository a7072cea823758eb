//! G4 and G5: Sen's example of 1968 and six more series, by scipy 1.17.1 (`linregress`, `theilslopes`).
#![allow(clippy::unwrap_used)]

mod common;

use aimline_trend::{TheilSenScratch, ols, t_cdf, theil_sen};
use common::near;

struct OlsWant {
    slope: f64,
    intercept: f64,
    see: f64,
    /// SE of the slope, SE of the intercept, r², p, 95 % interval of the slope; scipy gives none for constant y.
    rest: Option<[f64; 6]>,
}

struct Series {
    name: &'static str,
    x: &'static [f64],
    y: &'static [f64],
    ols: Option<OlsWant>,
    slope: f64,
    separate: f64,
    joint: f64,
    ci95: (f64, f64),
    ci90: (f64, f64),
}

const SERIES: [Series; 7] = [
    Series {
        name: "sen1968",
        x: &[1.0, 2.0, 3.0, 4.0, 10.0, 12.0, 18.0],
        y: &[9.0, 15.0, 19.0, 20.0, 45.0, 55.0, 78.0],
        ols: Some(OlsWant {
            slope: 4.0213523131672595,
            intercept: 5.704626334519574,
            see: 1.3226738797492066,
            rest: Some([
                0.08522617785036553,
                0.7877249186112151,
                0.9977592286933331,
                8.076450923091564e-08,
                3.8022714484644,
                4.240433177870119,
            ]),
        }),
        slope: 4.0,
        separate: 4.0,
        joint: 6.0,
        ci95: (3.7142857142857144, 4.375),
        ci90: (3.75, 4.181818181818182),
    },
    Series {
        name: "weekly_wcpm_12",
        x: &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0],
        y: &[52.0, 55.0, 49.0, 58.0, 57.0, 61.0, 55.0, 63.0, 60.0, 66.0, 62.0, 64.0],
        ols: Some(OlsWant {
            slope: 1.1748251748251748,
            intercept: 52.03846153846154,
            see: 2.99381647115134,
            rest: Some([
                0.25035551034279313,
                1.6257051820890476,
                0.6877025413610781,
                0.0008510341659053707,
                0.616998335421546,
                1.7326520142288035,
            ]),
        }),
        slope: 1.25,
        separate: 52.125,
        joint: 52.0,
        ci95: (0.6666666666666666, 1.75),
        ci90: (0.75, 1.625),
    },
    Series {
        name: "flat_8",
        x: &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
        y: &[40.0, 42.0, 39.0, 41.0, 40.0, 42.0, 38.0, 41.0],
        ols: Some(OlsWant {
            slope: -0.05952380952380952,
            intercept: 40.583333333333336,
            see: 1.512513938017899,
            rest: Some([
                0.23338596750051765,
                0.97632354880832,
                0.010725010725010725,
                0.8072058554846185,
                -0.630598699291763,
                0.511551080244144,
            ]),
        }),
        slope: 0.0,
        separate: 40.5,
        joint: 40.5,
        ci95: (-0.8, 0.5),
        ci90: (-0.5, 0.4),
    },
    Series {
        name: "constant_y",
        x: &[0.0, 1.0, 2.0, 3.0],
        y: &[5.0, 5.0, 5.0, 5.0],
        ols: Some(OlsWant { slope: 0.0, intercept: 5.0, see: 0.0, rest: None }),
        slope: 0.0,
        separate: 5.0,
        joint: 5.0,
        ci95: (0.0, 0.0),
        ci90: (0.0, 0.0),
    },
    Series {
        name: "tied_x",
        x: &[0.0, 1.0, 1.0, 2.0, 3.0, 3.0],
        y: &[2.0, 3.0, 5.0, 4.0, 6.0, 7.0],
        ols: Some(OlsWant {
            slope: 1.3636363636363633,
            intercept: 2.2272727272727275,
            see: 0.9828067413836206,
            rest: Some([
                0.362925441424348,
                0.725850882848696,
                0.7792207792207791,
                0.01982041658888203,
                0.35599379824198385,
                2.3712789290307428,
            ]),
        }),
        slope: 1.3333333333333333,
        separate: 2.5,
        joint: 2.0,
        ci95: (-1.0, 3.0),
        ci90: (0.5, 3.0),
    },
    Series {
        name: "outlier",
        x: &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0],
        y: &[10.0, 12.0, 13.0, 15.0, 60.0, 18.0, 21.0, 22.0, 25.0, 26.0],
        ols: Some(OlsWant {
            slope: 1.5515151515151515,
            intercept: 15.218181818181819,
            see: 14.409224738887156,
            rest: Some([
                1.5864034321077103,
                8.469076791952531,
                0.10679390158848104,
                0.3567148799188843,
                -2.10673772302731,
                5.2097680260576125,
            ]),
        }),
        slope: 1.8,
        separate: 11.4,
        joint: 9.9,
        ci95: (1.5, 2.0),
        ci90: (1.6, 2.0),
    },
    Series {
        name: "two_points",
        x: &[0.0, 7.0],
        y: &[10.0, 13.0],
        ols: None,
        slope: 0.42857142857142855,
        separate: 10.0,
        joint: 10.0,
        ci95: (0.42857142857142855, 0.42857142857142855),
        ci90: (0.42857142857142855, 0.42857142857142855),
    },
];

#[test]
fn least_squares() {
    for series in &SERIES {
        let fit = ols(series.x, series.y).unwrap();
        let Some(want) = &series.ols else {
            assert_eq!((fit.n, fit.slope_se, fit.residual_sd), (2, None, None), "{}", series.name);
            near(fit.slope, 3.0 / 7.0, 1e-15);
            continue;
        };
        near(fit.slope, want.slope, 1e-12);
        near(fit.intercept, want.intercept, 1e-12);
        near(fit.residual_sd.unwrap(), want.see, 1e-12);
        let Some([se_slope, se_intercept, r2, p, lo, hi]) = want.rest else {
            assert_eq!((fit.slope_se, fit.r2), (Some(0.0), None), "{}", series.name);
            continue;
        };
        near(fit.slope_se.unwrap(), se_slope, 1e-12);
        near(fit.intercept_se.unwrap(), se_intercept, 1e-12);
        near(fit.r2.unwrap(), r2, 1e-12);
        let t = (fit.slope / fit.slope_se.unwrap()).abs();
        near(2.0 * t_cdf(-t, (fit.n - 2) as f64), p, 1e-12);
        let interval = fit.slope_interval(0.95).unwrap();
        near(interval.0, lo, 1e-12);
        near(interval.1, hi, 1e-12);
    }
}

#[test]
fn median_of_slopes() {
    let mut scratch = TheilSenScratch::new();
    for series in &SERIES {
        for (level, (lo, hi)) in [(0.95, series.ci95), (0.90, series.ci90)] {
            let fit = scratch.fit(series.x, series.y, level).unwrap();
            near(fit.slope, series.slope, 1e-12);
            near(fit.intercept_separate, series.separate, 1e-12);
            near(fit.intercept_joint, series.joint, 1e-12);
            near(fit.lo.unwrap(), lo, 1e-12);
            near(fit.hi.unwrap(), hi, 1e-12);
            assert_eq!(Some(fit), theil_sen(series.x, series.y, level), "{}: used buffers", series.name);
        }
    }
}

#[test]
fn sen_1968() {
    let fit = theil_sen(SERIES[0].x, SERIES[0].y, 0.93).unwrap();
    assert_eq!((fit.slope, fit.n_slopes), (4.0, 21));
    assert_eq!((fit.intercept_joint, fit.intercept_separate), (6.0, 4.0));
    assert_eq!((fit.lo, fit.hi), (Some(26.0 / 7.0), Some(35.0 / 8.0)));
}
