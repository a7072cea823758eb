//! G9 (digamma and its kin), G15 and G16: mastery by chance, intervals of a share, the beta distribution.
#![allow(clippy::unwrap_used, clippy::excessive_precision)]

mod common;

use aimline_trend::{
    Share, beta_cdf, beta_quantile, digamma, maintained, mastery_chance, session_chance, trigamma, trigamma_inverse,
};
use common::{Random, near, near_relative};

#[test]
fn digamma_trigamma_golden() {
    for (x, psi, psi1) in [
        (0.05, -20.497844991299870371, 401.53235734211511931),
        (0.5, -1.9635100260214234794, 4.9348022005446793094),
        (1.0, -0.57721566490153286061, 1.6449340668482264365),
        (1.5, 0.036489973978576520559, 0.93480220054467930942),
        (2.0, 0.42278433509846713939, 0.64493406684822643647),
        (3.5, 1.1031566406452431872, 0.33035775610023486497),
        (10.0, 2.2517525890667211076, 0.10516633568168574612),
        (50.0, 3.901989673427892197, 0.020201333226697125806),
        (1000.0, 6.9072551956488120521, 0.0010005001666666333334),
    ] {
        near_relative(digamma(x), psi, 1e-12);
        near_relative(trigamma(x), psi1, 1e-14);
    }
    for (y, want) in [
        (0.01, 100.49916668194319134),
        (0.1, 10.491681821078422372),
        (0.5, 2.4599529483523074137),
        (1.0, 1.4262551202150789904),
        (2.0, 0.87666407746426017692),
        (10.0, 0.33508104437803564513),
        (100.0, 0.10072375880005268322),
    ] {
        near_relative(trigamma_inverse(y), want, 1e-13);
    }
    for y in [1e-12, 1e-5, 1e7, 1e300] {
        near_relative(trigamma(trigamma_inverse(y)), y, 1e-12);
    }
    for nonsense in [digamma(0.0), trigamma(-1.0), digamma(f64::NAN), trigamma_inverse(0.0), trigamma_inverse(f64::INFINITY)] {
        assert!(nonsense.is_nan());
    }
}

#[test]
fn beta_distribution() {
    for (x, a, b, want, tolerance) in [
        (0.3, 0.5, 0.5, 0.369010119565545375, 1e-13),
        (0.02, 3.7, 80.0, 0.116632589362817312, 1e-13),
        (0.97, 45.5, 5.5, 0.991899260693486452, 1e-13),
        (1e-5, 0.5, 20.0, 0.015857272684664297, 1e-13),
        (0.5, 1000.0, 1010.0, 0.588269827543727525, 1e-11),
        (0.31, 3000.0, 7000.0, 0.985056328636690304, 1e-11),
    ] {
        near_relative(beta_cdf(x, a, b), want, tolerance);
    }
    let mut random = Random(31);
    for _ in 0..500 {
        let (a, b, p) = (0.3 + 30.0 * random.unit(), 0.3 + 30.0 * random.unit(), random.unit());
        near(beta_cdf(beta_quantile(p, a, b), a, b), p, 1e-11);
        near(beta_cdf(p, a, b) + beta_cdf(1.0 - p, b, a), 1.0, 1e-12);
    }
    assert_eq!((beta_cdf(-1.0, 2.0, 3.0), beta_cdf(2.0, 2.0, 3.0)), (0.0, 1.0));
    assert_eq!((beta_quantile(0.0, 2.0, 3.0), beta_quantile(1.0, 2.0, 3.0)), (0.0, 1.0));
    assert!(beta_cdf(0.5, 0.0, 1.0).is_nan() && beta_quantile(f64::NAN, 1.0, 1.0).is_nan());
}

#[test]
fn intervals_of_a_share() {
    // G16 and statsmodels 0.14; there Jeffreys' interval stops short of 0 and 1.
    for (k, n, wilson, exact, jeffreys) in [
        (
            4,
            5,
            (0.3755346297625252, 0.9637758913675698),
            (0.283582063881911, 0.994949236620532),
            (0.3713735993680057, 0.9774872340008449),
        ),
        (0, 7, (0.0, 0.3543304350666875), (0.0, 0.4096163972250034), (0.0, 0.2924361736623099)),
        (7, 7, (0.6456695649333125, 1.0), (0.5903836027749966, 1.0), (0.7075638263376901, 1.0)),
        (
            37,
            90,
            (0.315132040238447, 0.5143676265285445),
            (0.30841858410138534, 0.5198220982016439),
            (0.31359058306060034, 0.514246894800324),
        ),
    ] {
        let share = Share::new(k, n).unwrap();
        for (got, want) in [(share.wilson(0.95), wilson), (share.clopper_pearson(0.95), exact), (share.jeffreys(0.95), jeffreys)]
        {
            near(got.unwrap().0, want.0, 1e-12);
            near(got.unwrap().1, want.1, 1e-12);
        }
        let turned = Share::new(n - k, n).unwrap().clopper_pearson(0.9).unwrap();
        let straight = share.clopper_pearson(0.9).unwrap();
        near(turned.0, 1.0 - straight.1, 1e-14);
    }
    near(Share::new(45, 50).unwrap().at_least(0.8).unwrap(), 0.9694179065118851, 1e-12);
    near(Share::new(4, 5).unwrap().at_least(0.8).unwrap(), 0.45069550712571993, 1e-12);
    assert_eq!((Share::new(1, 0), Share::new(6, 5)), (None, None));
    let share = Share::new(4, 5).unwrap();
    assert_eq!((share.wilson(1.0), share.jeffreys(0.0), share.at_least(80.0)), (None, None, None));
}

#[test]
fn mastery_by_chance() {
    // Criterion 80 %: trials a session, true share, P(a session passes), P(4 of 5 within 20), P(3 of 3 within 20).
    for (n, p, session, four_of_five, three_of_three) in [
        (5, 0.6, 0.3369599999999999, 0.3245533149322775, 0.4013413373203799),
        (5, 0.7, 0.5282199999999999, 0.8141649635848718, 0.8362647734487257),
        (5, 0.75, 0.6328125, 0.9521418618651478, 0.9542652766124361),
        (5, 0.8, 0.7372800000000002, 0.9943593922026481, 0.9935335953461016),
        (5, 0.85, 0.83521, 0.9997998577378359, 0.9996767225852113),
        (10, 0.6, 0.16728975359999992, 0.034239873869646324, 0.06933197585429975),
        (10, 0.7, 0.38278278639999985, 0.4489252087565907, 0.5186609569647945),
        (10, 0.75, 0.5255928039550781, 0.8091100312929411, 0.8319952274295453),
        (10, 0.8, 0.6777995264000001, 0.9784765507904569, 0.9780986458038179),
        (10, 0.85, 0.8201964803675781, 0.9996183276063264, 0.999425237096292),
        (20, 0.6, 0.05095195319416651, 0.00039197611083289824, 0.0022647342077610315),
        (20, 0.7, 0.23750777887760147, 0.11337610870068482, 0.17590327397880007),
        (20, 0.75, 0.41484150253018015, 0.5385583012268623, 0.5993858953153697),
        (20, 0.8, 0.6296482639026691, 0.9496605045909751, 0.9520711704545333),
        (20, 0.85, 0.8298468462686538, 0.9997460751113628, 0.9996003862018453),
    ] {
        let pass = session_chance(n, 0.8, p).unwrap();
        near(pass, session, 1e-10);
        near(mastery_chance(pass, 4, 5, 20).unwrap(), four_of_five, 1e-10);
        near(mastery_chance(pass, 3, 3, 20).unwrap(), three_of_three, 1e-10);
    }
    // Fair coins, by counting: 2391 and 2188 of 4096.
    assert_eq!(mastery_chance(0.5, 3, 3, 12), Some(2391.0 / 4096.0));
    assert_eq!(mastery_chance(0.5, 4, 5, 12), Some(2188.0 / 4096.0));
    assert_eq!((mastery_chance(0.5, 4, 5, 4), mastery_chance(1.0, 4, 5, 5)), (Some(0.0), Some(1.0)));
    assert_eq!((mastery_chance(0.5, 0, 5, 9), mastery_chance(0.5, 6, 5, 9), mastery_chance(1.5, 4, 5, 9)), (None, None, None));
    assert_eq!(mastery_chance(0.5, 1, 21, 9), None);
    assert_eq!(
        (session_chance(5, 0.8, 0.0), session_chance(5, 0.8, 1.0), session_chance(5, 0.0, 0.0)),
        (Some(0.0), Some(1.0), Some(1.0))
    );
    assert_eq!((session_chance(0, 0.8, 0.5), session_chance(5, 80.0, 0.5)), (None, None));
}

#[test]
fn mastery_kept() {
    let passes = |text: &str| text.chars().map(|c| c == '+').collect::<Vec<bool>>();
    for (text, want) in [
        ("++++-", None),
        ("++++-+++-", None),
        ("++++-+++-+", Some(true)),
        ("++++-++--+", Some(false)),
        ("++++------+++++", Some(true)),
        ("---", None),
    ] {
        assert_eq!(maintained(&passes(text), 4, 5), want, "{text}");
    }
}
