//! The worker: opens the libraries, closes the sandbox, asks each importer about the file, reads with the best.

mod emit;

use crate::load::{self, Importer};
use crate::manifest::Signature;
use crate::sys;
use crate::wire::Kind;
use crate::wire::control::{About, ChosenFrame, End, InspectedFrame, ORDER, Order, SkippedFrame};
use aimline_plugin::abi;
use emit::Emitter;
use std::ffi::{CStr, CString, OsString};
use std::io;
use std::path::PathBuf;

/// The hidden first argument that makes the program a worker.
pub const ARGUMENT: &str = "__worker";

/// Runs a worker and ends the process. To be called before anything else, with the arguments after [`ARGUMENT`].
///
/// What it does stands in an environment variable that only [`crate::run`] sets; by hand it only fails.
pub fn worker_main(arguments: impl IntoIterator<Item = OsString>) -> ! {
    let libraries = arguments.into_iter().map(PathBuf::from).collect();
    sys::leave(if serve(libraries).is_ok() { 0 } else { 3 })
}

fn serve(libraries: Vec<PathBuf>) -> io::Result<()> {
    let order = std::env::var(ORDER).map_err(io::Error::other)?;
    let order: Order = serde_json::from_str(&order)?;
    let mut emitter = Emitter::new(sys::take_stdout()?, &order);
    sys::limit(order.memory_bytes, order.parent)?;
    let peak = sys::PeakMemory::open();
    let content = sys::take_input()?;
    let end = if order.inspect {
        inspect(&libraries, &mut emitter)?;
        End::default()
    } else {
        read(&libraries, &order, content, &mut emitter)?
    };
    emitter.finish(End { peak_memory: peak.bytes(), ..end })
}

/// Says what each library is.
fn inspect(libraries: &[PathBuf], emitter: &mut Emitter) -> io::Result<()> {
    let importers = open(libraries, &Order::default(), emitter)?;
    let sandbox = sys::close_sandbox();
    for (library, importer) in importers {
        emitter.send(Kind::Inspected, &InspectedFrame { library, manifest: importer.manifest, sandbox })?;
    }
    Ok(())
}

/// Opens the libraries and announces each, so that the parent knows the culprit if this is the end.
fn open(libraries: &[PathBuf], order: &Order, emitter: &mut Emitter) -> io::Result<Vec<(usize, Importer)>> {
    let mut importers = Vec::new();
    for (library, path) in libraries.iter().enumerate().filter(|(library, _)| !order.without.contains(library)) {
        emitter.send_now(Kind::About, &About { library, name: None })?;
        // SAFETY: this is the worker.
        match unsafe { load::load(path) } {
            Ok(importer) => importers.push((library, importer)),
            Err(error) => emitter.send(Kind::Skipped, &SkippedFrame { library, name: None, why: error.to_string() })?,
        }
    }
    Ok(importers)
}

fn read(libraries: &[PathBuf], order: &Order, content: &'static [u8], emitter: &mut Emitter) -> io::Result<End> {
    let mut importers = open(libraries, order, emitter)?;
    let kind = Signature::of(content);
    importers.retain(|(library, importer)| {
        // Known by the manifest and not by file name: a stranger's test importer says so too, whatever its file is called.
        let manifest = &importer.manifest;
        manifest.fits(kind) && !order.skip.contains(&manifest.name) && (!manifest.test || order.asked_for.contains(library))
    });
    let sandbox = sys::close_sandbox();
    let name = CString::new(order.name.as_str()).unwrap_or_default();
    let data = if content.is_empty() { std::ptr::NonNull::dangling().as_ptr() } else { content.as_ptr() };
    let size = size_of::<abi::Input>() as u32;
    let input = abi::Input { struct_size: size, reserved: 0, name: name.as_ptr(), data, len: content.len() as u64 };

    let mut best: Option<(u8, String, usize, &Importer)> = None;
    for (library, importer) in &importers {
        let (library, name) = (*library, Some(importer.manifest.name.clone()));
        emitter.send_now(Kind::About, &About { library, name: name.clone() })?;
        match ask(importer, &input, emitter) {
            Ok((confidence, variant)) => {
                if confidence > best.as_ref().map_or(0, |best| best.0) {
                    best = Some((confidence, variant, library, importer));
                }
            }
            Err(why) => emitter.send(Kind::Skipped, &SkippedFrame { library, name, why })?,
        }
    }
    let Some((confidence, variant, library, importer)) = best else { return Ok(End { nobody: true, ..End::default() }) };
    let (name, version) = (importer.manifest.name.clone(), importer.manifest.version.clone());
    // At once: from here on a death is one while reading, not while looking.
    emitter.send_now(Kind::Chosen, &ChosenFrame { library, name, version, variant, confidence, sandbox })?;
    let status = emitter.lend(true, |host| {
        // SAFETY: all that is lent lives until the call ends; the library is never closed.
        unsafe { (importer.import)(host, [&raw const input].as_ptr(), 1) }
    });
    Ok(emitter.end(status))
}

/// What an importer thinks of the file, or why it could not say.
fn ask(importer: &Importer, input: &abi::Input, emitter: &mut Emitter) -> Result<(u8, String), String> {
    let size = size_of::<abi::Probe>() as u32;
    let mut answer = abi::Probe { struct_size: size, confidence: 0, variant: [0; 64], reason: [0; 192] };
    let status = emitter.lend(false, |host| {
        // SAFETY: all that is lent lives until the call ends; the library is never closed.
        unsafe { (importer.probe)(host, input, &raw mut answer) }
    });
    let end = emitter.end(status);
    if end.status != abi::OK {
        let why = if end.explanation.is_empty() { "no reason given" } else { &end.explanation };
        return Err(format!("it failed to look at the file: {why} (status {})", end.status));
    }
    let variant = CStr::from_bytes_until_nul(&answer.variant).map(CStr::to_string_lossy).unwrap_or_default();
    Ok((answer.confidence.clamp(0, 100) as u8, emit::one_line(&variant)))
}
