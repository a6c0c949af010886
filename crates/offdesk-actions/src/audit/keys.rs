//! What tells activities apart.

/// What tells activities apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    Rule(String, bool),
    Named(usize),
    Corrected(usize, bool),
    Kind(&'static str, bool),
    Family(&'static str),
    Task(String, bool),
    Cluster(String, bool),
    Project(String, bool),
    /// Texts that share no word with enough others.
    Single(bool),
    Silent(bool),
    Rest,
}

impl Key {
    /// The same as a text that stays the same from one import to the next.
    pub(super) fn name(&self) -> String {
        let mine = |is_mine: &bool| if *is_mine { ":mine" } else { "" };
        match self {
            Self::Rule(name, is_mine) => format!("rule:{name}{}", mine(is_mine)),
            Self::Named(at) => format!("named:{at}"),
            Self::Corrected(at, is_mine) => format!("corrected:{at}{}", mine(is_mine)),
            Self::Kind(slug, is_mine) => format!("kind:{slug}{}", mine(is_mine)),
            Self::Family(family) => format!("family:{family}"),
            Self::Task(task, is_mine) => format!("task:{task}{}", mine(is_mine)),
            Self::Cluster(name, is_mine) => format!("cluster:{name}{}", mine(is_mine)),
            Self::Project(name, is_mine) => format!("project:{name}{}", mine(is_mine)),
            Self::Single(is_mine) => format!("single{}", mine(is_mine)),
            Self::Silent(is_mine) => format!("silent{}", mine(is_mine)),
            Self::Rest => "rest".to_owned(),
        }
    }
}
