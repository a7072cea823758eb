//! aimline-store
