//! G7 and G8: moderated variances as limma's, intercept and slope as lme4's; the fit in rounds, the ladder, form effects.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod common;

use aimline_trend::prior::{
    Evidence, FormTerms, Prior, PriorFit, PriorSettings, Rung, VarianceTerms, choose, fit_prior, form_effects, moderated, pooled,
};
use aimline_trend::{Terms, counts, ols};
use common::{Random, near, near_relative};

#[test]
fn limma_equal_and_unequal_degrees_of_freedom() {
    let var = [4.1, 9.7, 25.3, 16.2, 100.4, 2.2, 36.5, 49.1, 12.3, 64.9, 30.2, 8.8];
    let unequal = [4.0, 6.0, 8.0, 10.0, 12.0, 5.0, 7.0, 9.0, 11.0, 3.0, 8.0, 6.0];
    let sleep = [
        2282.89844998194,
        78.7610826748185,
        151.790284374485,
        497.122664597456,
        548.954148786985,
        3708.35608718449,
        155.221489119818,
        422.565071277485,
        129.699979266121,
        266.37275896412,
        196.361111820954,
        593.436444191531,
        517.909657774939,
        651.206355903771,
        250.654818512772,
        581.685407945272,
        628.614328262257,
        127.328346662167,
    ];
    for (var, df, prior_df, prior_var, post) in [
        (&var[..], vec![6.0; 12], 3.11096391736243, 15.2649136147623, [7.91229074234434, 11.6001551993608, 21.8734919010494]),
        (&var[..], unequal.to_vec(), 3.16316866762764, 15.2373129343807, [9.01810272104967, 11.6115063153604, 22.4486611565394]),
        (&sleep[..], vec![8.0; 18], 3.71775298230033, 323.97652271881, [1661.38100989111, 156.561872203893, 206.420715830297]),
    ] {
        let mut terms = VarianceTerms::default();
        var.iter().zip(&df).for_each(|(var, df)| terms.add(*var, *df));
        let (noise, noise_df) = terms.solve().unwrap();
        near_relative(noise_df, prior_df, 1e-12);
        near_relative(noise, prior_var, 1e-12);
        for ((var, df), want) in var.iter().zip(&df).zip(post) {
            let (got, total) = moderated(*var, *df, noise, noise_df);
            near_relative(got, want, 1e-12);
            near_relative(total, df + prior_df, 1e-12);
        }
    }
}

#[test]
fn variances_that_say_nothing() {
    let mut terms = VarianceTerms::default();
    terms.add(0.0, 5.0);
    terms.add(3.0, 0.0);
    assert_eq!(terms.solve(), None);
    terms.add(4.0, 5.0);
    assert_eq!(terms.solve(), None);
    // Equal variances differ by less than chance: all goals are equally noisy.
    terms.add(4.0, 5.0);
    let (noise, df) = terms.solve().unwrap();
    assert_eq!(df, f64::INFINITY);
    assert_eq!(moderated(0.0, 5.0, noise, df), (noise, f64::INFINITY));
    assert_eq!(moderated(7.0, 0.0, 3.0, 4.0), (3.0, 4.0));
    assert_eq!(moderated(7.0, 4.0, 3.0, 4.0), (5.0, 8.0));
}

/// A stratum of `goals` short weekly series, slopes normal.
fn stratum(random: &mut Random, goals: usize, mean: f64, spread: f64, noise: f64) -> Vec<Evidence> {
    let normal = |random: &mut Random| aimline_trend::normal_quantile(random.unit().max(1e-12));
    (0..goals)
        .map(|_| {
            let slope = mean + spread * normal(random);
            let x: Vec<f64> = (0..6 + random.below(10)).map(|week| week as f64).collect();
            let y: Vec<f64> = x.iter().map(|x| 40.0 + slope * x + noise * normal(random)).collect();
            Evidence::of_ols(&ols(&x, &y).unwrap(), 0.0)
        })
        .collect()
}

#[test]
fn what_was_put_in_comes_out() {
    let mut random = Random(41);
    let prior = fit_prior(&stratum(&mut random, 8000, 1.2, 0.6, 10.0), PriorSettings::default()).unwrap();
    assert_eq!(prior.goals, 8000);
    near(prior.mean, 1.2, 4.0 * prior.mean_var.sqrt());
    near(prior.spread(), 0.6, 0.05);
    near_relative(prior.noise, 100.0, 0.03);
    assert!(prior.noise_df > 200.0 && prior.excess_kurtosis.abs() < 0.3 && prior.mixture.is_none(), "{prior:?}");
}

#[test]
fn the_same_bits_for_any_order_and_partition() {
    let mut random = Random(42);
    let mut goals = stratum(&mut random, 500, 1.0, 0.8, 6.0);
    // Heavy tails, so that the mixture's rounds are run too.
    goals.iter_mut().step_by(25).for_each(|goal| goal.slope *= 8.0);
    let whole = fit_prior(&goals, PriorSettings::default()).unwrap();
    assert!(whole.mixture.is_some() && whole.excess_kurtosis > 1.0);
    for parts in [1, 3, 8, 61] {
        goals.rotate_left(77);
        let mut fit = PriorFit::new(PriorSettings::default());
        while fit.prior().is_none() {
            let mut sums = Terms::default();
            for chunk in goals.chunks(goals.len().div_ceil(parts)).rev() {
                let mut part = Terms::default();
                chunk.iter().filter_map(|goal| fit.terms(goal)).for_each(|terms| part.add(terms));
                sums.merge(&part);
            }
            fit.advance(&sums).unwrap();
        }
        assert_eq!(fit.prior(), Some(whole));
    }
}

#[test]
fn turned_over_moved_and_scaled() {
    let mut random = Random(43);
    let mut goals = stratum(&mut random, 300, 1.0, 0.8, 6.0);
    goals.iter_mut().step_by(20).for_each(|goal| goal.slope *= 6.0);
    let prior = fit_prior(&goals, PriorSettings::default()).unwrap();
    let turned: Vec<Evidence> = goals.iter().map(|goal| Evidence { slope: -goal.slope, ..*goal }).collect();
    let mirror = fit_prior(&turned, PriorSettings::default()).unwrap();
    assert_eq!((mirror.mean, mirror.spread(), mirror.noise), (-prior.mean, prior.spread(), prior.noise));
    let (a, b) = (prior.mixture.unwrap(), mirror.mixture.unwrap());
    assert_eq!(a.map(|part| (-part.mean, part.spread, part.weight)), b.map(|part| (part.mean, part.spread, part.weight)));
    let scaled: Vec<Evidence> =
        goals.iter().map(|goal| Evidence { slope: 3.0 * goal.slope, variance: 9.0 * goal.variance, ..*goal }).collect();
    let wide = fit_prior(&scaled, PriorSettings::default()).unwrap();
    near(wide.mean, 3.0 * prior.mean, 1e-10);
    near(wide.spread(), 3.0 * prior.spread(), 1e-10);
    near(1.0 / wide.noise_df, 1.0 / prior.noise_df, 1e-9);
    near(wide.excess_kurtosis, prior.excess_kurtosis, 1e-9);
}

#[test]
fn strata_without_a_prior() {
    let mut random = Random(44);
    let goals = stratum(&mut random, 2, 1.0, 0.5, 5.0);
    assert_eq!(fit_prior(&[], PriorSettings::default()), None);
    assert_eq!(fit_prior(&goals, PriorSettings::default()), None);
    let mut spoiled = stratum(&mut random, 30, 1.0, 0.5, 5.0);
    assert!(fit_prior(&spoiled, PriorSettings::default()).is_some());
    spoiled[7].slope = f64::NAN;
    assert_eq!(fit_prior(&spoiled, PriorSettings::default()), None);
    // Slopes that differ by less than their noise: no spread, never a negative one.
    let alike: Vec<Evidence> =
        stratum(&mut random, 300, 1.0, 0.0, 5.0).into_iter().map(|goal| Evidence { slope: 1.0, ..goal }).collect();
    let prior = fit_prior(&alike, PriorSettings::default()).unwrap();
    assert_eq!((prior.spread(), prior.mean), (0.0, 1.0));
}

#[test]
fn the_ladder() {
    let mut random = Random(45);
    let prior = |goals: usize, spread: f64, random: &mut Random| {
        fit_prior(&stratum(random, goals, 1.0, spread, 5.0), PriorSettings::default()).unwrap()
    };
    let (small, large, wide) = (prior(50, 0.6, &mut random), prior(300, 0.6, &mut random), prior(900, 0.9, &mut random));
    let flat = Prior { spread_square: 0.0, ..large };
    let rung = |stratum, measure, family| {
        choose([(Rung::Stratum, stratum), (Rung::Measure, measure), (Rung::Family, family)], 200).map(|(rung, _)| rung)
    };
    assert_eq!(rung(Some(&large), Some(&wide), None), Some(Rung::Stratum));
    assert_eq!(rung(Some(&small), Some(&large), Some(&wide)), Some(Rung::Measure));
    assert_eq!(rung(Some(&flat), None, Some(&wide)), Some(Rung::Family));
    assert_eq!(rung(Some(&small), None, Some(&flat)), None);
    assert_eq!([Rung::Stratum, Rung::Measure, Rung::Family].map(Rung::as_str), ["stratum", "measure", "family"]);
}

#[test]
fn evidence_of_counts_is_never_less_noisy_than_poisson() {
    let fit = counts(&[0.0, 1.0, 2.0, 3.0], &[9.0, 8.0, 7.0, 6.0], &[10.0; 4]).unwrap();
    let evidence = Evidence::of_glm(&fit);
    assert!(fit.dispersion().unwrap() < 1.0 && evidence.least_variance == 1.0);
    assert_eq!((evidence.slope, evidence.level, evidence.df), (fit.slope, fit.level, 2.0));
}

#[test]
fn harder_passages() {
    // Ten passages, effects known; each student reads some of them.
    let mut random = Random(46);
    let mut normal = move || aimline_trend::normal_quantile(random.unit().max(1e-12));
    let truth = [-12.0, -7.0, -4.0, -1.0, 0.0, 1.0, 2.0, 4.0, 7.0, 10.0];
    let mut forms = vec![FormTerms::default(); 11];
    for (form, effect) in truth.iter().enumerate() {
        (0..200).for_each(|_| forms[form].add(effect + 16.0 * normal()));
    }
    (0..29).for_each(|_| forms[10].add(50.0));
    let effects = form_effects(&forms).unwrap();
    assert_eq!(effects[10], None);
    for (got, want) in effects.iter().zip(truth) {
        assert!((got.unwrap() - want).abs() < 4.0, "{got:?} {want}");
    }
    // Drawn toward 0: less far out than the plain means, and in the same order at the ends.
    assert!(effects[0].unwrap() > -13.5 && effects[0] < effects[1] && effects[8] < effects[9]);
    // Forms that differ by no more than chance have no effect.
    let mut same = vec![FormTerms::default(); 4];
    same.iter_mut().for_each(|form| (0..40).for_each(|i| form.add(if i % 2 == 0 { 5.0 } else { -5.0 })));
    assert_eq!(form_effects(&same).unwrap(), [Some(0.0); 4]);
    assert_eq!(form_effects(&same[..1]).unwrap(), [None]);
    same[0].add(f64::NAN);
    assert_eq!(form_effects(&same), None);
}

#[test]
fn lines_that_only_rounding_bends_say_nothing_of_the_noise() {
    let mut random = Random(47);
    let mut goals = stratum(&mut random, 200, 1.0, 0.6, 6.0);
    let before = fit_prior(&goals, PriorSettings::default()).unwrap();
    let straight = ols(&[0.0, 1.0, 2.0, 3.0, 4.0], &[10.0, 11.0, 12.0, 13.0, 14.00001]).unwrap();
    // Without the resolution, five of them would make all variances look unlike one another.
    let with = |resolution: f64, goals: &mut Vec<Evidence>| {
        goals.truncate(200);
        goals.extend(vec![Evidence::of_ols(&straight, resolution); 5]);
        fit_prior(goals, PriorSettings::default()).unwrap()
    };
    let after = with(1.0, &mut goals);
    assert_eq!((after.noise, after.noise_df, after.goals), (before.noise, before.noise_df, 205));
    assert!(with(0.0, &mut goals).noise_df < 10.0);
}

/// Slopes of mean 1 and spread 0.5 with noise, a district each.
fn district(random: &mut Random, goals: usize, mean: f64) -> Vec<Evidence> {
    let x: Vec<f64> = (0..14).map(f64::from).collect();
    let mut normal = || aimline_trend::normal_quantile(random.unit().max(1e-12));
    let mut goal = || {
        let (slope, sd) = (mean + 0.5 * normal(), 6.0 * (0.3 * normal()).exp());
        let y: Vec<f64> = x.iter().map(|x| 40.0 + slope * x + sd * normal()).collect();
        Evidence::of_ols(&ols(&x, &y).unwrap(), 0.0)
    };
    (0..goals).map(|_| goal()).collect()
}

#[test]
fn pooled_priors_are_near_the_one_of_all_goals() {
    let mut random = Random(77);
    let fit = |goals: &[Evidence]| fit_prior(goals, PriorSettings::default()).unwrap();
    let (a, b) = (district(&mut random, 3000, 1.0), district(&mut random, 1500, 1.4));
    let (one, other) = (fit(&a), fit(&b));
    let all = fit(&a.iter().chain(&b).copied().collect::<Vec<_>>());
    let both = pooled([&one, &other]).unwrap();
    assert_eq!(both.goals, 4500);
    near_relative(both.mean, all.mean, 0.02);
    near_relative(both.spread_square, all.spread_square, 0.06);
    near_relative(both.noise, all.noise, 0.02);
    near_relative(both.noise_df, all.noise_df, 0.2);
    assert!(both.spread_square > one.spread_square.max(other.spread_square), "districts that differ make it wider");
    assert!(both.mean_var > all.mean_var, "and the mean less sure");
}

#[test]
fn a_pool_of_one_is_that_one_and_of_none_is_none() {
    let one = fit_prior(&district(&mut Random(5), 50, 1.0), PriorSettings::default()).unwrap();
    assert_eq!(pooled([&one]), Some(one));
    assert_eq!(pooled([&one, &Prior { goals: 0, mean: f64::NAN, ..one }]), Some(one));
    assert_eq!(pooled([]), None);
    let same = pooled([&one, &one]).unwrap();
    near_relative(same.mean, one.mean, 1e-12);
    near_relative(same.spread_square_se, one.spread_square_se / 2f64.sqrt(), 1e-12);
    near_relative(same.mean_var, one.mean_var / 2.0, 1e-12);
    near_relative(same.noise_df, one.noise_df, 1e-12);
}
