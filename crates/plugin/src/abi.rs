//! The C interface between the program and an importer, as `include/aimline_importer.h` has it.
//!
//! A change here is a change there: `tests/header.rs` in the host compares sizes and offsets through the C example.

use core::ffi::{CStr, c_char, c_void};

/// The first eight bytes of a descriptor.
pub const MAGIC: u64 = u64::from_le_bytes(*b"AIMLMIP1");
/// A plugin and a host of the same major version understand each other.
pub const MAJOR: u16 = 1;
/// Grows when something is appended.
pub const MINOR: u16 = 0;
/// The one symbol that a library exports.
pub const ENTRY: &CStr = c"aimline_importer";
/// Most cells in a row of a grid table, the `kinds` cell included.
pub const MAX_CELLS: usize = 16_384;
/// Most columns of a record table.
pub const MAX_COLUMNS: usize = 64;

/// How a call ended; a plain integer, so that an unknown value is representable.
pub type Status = i32;
/// Done.
pub const OK: Status = 0;
/// The host said stop.
pub const CANCELLED: Status = 1;
/// The file is not what it claims to be, or is damaged.
pub const FORMAT: Status = 2;
/// The format is understood, this variant of it is not supported.
pub const UNSUPPORTED: Status = 3;
/// A limit of the host would be passed.
pub const LIMIT: Status = 4;
/// An option's value cannot be used.
pub const OPTION: Status = 5;
/// A fault of the importer.
pub const INTERNAL: Status = 6;
/// A panic, caught at the boundary.
pub const PANIC: Status = 7;

/// Borrowed text without a NUL at the end; a null pointer is no value.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Str {
    /// First byte, or null.
    pub ptr: *const u8,
    /// Bytes.
    pub len: usize,
}

impl Str {
    /// No value.
    pub const NONE: Self = Self { ptr: core::ptr::null(), len: 0 };

    /// Borrows `text`; the caller keeps it alive for the call.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self { ptr: text.as_ptr(), len: text.len() }
    }
}

/// Where a row stands in the file.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Loc {
    /// The place in the user's words, for record tables.
    pub part: Str,
    /// 1-based sheet row or line; 0 is none.
    pub row: u64,
    /// Offset in the file; 0 is unknown.
    pub byte: u64,
}

/// One file, mapped read-only.
#[repr(C)]
pub struct Input {
    /// How far this struct reaches.
    pub struct_size: u32,
    /// Zero.
    pub reserved: u32,
    /// Base name, NUL-terminated.
    pub name: *const c_char,
    /// First byte.
    pub data: *const u8,
    /// Bytes.
    pub len: u64,
}

/// The functions that a host lends for one call.
#[repr(C)]
pub struct Host {
    /// How far this struct reaches.
    pub struct_size: u32,
    /// [`MAJOR`] of the host.
    pub abi_major: u16,
    /// [`MINOR`] of the host.
    pub abi_minor: u16,
    /// Feature bits; none in 1.0.
    pub features: u64,
    /// Most bytes that one compressed member may unpack to.
    pub max_unpacked: u64,
    /// Handed back with every call.
    pub ctx: *mut c_void,
    /// The value of an option, or null.
    pub option: Option<unsafe extern "C" fn(*mut c_void, *const c_char) -> *const c_char>,
    /// Announces a table.
    pub table: Option<unsafe extern "C" fn(*mut c_void, *const c_char, *const *const c_char, u32) -> i32>,
    /// Takes one row.
    pub row: Option<unsafe extern "C" fn(*mut c_void, i32, *const Loc, *const Str, u32) -> Status>,
    /// Bytes done so far.
    pub progress: Option<unsafe extern "C" fn(*mut c_void, u64) -> Status>,
    /// Why the call is about to fail.
    pub explain: Option<unsafe extern "C" fn(*mut c_void, *const c_char)>,
}

/// What an importer thinks of a file; zeroed by the host.
#[repr(C)]
pub struct Probe {
    /// How far this struct reaches.
    pub struct_size: u32,
    /// 0 no; below 30 by name only; below 70 plausible; below 90 header seen; 90 and up signature.
    pub confidence: i32,
    /// NUL-terminated.
    pub variant: [u8; 64],
    /// NUL-terminated.
    pub reason: [u8; 192],
}

/// The descriptor of an importer: static and constant.
#[repr(C)]
pub struct Plugin {
    /// [`MAGIC`].
    pub magic: u64,
    /// How far this struct reaches.
    pub struct_size: u32,
    /// [`MAJOR`] that it was built for.
    pub abi_major: u16,
    /// [`MINOR`] that it was built for.
    pub abi_minor: u16,
    /// Feature bits that it cannot do without.
    pub needs: u64,
    /// NUL-terminated JSON.
    pub manifest: *const c_char,
    /// Looks at a file.
    pub probe: Option<unsafe extern "C" fn(*const Host, *const Input, *mut Probe) -> Status>,
    /// Reads files.
    pub import: Option<unsafe extern "C" fn(*const Host, *const *const Input, u32) -> Status>,
}

// SAFETY: a descriptor is constant after the library is loaded; its pointers lead to static data only.
unsafe impl Sync for Plugin {}

/// The exported function.
pub type Entry = unsafe extern "C" fn(u32) -> *const Plugin;

#[cfg(target_pointer_width = "64")]
const _: () = assert!(
    size_of::<Str>() == 16
        && size_of::<Loc>() == 32
        && size_of::<Input>() == 32
        && size_of::<Host>() == 72
        && size_of::<Probe>() == 264
        && size_of::<Plugin>() == 48
);
