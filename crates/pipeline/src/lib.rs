//! aimline-pipeline
