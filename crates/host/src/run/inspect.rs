//! What libraries are, for `aimline plugins list`. Each is opened in a worker of its own.

use super::process::{Message, Next, Process};
use super::{Limits, no_input, order, paths};
use crate::find::Library;
use crate::manifest::Manifest;
use crate::sys::Sandbox;
use crate::wire::control::{InspectedFrame, Order, SkippedFrame};
use crate::wire::{Frame, Kind};
use std::path::Path;

/// A library, and what it says of itself.
#[derive(Debug, Clone)]
pub struct Inspected {
    /// The file.
    pub library: Library,
    /// Its manifest, or why it cannot be loaded.
    pub manifest: Result<Manifest, String>,
}

/// What [`inspect`] found out.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Inspection {
    /// Each library, in the order given.
    pub libraries: Vec<Inspected>,
    /// What a worker can close on this system; unknown when no library could be loaded.
    pub sandbox: Option<Sandbox>,
}

/// Opens each library in a worker of its own and asks what it is.
#[must_use]
pub fn inspect(exe: &Path, libraries: &[Library], limits: Limits) -> Inspection {
    let mut inspection = Inspection::default();
    for library in libraries {
        let manifest = ask(exe, library, limits).map(|(manifest, sandbox)| {
            inspection.sandbox = Some(sandbox);
            manifest
        });
        inspection.libraries.push(Inspected { library: library.clone(), manifest });
    }
    inspection
}

fn ask(exe: &Path, library: &Library, limits: Limits) -> Result<(Manifest, Sandbox), String> {
    let order = Order { inspect: true, ..order(limits) };
    let mut process =
        Process::start(exe, paths(std::slice::from_ref(library)), &order, no_input()).map_err(|error| error.to_string())?;
    let mut answer = Err("it said nothing".to_owned());
    let unreadable = |_| "it answered with something unreadable".to_owned();
    loop {
        match process.next(limits.idle) {
            Next::Message(Message::Frame(Frame { kind: Kind::Inspected, payload, .. })) => {
                let frame: InspectedFrame = serde_json::from_slice(&payload).map_err(unreadable)?;
                answer = Ok((frame.manifest, frame.sandbox));
            }
            Next::Message(Message::Frame(Frame { kind: Kind::Skipped, payload, .. })) => {
                let frame: SkippedFrame = serde_json::from_slice(&payload).map_err(unreadable)?;
                answer = Err(frame.why);
            }
            Next::Message(Message::Frame(Frame { kind: Kind::End, .. })) => return answer,
            Next::Message(Message::Frame(Frame { kind: Kind::About, .. })) => {}
            Next::Message(_) | Next::Broken(_) => return Err("it broke the interface".to_owned()),
            Next::Silence => return Err(format!("it did nothing for {} s", limits.idle.as_secs())),
            Next::Gone => return Err(format!("it crashed when it was opened ({})", process.death())),
        }
    }
}
