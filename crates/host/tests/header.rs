//! The C header and the Rust side of the interface have one layout.

use aimline_plugin::abi::{Host, Input, Loc, MAGIC, MAJOR, MINOR, Plugin, Probe, Str};
use std::fmt::Write;
use std::mem::offset_of;
use std::path::Path;
use std::process::Command;

macro_rules! layout {
    ($($rust:ident $c:literal: $($field:ident)*;)*) => {{
        let mut rust = String::new();
        let mut c = String::new();
        $(
            let _ = writeln!(rust, "{} {}", $c, size_of::<$rust>());
            let _ = writeln!(c, "printf(\"{0} %zu\\n\", sizeof({0}));", $c);
            $(
                let _ = writeln!(rust, "{}.{} {}", $c, stringify!($field), offset_of!($rust, $field));
                let _ = writeln!(c, "printf(\"{0}.{1} %zu\\n\", offsetof({0}, {1}));", $c, stringify!($field));
            )*
        )*
        (rust, c)
    }};
}

#[test]
fn the_header_lays_out_each_struct_as_rust_does() {
    let (mut rust, c) = layout! {
        Str "AimStr": ptr len;
        Loc "AimLoc": part row byte;
        Input "AimInput": struct_size reserved name data len;
        Host "AimHost": struct_size abi_major abi_minor features max_unpacked ctx option table row progress explain;
        Probe "AimProbe": struct_size confidence variant reason;
        Plugin "AimPlugin": magic struct_size abi_major abi_minor needs manifest probe import;
    };
    let _ = writeln!(rust, "{MAGIC} {MAJOR} {MINOR}");
    let numbers = "printf(\"%llu %d %d\\n\", (unsigned long long)AIM_MAGIC, AIM_ABI_MAJOR, AIM_ABI_MINOR);";
    let program = format!("#include <stdio.h>\n#include \"aimline_importer.h\"\nint main(void) {{\n{c}{numbers}\n}}\n");
    let folder = tempfile::tempdir().expect("a folder");
    let (source, binary) = (folder.path().join("layout.c"), folder.path().join("layout"));
    std::fs::write(&source, program).expect("a file");
    let include = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugin/include");
    let done = Command::new("cc").arg("-I").arg(include).arg("-o").arg(&binary).arg(&source).output().expect("a C compiler");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let said = Command::new(&binary).output().expect("the program").stdout;
    assert_eq!(String::from_utf8_lossy(&said), rust);
}
