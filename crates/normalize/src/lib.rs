//! From text to typed values: dates, scores, ids, names, grades, ticked statements, amounts, and the numbers in the
//! sentences of goals and reports.
//!
//! Everything here is a pure function of its arguments: no clock, no file, no global state. A function that is called for
//! each cell (dates, scores, numbers, ids) allocates nothing when the cell is good. Problems are [`Code`]s of the catalogue
//! in the model crate; the place of the cell is known to the caller only.
//!
//! The `kind` of a cell is the letter of the grid interface: `t` text, `n` number, `p` number in a percent format, `d` date
//! (ISO), `f` number in a fraction format, `b` bool, `e` error, `z` and `m` blank; a capital is a formula's cached result.
//!
//! [`Code`]: aimline_model::codes::Code

pub mod amount;
pub mod date;
pub mod grade;
pub mod id;
pub mod mark;
pub mod name;
pub mod number;
pub mod progress;
pub mod prompt;
pub mod scale;
pub mod schedule;
pub mod score;
pub mod sentence;
pub mod units;
pub mod yes_no;

mod text;
