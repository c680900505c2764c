//! (in the making)
pub mod times;
