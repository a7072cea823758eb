//! aimline-analyze
