//! aimline-link
