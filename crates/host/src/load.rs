//! Opens an importer library. Done in a worker only: opening one runs foreign code.

use crate::look::{LookError, look};
use crate::manifest::{Manifest, ManifestError};
use crate::sys;
use aimline_plugin::abi;
use std::ffi::CStr;
use std::path::Path;

type Probe = unsafe extern "C" fn(*const abi::Host, *const abi::Input, *mut abi::Probe) -> abi::Status;
type Import = unsafe extern "C" fn(*const abi::Host, *const *const abi::Input, u32) -> abi::Status;

/// Size of the descriptor of interface 1.0; later ones are longer.
const SMALLEST: usize = std::mem::offset_of!(abi::Plugin, import) + size_of::<usize>();
const LARGEST: usize = 4_096;
/// Feature bits that this host offers.
pub(crate) const FEATURES: u64 = 0;

/// Why a library is not used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum LoadError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("cannot be opened: {0}")]
    Open(libloading::Error),
    #[error("not an aimline importer: it does not export `aimline_importer`")]
    NoEntry,
    #[error("it does not serve interface {}", abi::MAJOR)]
    NotServed,
    #[error("its descriptor is damaged ({0})")]
    Descriptor(&'static str),
    #[error("built for interface {0}, this program has {ours}", ours = abi::MAJOR)]
    Major(u16),
    #[error("it needs features of a newer aimline ({0:#x})")]
    Needs(u64),
    #[error(transparent)]
    Manifest(#[from] ManifestError),
}

/// An importer, ready to be called.
pub(crate) struct Importer {
    pub(crate) manifest: Manifest,
    pub(crate) probe: Probe,
    pub(crate) import: Import,
}

/// Opens the library at an absolute path and checks its descriptor.
///
/// # Safety
/// Runs code of the library: only for a worker process, which may die of it.
pub(crate) unsafe fn load(path: &Path) -> Result<Importer, LoadError> {
    look(path)?;
    // SAFETY: the caller runs this in a worker.
    let library = unsafe { sys::open_library(path) }.map_err(LoadError::Open)?;
    // SAFETY: the symbol has this type in every importer.
    let entry = *unsafe { library.get::<abi::Entry>(abi::ENTRY) }.map_err(|_| LoadError::NoEntry)?;
    // On purpose: a worker is short, and threads of the library may outlive its calls.
    std::mem::forget(library);
    // SAFETY: as above.
    let descriptor = unsafe { entry(u32::from(abi::MAJOR)) };
    // SAFETY: the library is never unloaded, so that its descriptor stays.
    unsafe { check(descriptor) }
}

/// # Safety
/// `descriptor` is null or was handed out by a library that stays open.
unsafe fn check(descriptor: *const abi::Plugin) -> Result<Importer, LoadError> {
    if descriptor.is_null() {
        return Err(LoadError::NotServed);
    }
    if !descriptor.is_aligned() {
        return Err(LoadError::Descriptor("its place"));
    }
    // SAFETY: every descriptor begins with these four members; nothing after them is trusted yet.
    let (magic, size, major) = unsafe {
        (
            (&raw const (*descriptor).magic).read(),
            (&raw const (*descriptor).struct_size).read(),
            (&raw const (*descriptor).abi_major).read(),
        )
    };
    let size = size as usize;
    if magic != abi::MAGIC {
        return Err(LoadError::Descriptor("its first bytes"));
    }
    if major != abi::MAJOR {
        return Err(LoadError::Major(major));
    }
    if !(SMALLEST..=LARGEST).contains(&size) {
        return Err(LoadError::Descriptor("its size"));
    }
    // An older library's descriptor is shorter: what it lacks stays zero. Of a newer one the rest is not looked at.
    // SAFETY: zero is a valid value of every member.
    let mut plugin: abi::Plugin = unsafe { std::mem::zeroed() };
    let known = size.min(size_of::<abi::Plugin>());
    // SAFETY: the library says that `size` bytes are there, ours has room for `known` of them, and the two are apart.
    unsafe { std::ptr::copy_nonoverlapping(descriptor.cast::<u8>(), (&raw mut plugin).cast::<u8>(), known) };
    let missing = plugin.needs & !FEATURES;
    if missing != 0 {
        return Err(LoadError::Needs(missing));
    }
    let (Some(probe), Some(import), false) = (plugin.probe, plugin.import, plugin.manifest.is_null()) else {
        return Err(LoadError::Descriptor("an entry is null"));
    };
    // SAFETY: not null; the interface promises static text with a NUL at the end.
    let manifest = Manifest::parse(unsafe { CStr::from_ptr(plugin.manifest) }.to_bytes())?;
    Ok(Importer { manifest, probe, import })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::mem::zeroed;

    unsafe extern "C" fn probe(_: *const abi::Host, _: *const abi::Input, _: *mut abi::Probe) -> abi::Status {
        abi::OK
    }

    unsafe extern "C" fn import(_: *const abi::Host, _: *const *const abi::Input, _: u32) -> abi::Status {
        abi::OK
    }

    fn good() -> abi::Plugin {
        let manifest = c"{\"name\":\"n\",\"version\":\"1\",\"signatures\":[\"any\",\"later\"],\"later\":3}".as_ptr();
        abi::Plugin {
            magic: abi::MAGIC,
            struct_size: size_of::<abi::Plugin>() as u32,
            abi_major: abi::MAJOR,
            abi_minor: 7,
            needs: 0,
            manifest,
            probe: Some(probe),
            import: Some(import),
        }
    }

    fn said(plugin: abi::Plugin) -> String {
        // SAFETY: a whole descriptor.
        unsafe { check(&plugin) }.map_or_else(|error| error.to_string(), |importer| importer.manifest.name)
    }

    #[test]
    fn each_lie_of_a_descriptor_is_named() {
        assert_eq!(said(good()), "n");
        assert_eq!(said(abi::Plugin { magic: 1, ..good() }), "its descriptor is damaged (its first bytes)");
        assert_eq!(said(abi::Plugin { struct_size: 47, ..good() }), "its descriptor is damaged (its size)");
        assert_eq!(said(abi::Plugin { abi_major: 2, ..good() }), "built for interface 2, this program has 1");
        assert_eq!(said(abi::Plugin { needs: 4, ..good() }), "it needs features of a newer aimline (0x4)");
        assert_eq!(said(abi::Plugin { probe: None, ..good() }), "its descriptor is damaged (an entry is null)");
        assert_eq!(said(abi::Plugin { manifest: std::ptr::null(), ..good() }), "its descriptor is damaged (an entry is null)");
        assert!(said(abi::Plugin { manifest: c"[]".as_ptr(), ..good() }).starts_with("its manifest cannot be read"));
        // SAFETY: null is allowed.
        assert!(matches!(unsafe { check(std::ptr::null()) }, Err(LoadError::NotServed)));
    }

    #[test]
    fn a_longer_descriptor_of_a_newer_library_is_taken() {
        #[repr(C)]
        struct Newer {
            plugin: abi::Plugin,
            more: [u64; 4],
        }
        // SAFETY: zero is a valid value of every member.
        let mut newer: Newer = unsafe { zeroed() };
        newer.plugin = abi::Plugin { struct_size: size_of::<Newer>() as u32, ..good() };
        newer.more = [u64::MAX; 4];
        // SAFETY: a whole descriptor.
        assert!(unsafe { check((&raw const newer).cast()) }.is_ok());
    }
}
