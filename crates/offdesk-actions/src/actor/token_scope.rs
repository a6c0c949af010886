//! What a token may do: each scope one thing, never what only people do.

use super::Permission;

/// What a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenScope {
    /// See.
    Read,
    /// Import and log.
    Import,
    /// Change activities.
    Edit,
    /// Worth and settings.
    Manage,
    /// Note how much an AI agent was used, and nothing else.
    Usage,
}

impl TokenScope {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Read,
        Self::Import,
        Self::Edit,
        Self::Manage,
        Self::Usage,
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Import => "import",
            Self::Edit => "edit",
            Self::Manage => "manage",
            Self::Usage => "usage",
        }
    }

    /// The scope of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }

    /// Whether a token of this scope may do something.
    #[must_use]
    pub(super) fn allows(self, permission: Permission) -> bool {
        match self {
            Self::Read => permission == Permission::See,
            Self::Import => permission == Permission::Import,
            Self::Edit => permission == Permission::Edit,
            Self::Manage => permission == Permission::Manage,
            Self::Usage => permission == Permission::Use,
        }
    }
}
