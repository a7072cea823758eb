//! The exact sum: IEEE's own rounding for two terms, and any order, any partition.
#![allow(clippy::unwrap_used)]

mod common;

use aimline_trend::{DIGITS, ExactSum, Terms};
use common::Random;
use proptest::prelude::*;

fn sum(values: &[f64]) -> Option<f64> {
    values.iter().copied().collect::<ExactSum>().value()
}

/// Any finite number, all exponents alike.
fn any_finite() -> impl Strategy<Value = f64> {
    any::<u64>().prop_map(f64::from_bits).prop_filter("finite", |v| v.is_finite())
}

#[test]
fn known_sums() {
    for (values, want) in [
        (&[][..], 0.0),
        (&[-0.0], 0.0),
        (&[1e308, 1.0, -1e308, 5e-324, -1.0], 5e-324),
        (&[1e100, 1.0, -1e100], 1.0),
        (&[1e308, 1e308, -1e308], 1e308),
        (&[f64::MAX, -f64::MAX, -3.5], -3.5),
        (&[5e-324, 5e-324], 1e-323),
        (&[2.2250738585072014e-308, -5e-324], 2.225073858507201e-308),
        // Half to even, and the sticky bit that breaks the tie.
        (&[9007199254740992.0, 1.0], 9007199254740992.0),
        (&[9007199254740992.0, 1.0, 5e-324], 9007199254740994.0),
        (&[9007199254740992.0, 3.0], 9007199254740996.0),
        (&[0.1; 10], 1.0),
    ] {
        assert_eq!(sum(values).unwrap().to_bits(), f64::to_bits(want), "{values:?}");
    }
    for none in [&[f64::NAN, 1.0][..], &[f64::INFINITY, f64::NEG_INFINITY], &[f64::MAX, f64::MAX]] {
        assert_eq!(sum(none), None);
    }
    // Beyond the largest f64 on the way, but not at the end.
    assert_eq!(sum(&[f64::MAX, f64::MAX, -f64::MAX]), Some(f64::MAX));
}

#[test]
fn terms_of_a_round() {
    let mut all = Terms::<2>::default();
    let mut parts = [Terms::<2>::default(), Terms::default()];
    for i in 0..1000 {
        let v = f64::from(i) * 0.1;
        all.add([1.0, v]);
        parts[i as usize % 2].add([1.0, v]);
    }
    let [first, mut second] = parts;
    second.merge(&first);
    assert_eq!(all.values(), second.values());
    assert_eq!(all.values().unwrap()[0], 1000.0);
    second.sums_mut()[1].add(f64::NAN);
    assert_eq!((second.values(), second.sums()[0].value()), (None, Some(1000.0)));
    let mut wrong = ExactSum::new();
    wrong.add_digit(DIGITS, 1);
    assert_eq!(wrong.value(), None);
}

#[test]
fn many_cancelling_terms() {
    // A shuffled list and its negatives, and one small number: plain addition loses it.
    let mut random = Random(12);
    let mut values: Vec<f64> = (0..5000).map(|_| (random.unit() - 0.5) * 1e15).collect();
    values.extend(values.clone().iter().map(|v| -v));
    values.push(1e-9);
    let mut order = values.clone();
    random.shuffle(&mut values, &mut order);
    assert_eq!(sum(&values), Some(1e-9));
    assert_ne!(values.iter().sum::<f64>(), 1e-9);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn one_and_two_terms_are_ieee(a in any_finite(), b in any_finite(), near in -60i32..60, bits in any::<u64>()) {
        prop_assert_eq!(sum(&[a]).unwrap().to_bits(), (a + 0.0).to_bits());
        // A number of about the same size, so that digits overlap.
        let c = a * f64::from_bits(((1023 + near) as u64) << 52 | bits >> 12);
        for other in [b, c] {
            let want = Some(a + other + 0.0).filter(|v| v.is_finite());
            prop_assert_eq!(sum(&[a, other]).map(f64::to_bits), want.map(f64::to_bits));
        }
    }

    #[test]
    fn any_order_any_partition(values in prop::collection::vec(any_finite(), 0..60), seed in any::<u64>(), parts in 1usize..9) {
        let values: Vec<f64> = values.iter().map(|v| v / 64.0).collect();
        let whole = sum(&values);
        let mut random = Random(seed);
        let (mut shuffled, mut same) = (values.clone(), values.clone());
        random.shuffle(&mut shuffled, &mut same);
        let mut pieces = vec![ExactSum::new(); parts];
        for v in shuffled {
            let piece = random.below(parts);
            pieces[piece].add(v);
        }
        let (mut merged, mut by_digits) = (ExactSum::new(), ExactSum::new());
        let mut per_digit = [0i64; DIGITS];
        for piece in &pieces {
            merged.merge(piece);
            piece.digits().unwrap().into_iter().for_each(|(i, digit)| per_digit[i] += digit);
        }
        per_digit.iter().enumerate().for_each(|(i, digit)| by_digits.add_digit(i, *digit));
        prop_assert_eq!(merged.value().map(f64::to_bits), whole.map(f64::to_bits));
        prop_assert_eq!(by_digits.value().map(f64::to_bits), whole.map(f64::to_bits));
    }
}
