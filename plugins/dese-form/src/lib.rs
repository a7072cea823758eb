//! aimline-import-dese-form
