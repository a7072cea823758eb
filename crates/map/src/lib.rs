//! aimline-map
