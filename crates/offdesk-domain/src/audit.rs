//! The audit report.
