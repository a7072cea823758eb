//! The Linux sandbox, by raw calls: no files (Landlock), no sockets, programs or other processes (seccomp).
//!
//! What the kernel lacks stays open, and the report says so. A library's constructors run earlier, when it is opened.

use super::Sandbox;

/// Closes what can be closed. For the calling process, for good.
pub(crate) fn close_sandbox() -> Sandbox {
    // SAFETY: plain integers; without this an ordinary user may do neither of the two below.
    if unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) } != 0 {
        return Sandbox::default();
    }
    Sandbox { files: close_files(), calls: close_calls() }
}

/// Landlock with all rights handled and none granted.
fn close_files() -> bool {
    const CREATE: libc::c_long = 444;
    const RESTRICT: libc::c_long = 446;
    const VERSION: u32 = 1;
    // SAFETY: asks for the version; nothing is passed.
    let version = unsafe { libc::syscall(CREATE, std::ptr::null::<u64>(), 0usize, VERSION) };
    let rights = match version {
        ..=0 => return false,
        1 => 13,
        2 => 14,
        3 | 4 => 15,
        _ => 16,
    };
    let handled: u64 = (1 << rights) - 1;
    // SAFETY: the attribute is 8 bytes long in every version, later members being absent.
    let rules = unsafe { libc::syscall(CREATE, &raw const handled, size_of::<u64>(), 0u32) };
    let Ok(rules) = libc::c_int::try_from(rules) else { return false };
    if rules < 0 {
        return false;
    }
    // SAFETY: the descriptor was just made, and is closed once.
    unsafe {
        let closed = libc::syscall(RESTRICT, rules, 0u32) == 0;
        libc::close(rules);
        closed
    }
}

#[cfg(target_arch = "x86_64")]
const MACHINE: Option<u32> = Some(0xC000_003E);
#[cfg(target_arch = "aarch64")]
const MACHINE: Option<u32> = Some(0xC000_00B7);
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
const MACHINE: Option<u32> = None;

/// Refused altogether. io_uring is a way around the others; setsid and setpgid one around the parent's group kill.
const REFUSED: [libc::c_long; 16] = [
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_io_uring_setup,
    libc::SYS_setsid,
    libc::SYS_setpgid,
    libc::SYS_tkill,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
    libc::SYS_pidfd_send_signal,
    libc::SYS_pidfd_getfd,
    libc::SYS_bpf,
];
/// Refused unless the first argument names this process.
const OWN_ONLY: [libc::c_long; 2] = [libc::SYS_kill, libc::SYS_tgkill];

/// A seccomp filter that answers with EPERM.
fn close_calls() -> bool {
    let Some(machine) = MACHINE else { return false };
    let step = |code: u32, on_true, on_false, k| libc::sock_filter { code: code as u16, jt: on_true, jf: on_false, k };
    let load = |offset| step(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0, offset);
    let equal = |value, on_true, on_false| step(libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K, on_true, on_false, value);
    let answer = |value| step(libc::BPF_RET | libc::BPF_K, 0, 0, value);
    let refuse = answer(libc::SECCOMP_RET_ERRNO | libc::EPERM as u32);
    // struct seccomp_data: number at 0, machine at 4, first argument at 16 (its low half, both machines being little-endian).
    const NUMBER: u32 = 0;
    const ARGUMENT: u32 = 16;
    let mut filter = vec![load(4), equal(machine, 1, 0), answer(libc::SECCOMP_RET_KILL_PROCESS), load(NUMBER)];
    // Numbers of the x32 interface lie above this bit, and would name the same calls again.
    filter.extend([step(libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K, 0, 1, 0x4000_0000), refuse]);
    for number in REFUSED {
        filter.extend([equal(number as u32, 0, 1), refuse]);
    }
    for number in OWN_ONLY {
        let allow = answer(libc::SECCOMP_RET_ALLOW);
        filter.extend([equal(number as u32, 0, 4), load(ARGUMENT), equal(std::process::id(), 1, 0), refuse, allow]);
    }
    // prlimit64 of another process; 0 is this one.
    filter.extend([equal(libc::SYS_prlimit64 as u32, 0, 3), load(ARGUMENT), equal(0, 1, 0), refuse]);
    filter.push(answer(libc::SECCOMP_RET_ALLOW));
    let program = libc::sock_fprog { len: filter.len() as u16, filter: filter.as_mut_ptr() };
    // SAFETY: the program is well-formed (the kernel checks it) and is copied before the call returns.
    unsafe { libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const program) == 0 }
}
