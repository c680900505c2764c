//! Properties of every relation.
