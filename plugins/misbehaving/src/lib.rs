//! aimline-import-misbehaving
