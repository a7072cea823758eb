//! Random draws that are looked up, not remembered.

use crate::normal::normal_quantile;

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The draws of one stream: SplitMix64 (Steele, Lea & Flood 2014), whose i-th number is a function of the stream and i alone. So
/// a student's data do not depend on who else was drawn, or on threads.
#[derive(Clone, Debug)]
pub struct Draws {
    state: u64,
}

impl Draws {
    /// The stream `stream` of a seed.
    pub fn new(seed: u64, stream: u64) -> Self {
        Self { state: mix(mix(seed.wrapping_add(STEP)) ^ stream.wrapping_mul(STEP)) }
    }

    /// A stream that starts at `state`, as SplitMix64 is published.
    pub fn from_state(state: u64) -> Self {
        Self { state }
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        mix(self.state)
    }

    /// Above 0 and below 1.
    pub fn unit(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) / (1u64 << 52) as f64
    }

    /// Standard normal, by inversion.
    pub fn normal(&mut self) -> f64 {
        normal_quantile(self.unit())
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
