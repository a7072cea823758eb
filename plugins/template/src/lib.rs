//! aimline-import-template
