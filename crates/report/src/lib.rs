//! aimline-report
