//! The exported C functions around an [`Importer`]: no panic crosses them.

use crate::abi;
use crate::sdk::{Host, Importer, Input, Result};
use std::ffi::CStr;
use std::panic::{AssertUnwindSafe, catch_unwind};

fn guard(host: &Host<'_>, call: impl FnOnce() -> Result<()>) -> abi::Status {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(())) => abi::OK,
        Ok(Err(error)) => {
            if !error.message.is_empty() {
                host.explain(&error.message);
            }
            error.status
        }
        Err(payload) => {
            // The payload's own Drop may panic, and its text may quote a cell: neither may leave.
            std::mem::forget(payload);
            host.explain("the importer panicked");
            abi::PANIC
        }
    }
}

/// # Safety
/// `input` points to a valid [`abi::Input`] that outlives `'a`.
unsafe fn input<'a>(input: *const abi::Input) -> Input<'a> {
    // SAFETY: the caller's promise.
    let input = unsafe { &*input };
    // SAFETY: the host gives a NUL-terminated name.
    let name = unsafe { CStr::from_ptr(input.name) }.to_str().unwrap_or("");
    let data = if input.len == 0 {
        &[]
    } else {
        // SAFETY: the host maps `len` bytes at `data` for the time of the call.
        unsafe { std::slice::from_raw_parts(input.data, input.len as usize) }
    };
    Input { name, data }
}

fn put(field: &mut [u8], text: &str) {
    let end = text.floor_char_boundary(field.len() - 1);
    field[..end].copy_from_slice(&text.as_bytes()[..end]);
}

/// What [`export_importer!`](crate::export_importer) puts behind `probe`.
///
/// # Safety
/// Called by a host with pointers that are valid for the call.
pub unsafe extern "C" fn probe<T: Importer>(
    host: *const abi::Host,
    file: *const abi::Input,
    out: *mut abi::Probe,
) -> abi::Status {
    // SAFETY: the host's promise.
    let host = Host::new(unsafe { &*host });
    guard(&host, || {
        // SAFETY: the host's promise.
        let answer = T::probe(&unsafe { input(file) });
        // SAFETY: the host's promise; nothing else points there during the call.
        let out = unsafe { &mut *out };
        out.confidence = i32::from(answer.confidence);
        put(&mut out.variant, &answer.variant);
        put(&mut out.reason, &answer.reason);
        Ok(())
    })
}

/// What [`export_importer!`](crate::export_importer) puts behind `import`.
///
/// # Safety
/// Called by a host with pointers that are valid for the call; `files` has `n` entries.
pub unsafe extern "C" fn import<T: Importer>(host: *const abi::Host, files: *const *const abi::Input, n: u32) -> abi::Status {
    // SAFETY: the host's promise.
    let raw = unsafe { &*host };
    let watcher = Host::new(raw);
    guard(&watcher, || {
        let mut host = Host::new(raw);
        for index in 0..n as usize {
            // SAFETY: the host's promise.
            let file = unsafe { input(*files.add(index)) };
            T::import(&file, &mut host)?;
        }
        Ok(())
    })
}

/// Exports an [`Importer`](crate::Importer) under the one symbol that a host looks for.
#[macro_export]
macro_rules! export_importer {
    ($importer:ty, $manifest:expr) => {
        static PLUGIN: $crate::abi::Plugin = $crate::abi::Plugin {
            magic: $crate::abi::MAGIC,
            struct_size: ::core::mem::size_of::<$crate::abi::Plugin>() as u32,
            abi_major: $crate::abi::MAJOR,
            abi_minor: $crate::abi::MINOR,
            needs: 0,
            manifest: ::core::concat!($manifest, "\0").as_ptr().cast(),
            probe: ::core::option::Option::Some($crate::export::probe::<$importer>),
            import: ::core::option::Option::Some($crate::export::import::<$importer>),
        };

        /// The entry of the library.
        #[unsafe(no_mangle)]
        #[allow(unsafe_code, reason = "the one exported symbol of an importer")]
        pub extern "C" fn aimline_importer(host_major: u32) -> *const $crate::abi::Plugin {
            if host_major == u32::from($crate::abi::MAJOR) { &PLUGIN } else { ::core::ptr::null() }
        }
    };
}
