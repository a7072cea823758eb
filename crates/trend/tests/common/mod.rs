//! What several tests share.
#![allow(dead_code)]

/// Asserts that `got` is `want` within a relative tolerance (absolute below 1).
#[track_caller]
pub(crate) fn near(got: f64, want: f64, tolerance: f64) {
    let gap = (got - want).abs();
    assert!(gap <= tolerance * want.abs().max(1.0), "got {got:e}, want {want:e}, off by {gap:e}");
}

/// Asserts that `got` is `want` within a strictly relative tolerance.
#[track_caller]
pub(crate) fn near_relative(got: f64, want: f64, tolerance: f64) {
    let gap = (got - want).abs();
    assert!(gap <= tolerance * want.abs(), "got {got:e}, want {want:e}, relative {:e}", gap / want.abs());
}

/// A small seeded generator (splitmix64), so that a failing case comes back.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 <= u < 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// A goal: 3 to 40 points about a week apart with whole scores, so that y has ties, and now and then x too.
    pub(crate) fn goal(&mut self) -> (Vec<f64>, Vec<f64>) {
        let n = 3 + self.below(38);
        let slope = 4.0 * self.unit() - 2.0;
        let mut day = 0.0;
        let (mut x, mut y) = (Vec::new(), Vec::new());
        for i in 0..n {
            day += if i == 0 { 0.0 } else { self.below(12) as f64 };
            if i + 1 == n {
                day += 7.0;
            }
            x.push(day / 7.0);
            y.push((50.0 + slope * day / 7.0 + 20.0 * (self.unit() - 0.5)).round());
        }
        (x, y)
    }

    pub(crate) fn shuffle(&mut self, x: &mut [f64], y: &mut [f64]) {
        for i in (1..x.len()).rev() {
            let j = self.below(i + 1);
            x.swap(i, j);
            y.swap(i, j);
        }
    }
}
