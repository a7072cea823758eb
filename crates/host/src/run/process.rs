//! A worker process and the two threads that listen to it.

use crate::sys::{self, Death};
use crate::wire::control::{ORDER, Order};
use crate::wire::{Batch, Frame, Kind, WireError, read_frame};
use crate::worker;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// Messages that wait for the parent; then the reader stops, the pipe fills, and the worker waits.
const AHEAD: usize = 2;
/// Most that is kept of what a worker prints.
const KEPT: u64 = 64 << 10;
/// How long a worker that has closed its output may take to die.
const DYING: Duration = Duration::from_secs(2);
/// How long the last of what it printed is waited for.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// What the worker sent.
pub(super) enum Message {
    Batch(u32, Batch),
    Frame(Frame),
}

/// What came next.
pub(super) enum Next {
    Message(Message),
    /// Something that is no frame.
    Broken(WireError),
    /// Nothing got done for too long.
    Silence,
    /// The stream ended without an end frame.
    Gone,
}

/// What a worker printed: some of it, and how much it was. Searched, never shown.
#[derive(Default)]
struct Printed {
    kept: Vec<u8>,
    bytes: usize,
}

/// A worker. Dropped, it is killed with all that it started, and waited for.
pub(super) struct Process {
    child: Child,
    messages: Receiver<Result<Message, WireError>>,
    printing: Receiver<Printed>,
    printed: Option<Printed>,
    waited: bool,
    since: Instant,
}

impl Process {
    pub(super) fn start<'a>(
        exe: &Path,
        libraries: impl Iterator<Item = &'a Path>,
        order: &Order,
        input: Stdio,
    ) -> io::Result<Self> {
        let mut command = Command::new(exe);
        command.arg(worker::ARGUMENT).args(libraries).env_clear().env(ORDER, serde_json::to_string(order)?);
        if let Some(root) = std::env::var_os("SystemRoot").filter(|_| cfg!(windows)) {
            command.env("SystemRoot", root);
        }
        command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped());
        sys::prepare(&mut command);
        let mut child = command.spawn()?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (message, messages) = sync_channel(AHEAD);
        let (print, printing) = sync_channel(1);
        let process = Self { child, messages, printing, printed: None, waited: false, since: Instant::now() };
        let (Some(stdout), Some(stderr)) = (stdout, stderr) else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let small = || thread::Builder::new().stack_size(256 << 10);
        small().name("worker frames".into()).spawn(move || listen(stdout, &message))?;
        small().name("worker prints".into()).spawn(move || print.send(drain(stderr)))?;
        Ok(process)
    }

    /// Waits for the next message, for as long as something got done within `idle`.
    pub(super) fn next(&mut self, idle: Duration) -> Next {
        let left = idle.saturating_sub(self.since.elapsed());
        if left.is_zero() {
            return Next::Silence;
        }
        match self.messages.recv_timeout(left) {
            Ok(Ok(message)) => Next::Message(message),
            // Dying in the middle of a frame is dying.
            Ok(Err(WireError::Cut | WireError::Io(_))) | Err(RecvTimeoutError::Disconnected) => Next::Gone,
            Ok(Err(error)) => Next::Broken(error),
            Err(RecvTimeoutError::Timeout) => Next::Silence,
        }
    }

    /// Something got done, by the worker or with what it sent: the time begins anew.
    pub(super) fn advanced(&mut self) {
        self.since = Instant::now();
    }

    /// How the worker, whose stream has ended, dies.
    pub(super) fn death(&mut self) -> Death {
        let (start, mut pause) = (Instant::now(), Duration::from_micros(100));
        let mut died = sys::has_died(&mut self.child);
        while !died && start.elapsed() < DYING {
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(10));
            died = sys::has_died(&mut self.child);
        }
        self.kill().filter(|_| died).map_or(Death::Killed, sys::death)
    }

    /// True when the worker's last words are those of an allocation that failed.
    pub(super) fn ran_out_of_memory(&mut self) -> bool {
        let said = |printed: &Printed, words: &str| printed.kept.windows(words.len()).any(|seen| seen == words.as_bytes());
        let printed = self.printed();
        said(printed, "memory allocation of ") || said(printed, "bad_alloc")
    }

    fn printed(&mut self) -> &Printed {
        let printing = &self.printing;
        self.printed.get_or_insert_with(|| printing.recv_timeout(LAST_WORDS).unwrap_or_default())
    }

    /// Kills the worker with all that it started; answers with the number of bytes that it printed.
    pub(super) fn stop(mut self) -> usize {
        self.kill();
        self.printed().bytes
    }

    fn kill(&mut self) -> Option<ExitStatus> {
        if !std::mem::replace(&mut self.waited, true) {
            // Before it is waited for: from then on its number may be another's.
            sys::kill_group(&mut self.child);
        }
        self.child.wait().ok()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Reads and checks frames until the last one, the end of the stream, an error, or nobody listens.
fn listen(stdout: ChildStdout, message: &SyncSender<Result<Message, WireError>>) {
    let mut stream = BufReader::with_capacity(64 << 10, stdout);
    loop {
        let next = match read_frame(&mut stream) {
            Ok(None) => return,
            Ok(Some(Frame { kind: Kind::Batch, table, payload })) => {
                Batch::parse(payload).map(|batch| Message::Batch(table, batch))
            }
            Ok(Some(frame)) => Ok(Message::Frame(frame)),
            Err(error) => Err(error),
        };
        let last =
            !matches!(&next, Ok(Message::Batch(..))) && !matches!(&next, Ok(Message::Frame(frame)) if frame.kind != Kind::End);
        if message.send(next).is_err() || last {
            return;
        }
    }
}

/// Reads to the end what a worker prints, so that it never waits for a reader.
fn drain(mut stderr: ChildStderr) -> Printed {
    let mut printed = Printed::default();
    // An error ends it as the end of the stream does: there is nothing more to be had.
    printed.bytes = stderr.by_ref().take(KEPT).read_to_end(&mut printed.kept).unwrap_or(printed.kept.len());
    printed.bytes += io::copy(&mut stderr, &mut io::sink()).unwrap_or(0) as usize;
    printed
}
