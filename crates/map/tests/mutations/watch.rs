//! Looks at one case after the other: those that fail are made small and shown, one that hangs is named.

use std::collections::BTreeMap;
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
    /// As what the sheets were read, and how many.
    seen: BTreeMap<&'static str, u64>,
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
        Self { now, seen: BTreeMap::new(), slowest: (Duration::ZERO, String::new()), failed: Vec::new() }
    }

    pub(crate) fn see(&mut self, name: &str, case: &Case) {
        let _ = self.now.send(name.to_owned());
        if self.failed.len() == MOST {
            return;
        }
        let begin = Instant::now();
        let became = std::panic::catch_unwind(|| check::case(case));
        let took = begin.elapsed();
        match became {
            Ok(became) => *self.seen.entry(became).or_default() += 1,
            Err(_) => {
                let _ = self.now.send(format!("{name} fails, and its smaller ones take long;"));
                self.failed.push(format!("{name} fails; made small:\n{}", shrink::shown(&shrink::shrink(case))));
            }
        }
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
        let _ = writeln!(std::io::stderr(), "{:?}; the slowest took {took:?}: {name}", self.seen);
        assert!(self.failed.is_empty(), "{}", self.failed.join("\n"));
        // Changes that leave nothing to be read would show nothing.
        for layout in ["long", "wide", "log", "roster", "goal_list", "screening", "assessments", "reports", "text"] {
            assert!(self.seen.contains_key(layout), "nothing was read as {layout}");
        }
        let read: u64 = self.seen.iter().filter(|(became, _)| !became.starts_with('H')).map(|(_, count)| count).sum();
        assert!(read * 3 > self.seen.values().sum(), "{:?}", self.seen);
    }
}
