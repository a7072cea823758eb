//! Progress: a bar on a terminal, plain lines elsewhere. It shows stages and counts, never a name.

use crate::output;
use aimline_pipeline::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;

/// Shows how far a run is.
pub(crate) struct Shown {
    terminal: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Shown {
    pub(crate) fn new() -> Self {
        Self { terminal: std::io::stderr().is_terminal(), bar: Mutex::new(None) }
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        if let Some(bar) = self.bar.lock().expect("no thread panics while it holds this").take() {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Shown {
    fn stage(&self, name: &'static str, steps: u64) {
        self.end();
        if !self.terminal {
            output::status(&format!("{name} ({steps})"));
            return;
        }
        let bar = ProgressBar::new(steps);
        if let Ok(style) = ProgressStyle::with_template("{msg:32} [{bar:30}] {pos}/{len}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(name);
        *self.bar.lock().expect("no thread panics while it holds this") = Some(bar);
    }

    fn step(&self, done: u64) {
        if let Some(bar) = self.bar.lock().expect("no thread panics while it holds this").as_ref() {
            bar.set_position(done);
        }
    }
}
