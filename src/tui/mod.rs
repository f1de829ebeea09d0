//! The terminal screens, in Elm's shape: a model, messages, effects, and drawing that cannot change anything.
