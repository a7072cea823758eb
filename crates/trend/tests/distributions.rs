//! G9: Student's t and the normal against mpmath at 40 digits.
#![allow(clippy::disallowed_methods)] // a platform's own functions are oracle enough
#![allow(clippy::excessive_precision)] // the oracle's digits are kept as they are

mod common;

use aimline_trend::{normal_cdf, normal_quantile, t_cdf, t_quantile};
use common::{Random, near_relative};

/// All rows of the golden file, 13 degrees of freedom from 1 to 100,000, three of them fractional.
const T_CDF: &[(f64, f64, f64)] = include!("data/t_cdf.in");

#[test]
fn t_cdf_golden() {
    assert_eq!(T_CDF.len(), 156);
    for &(t, df, want) in T_CDF {
        near_relative(t_cdf(t, df), want, 1e-12);
    }
}

#[test]
fn t_cdf_at_the_seams() {
    for (t, df, want) in [
        (-2.0, 9999.0, 0.022763631680755053134),
        (-2.0, 10001.0, 0.02276362898095038288),
        (-12.0, 10001.0, 2.9897356406243202212e-33),
        (-30.0, 12000.0, 4.8777254199975870668e-191),
        (-1.7, 5000.0, 0.044596559852011111149),
        (-1.75, 9999.5, 0.040074492110477133496),
        (-1.7, 20001.0, 0.044573236687114526131),
        (-6.0, 0.5, 0.13065468873499942429),
        (-0.2, 0.5, 0.44710038226724401097),
        (-3.0, 1e6, 0.0013499312707108985294),
        (-3.0, f64::INFINITY, 0.0013498980316300945267),
    ] {
        near_relative(t_cdf(t, df), want, 1e-12);
    }
}

#[test]
fn t_quantile_golden() {
    for (p, df, want) in [
        (0.95, 1.0, 6.3137515146750373979),
        (0.95, 2.0, 2.9199855803537241703),
        (0.95, 3.0, 2.353363434801822899),
        (0.95, 4.0, 2.1318467863266495285),
        (0.95, 8.0, 1.8595480375308978117),
        (0.975, 8.0, 2.3060041352041661143),
        (0.95, 10.0, 1.8124611228116758693),
        (0.95, 34.0, 1.6909242551868544902),
        (0.965, 5.0, 2.297392330360429756),
        (0.995, 0.7, 364.93520298158504263),
        (0.9, 1.5, 2.1963984175655377638),
        (0.6, 2.5, 0.28145951274854759175),
        (0.9999, 3.3, 18.20971056782091941),
        (1e-10, 7.0, -53.835579484673732695),
        (0.95, 1e5, 1.6448688647849693034),
        (1e-6, 1.2, -40205.493141070214307),
        (0.975, f64::INFINITY, 1.9599639845400538556),
    ] {
        near_relative(t_quantile(p, df), want, 1e-12);
    }
    // Next to one half the probability itself has few digits.
    near_relative(t_quantile(0.50001, 6.0), 0.000026127890593036559884, 1e-10);
}

#[test]
fn t_is_symmetric_monotone_and_inverted() {
    let mut random = Random(9);
    for _ in 0..2_000 {
        let df = 0.3 + (12.0 * random.unit()).exp();
        let p = random.unit().max(1e-9);
        let t = t_quantile(p, df);
        near_relative(t_cdf(t, df), p, 1e-11);
        assert!((t_cdf(t, df) + t_cdf(-t, df) - 1.0).abs() < 1e-15);
        assert!(t_cdf(t - 1e-3 * t.abs(), df) <= t_cdf(t, df));
        assert!((0.0..=1.0).contains(&t_cdf(1e3 * t, df)));
    }
}

#[test]
fn ends_and_nonsense() {
    assert_eq!((t_cdf(f64::NEG_INFINITY, 3.0), t_cdf(f64::INFINITY, 3.0), t_cdf(0.0, 3.0)), (0.0, 1.0, 0.5));
    assert_eq!((t_cdf(-1e200, 1.0), t_cdf(1e200, f64::INFINITY)), (0.0, 1.0));
    assert_eq!((t_quantile(0.0, 3.0), t_quantile(1.0, 3.0), t_quantile(0.5, 3.0)), (f64::NEG_INFINITY, f64::INFINITY, 0.0));
    assert_eq!((normal_quantile(-0.1), normal_quantile(1.0), normal_quantile(0.5)), (f64::NEG_INFINITY, f64::INFINITY, 0.0));
    for nonsense in
        [t_cdf(f64::NAN, 3.0), t_cdf(1.0, 0.0), t_cdf(1.0, f64::NAN), t_quantile(0.3, -1.0), t_quantile(f64::NAN, 3.0)]
    {
        assert!(nonsense.is_nan());
    }
    assert!(normal_cdf(f64::NAN).is_nan() && normal_quantile(f64::NAN).is_nan());
}

#[test]
fn normal() {
    for (x, want) in [
        (-38.0, 2.8854283600687843084e-316),
        (-20.0, 2.7536241186062336951e-89),
        (-8.0, 6.2209605742717841235e-16),
        (-3.0, 0.0013498980316300945267),
        (-2.5, 0.006209665325776135167),
        (-2.4999, 0.0062114183749445897466),
        (-1.0, 0.15865525393145705141),
        (-0.1, 0.46017216272297101633),
        (0.7, 0.75803634777692697138),
        (3.0, 0.99865010196836990547),
    ] {
        // Below 2.2e-308 the result itself has fewer digits.
        near_relative(normal_cdf(x), want, if want < 1e-300 { 1e-7 } else { 5e-13 });
    }
    for (p, want) in [
        (1e-300, -37.047096299361199237),
        (1e-20, -9.2623400897984075796),
        (0.001, -3.0902323061678135354),
        (0.02, -2.0537489106318230443),
        (0.025, -1.9599639845400542118),
        (0.05, -1.644853626951472688),
        (0.3, -0.52440051270804081597),
        (0.975, 1.9599639845400538556),
        (0.999, 3.0902323061678132778),
    ] {
        near_relative(normal_quantile(p), want, 1e-13);
    }
}
