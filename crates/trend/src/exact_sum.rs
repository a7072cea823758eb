//! Sums that are the same bits for any order and any partition.

/// Digits of 32 bits, of weight 2^(32 i − 1074): enough for every sum of finite numbers.
pub const DIGITS: usize = 68;

/// Carries are due after this many additions, long before an i64 could overflow.
const CARRY_AFTER: u32 = 1 << 29;

/// An exact sum of f64 values. Each is split into integer digits, and integers may be added in any order: by threads, by
/// partitions, by another engine's integer SUM. It is rounded once, at the end. (Sums over goals decide a prior; rounded as they
/// go, they would differ with the number of threads, and a flag could turn with them.)
#[derive(Clone, Debug)]
pub struct ExactSum {
    digits: [i64; DIGITS],
    pending: u32,
    /// A value that is not finite was added: there is no sum.
    spoiled: bool,
}

impl Default for ExactSum {
    fn default() -> Self {
        Self { digits: [0; DIGITS], pending: 0, spoiled: false }
    }
}

impl ExactSum {
    /// Zero.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value. One that is not finite leaves the sum without a value.
    pub fn add(&mut self, value: f64) {
        if !value.is_finite() {
            self.spoiled = true;
            return;
        }
        let bits = value.to_bits();
        let exponent = ((bits >> 52) & 0x7ff) as usize;
        let fraction = bits & ((1 << 52) - 1);
        let whole = if exponent > 0 { fraction | 1 << 52 } else { fraction };
        // value = ± whole · 2^(shift − 1074)
        let shift = exponent.saturating_sub(1);
        let mut wide = u128::from(whole) << (shift % 32);
        for digit in self.digits.iter_mut().skip(shift / 32).take(3) {
            let part = (wide & 0xffff_ffff) as i64;
            *digit += if value < 0.0 { -part } else { part };
            wide >>= 32;
        }
        self.pending += 1;
        if self.pending >= CARRY_AFTER {
            self.carry();
        }
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &Self) {
        let mut carried = other.clone();
        carried.carry();
        for (mine, theirs) in self.digits.iter_mut().zip(carried.digits) {
            *mine += theirs;
        }
        self.spoiled |= other.spoiled;
        self.pending += 1;
        if self.pending >= CARRY_AFTER {
            self.carry();
        }
    }

    /// The digits that are not 0, as (index, digit): what another engine adds up by index. `None` after a value that is not
    /// finite.
    pub fn digits(&self) -> Option<Vec<(usize, i64)>> {
        let (negative, magnitude) = self.magnitude()?;
        let signed = magnitude.iter().enumerate().map(|(i, digit)| (i, if negative { -digit } else { *digit }));
        Some(signed.filter(|(_, digit)| *digit != 0).collect())
    }

    /// Adds what [`ExactSum::digits`] gave, or sums of it by index over fewer than 2^30 partitions. An index beyond the last
    /// leaves the sum without a value.
    pub fn add_digit(&mut self, index: usize, digit: i64) {
        self.carry();
        match self.digits.get_mut(index) {
            Some(mine) => *mine += digit,
            None => self.spoiled = true,
        }
        self.carry();
    }

    /// The sum, rounded to nearest, ties to even; 0 is never −0. `None` after a value that is not finite, or when the sum is
    /// beyond the largest f64.
    pub fn value(&self) -> Option<f64> {
        let (negative, digits) = self.magnitude()?;
        let Some(top) = digits.iter().rposition(|digit| *digit != 0) else { return Some(0.0) };
        // The top four digits in a window of 128 bits, moved up to its first bit; what is below them is a sticky bit.
        let at = |back: usize| top.checked_sub(back).and_then(|i| digits.get(i)).map_or(0, |digit| *digit as u128);
        let window = at(0) << 96 | at(1) << 64 | at(2) << 32 | at(3);
        let sticky = digits.iter().take(top.saturating_sub(3)).any(|digit| *digit != 0);
        let zeros = window.leading_zeros();
        let window = window << zeros;
        // The exponent of the first bit.
        let first = 32 * top as i32 + 31 - zeros as i32 - 1074;
        let keep = if first >= -1022 { 53 } else { 53 - (-1022 - first) };
        let (mut whole, rest) = if keep > 0 { (window >> (128 - keep), window << keep) } else { (0, window) };
        let half = 1u128 << 127;
        if rest > half || (rest == half && (sticky || whole & 1 == 1)) {
            whole += 1;
        }
        // Exact: at most 53 bits, times a power of two.
        let result = libm::scalbn(whole as f64, first - keep + 1);
        result.is_finite().then_some(if negative { -result } else { result })
    }

    /// Whether the sum is negative, and the digits of its size, each in 0 .. 2^32.
    fn magnitude(&self) -> Option<(bool, [i64; DIGITS])> {
        let mut sum = self.clone();
        sum.carry();
        let negative = sum.digits.last().is_some_and(|top| *top < 0);
        if negative {
            sum.digits.iter_mut().for_each(|digit| *digit = -*digit);
            sum.carry();
        }
        (!sum.spoiled).then_some((negative, sum.digits))
    }

    /// Brings all digits but the top one into 0 .. 2^32; the top one carries the sign.
    fn carry(&mut self) {
        let mut carried = 0;
        for digit in self.digits.iter_mut().take(DIGITS - 1) {
            let sum = *digit + carried;
            carried = sum >> 32;
            *digit = sum & 0xffff_ffff;
        }
        if let Some(top) = self.digits.last_mut() {
            *top += carried;
        }
        self.pending = 0;
    }
}

impl Extend<f64> for ExactSum {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.add(value));
    }
}

impl FromIterator<f64> for ExactSum {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut sum = Self::new();
        sum.extend(values);
        sum
    }
}

/// `N` exact sums side by side: the terms of one round over goals.
#[derive(Clone, Debug)]
pub struct Terms<const N: usize>([ExactSum; N]);

impl<const N: usize> Default for Terms<N> {
    fn default() -> Self {
        Self(std::array::from_fn(|_| ExactSum::new()))
    }
}

impl<const N: usize> Terms<N> {
    /// Adds one goal's terms.
    pub fn add(&mut self, terms: [f64; N]) {
        self.0.iter_mut().zip(terms).for_each(|(sum, term)| sum.add(term));
    }

    /// Adds the terms of other goals.
    pub fn merge(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(sum, theirs)| sum.merge(theirs));
    }

    /// The sums themselves, in order, for those who carry them between machines.
    pub fn sums(&self) -> &[ExactSum; N] {
        &self.0
    }

    /// The same, to add to.
    pub fn sums_mut(&mut self) -> &mut [ExactSum; N] {
        &mut self.0
    }

    /// The rounded sums. `None` when one of them has no value.
    pub fn values(&self) -> Option<[f64; N]> {
        let mut values = [0.0; N];
        for (value, sum) in values.iter_mut().zip(&self.0) {
            *value = sum.value()?;
        }
        Some(values)
    }
}
