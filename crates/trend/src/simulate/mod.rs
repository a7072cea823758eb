//! How often each rule is wrong: simulated under stated assumptions, never "your error rate".
//!
//! Students whose true growth is known are drawn, measured weekly, and judged at each look by the very functions that judge real
//! goals. The same scenario gives the same table, bit for bit, on every machine.

mod random;
mod students;
mod table;

pub use random::Draws;
pub use students::{Scenario, SlopeLaw, Student};
pub use table::{Checks, Row, Rule, Table, operating_characteristic};
