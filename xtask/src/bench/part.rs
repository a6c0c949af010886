//! The parts of the bench, by what they measure.

/// A part of the bench.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// Large tables against DuckDB, and memory
    Tables,
    /// Timewarrior, ledger and Watson
    Trackers,
    /// How soon short commands answer
    Short,
    /// Assignment problems, against HiGHS, SCIP and CP-SAT
    Planner,
    /// Imports into a workspace, its answers and its server beside a bare one, on SQLite and, with OFFDESK_TEST_POSTGRES, on PostgreSQL
    Desk,
    /// Handed-off work: its writes beside a bare insert, Desk and Work with a million assignments, the search over blueprints
    Handoff,
    /// A pay run of a thousand people
    Pay,
    /// The return of three years of handed-off work
    Return,
}
