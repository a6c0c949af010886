//! Folding what entries say to a normal form.
