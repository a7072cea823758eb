//! The line from the baseline to the target.

/// The aimline: from (x_b, b), the baseline, straight to (x_g, g), the target, and flat at g after that. x in weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aimline {
    x_b: f64,
    b: f64,
    x_g: f64,
    g: f64,
}

impl Aimline {
    /// `None` when x_g <= x_b or a number is not finite. g = b is allowed: the flat aimline of a maintenance goal.
    pub fn new(x_b: f64, b: f64, x_g: f64, g: f64) -> Option<Self> {
        let line = Self { x_b, b, x_g, g };
        let finite = [x_b, b, x_g, g, line.need()].iter().all(|v| v.is_finite());
        (finite && x_g > x_b).then_some(line)
    }

    /// Time of the baseline.
    pub fn x_b(&self) -> f64 {
        self.x_b
    }

    /// The baseline.
    pub fn b(&self) -> f64 {
        self.b
    }

    /// Time of the target.
    pub fn x_g(&self) -> f64 {
        self.x_g
    }

    /// The target.
    pub fn g(&self) -> f64 {
        self.g
    }

    /// (g − b) / (x_g − x_b): the needed slope, per week; 0 for a maintenance goal.
    pub fn need(&self) -> f64 {
        (self.g - self.b) / (self.x_g - self.x_b)
    }

    /// The aimline at `x`: `None` before the baseline, the target itself from x_g on.
    pub fn at(&self, x: f64) -> Option<f64> {
        if x >= self.x_g { Some(self.g) } else { (x >= self.x_b).then(|| self.b + self.need() * (x - self.x_b)) }
    }

    /// (g − level) / (x_g − x): the slope that would reach the target from `level` at `x`. `None` from x_g on.
    pub fn needed_from(&self, x: f64, level: f64) -> Option<f64> {
        (x < self.x_g).then(|| (self.g - level) / (self.x_g - x)).filter(|slope| slope.is_finite())
    }
}
