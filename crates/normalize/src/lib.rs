//! aimline-normalize
