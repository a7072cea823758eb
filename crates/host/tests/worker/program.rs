//! A program that can be nothing but a worker: what the tests start.

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|argument| argument == aimline_host::worker::ARGUMENT) {
        aimline_host::worker::worker_main(arguments)
    }
}
