//! Looks at one case after the other: those that fail are made small and shown, one that hangs is named.

use std::io::Write as _;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::{Case, check, shrink};

/// So long no sheet takes; far more than any needs, also on a busy machine.
const HANGS: Duration = Duration::from_secs(120);

/// So many failures are enough.
const MOST: usize = 12;

pub(crate) struct Watch {
    now: Sender<String>,
    seen: u64,
    slowest: (Duration, String),
    failed: Vec<String>,
}

impl Watch {
    pub(crate) fn new() -> Self {
        let (now, next) = channel::<String>();
        std::thread::spawn(move || {
            let mut running = String::new();
            loop {
                match next.recv_timeout(HANGS) {
                    Ok(name) => running = name,
                    Err(RecvTimeoutError::Timeout) => {
                        let _ = writeln!(std::io::stderr(), "{running} hangs");
                        std::process::abort();
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
        });
        Self { now, seen: 0, slowest: (Duration::ZERO, String::new()), failed: Vec::new() }
    }

    pub(crate) fn see(&mut self, name: &str, case: &Case) {
        let _ = self.now.send(name.to_owned());
        if self.failed.len() == MOST {
            return;
        }
        let begin = Instant::now();
        let failed = std::panic::catch_unwind(|| check::case(case)).is_err();
        let took = begin.elapsed();
        if failed {
            let _ = self.now.send(format!("{name} fails, and its smaller ones take long;"));
            self.failed.push(format!("{name} fails; made small:\n{}", shrink::shown(&shrink::shrink(case))));
        }
        self.seen += 1;
        if took > self.slowest.0 {
            if took > Duration::from_secs(1) {
                let _ = writeln!(std::io::stderr(), "{name} took {took:?}");
            }
            self.slowest = (took, name.to_owned());
        }
    }

    /// How it went, for a person who reads the output of a long run.
    pub(crate) fn report(&self) {
        let (took, name) = &self.slowest;
        let _ = writeln!(std::io::stderr(), "{} sheets; the slowest took {took:?}: {name}", self.seen);
        assert!(self.failed.is_empty(), "{}", self.failed.join("\n"));
    }
}
