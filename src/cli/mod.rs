//! The command line: each command one file, printing in one place.
