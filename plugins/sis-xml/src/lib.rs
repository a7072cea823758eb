//! aimline-import-sis-xml
