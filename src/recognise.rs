//! Names in, plan out: whose export this is, and which section reads which entry.
