//! Who acts, and what they may do: the one place where that is decided.

mod token_scope;

use offdesk_store::{Scope, Tx, WorkspaceId};
use uuid::Uuid;

pub use self::token_scope::TokenScope;
use crate::accounts::Caller;
use crate::error::{Error, ErrorKind};

/// What a member is in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// May do everything.
    Owner,
    /// Works with hours and activities.
    Manager,
    /// Looks on.
    Viewer,
    /// Does work that was handed off: sees and changes only what is their own.
    Worker,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Manager, Self::Viewer, Self::Worker];
    /// Those of the business itself, which an owner gives and takes.
    pub const OF_BUSINESS: [Self; 3] = [Self::Owner, Self::Manager, Self::Viewer];

    /// The word for it, as kept.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Viewer => "viewer",
            Self::Worker => "worker",
        }
    }

    /// The role of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Whether this role may do something.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        match self {
            // Nobody but a worker has work of their own here: it is theirs alone.
            Self::Owner => permission != Permission::Work,
            Self::Manager => matches!(
                permission,
                Permission::See | Permission::Edit | Permission::Import | Permission::Use
            ),
            Self::Viewer => permission == Permission::See,
            Self::Worker => permission == Permission::Work,
        }
    }
}

/// What can be allowed in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See hours, activities, worth, what to hand off.
    See,
    /// Change activities.
    Edit,
    /// Import and undo imports, log time.
    Import,
    /// Set the worth and the workspace's settings.
    Manage,
    /// Members, tokens, the audit log: never through a token.
    Administer,
    /// Note how much an AI agent was used.
    Use,
    /// One's own handoffs and what is known of oneself: never through a token.
    Work,
}

/// Why a member reaches nothing of their workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// An owner has suspended them.
    Suspended,
    /// The workspace asks for a second factor, and they have none, or have not shown it.
    Factor,
}

impl Bar {
    /// What somebody is told who is kept out of a workspace of that name.
    pub(crate) fn error(self, workspace: &str) -> Error {
        let of = if workspace.is_empty() {
            "this workspace".to_owned()
        } else {
            format!("\u{201c}{workspace}\u{201d}")
        };
        match self {
            Self::Suspended => Error::new(
                ErrorKind::Forbidden,
                "member.suspended",
                format!("your access to {of} is suspended"),
            )
            .hint("an owner of the workspace can let you back in; nothing of yours was removed"),
            Self::Factor => Error::new(
                ErrorKind::Forbidden,
                "member.factor",
                format!("{of} asks everybody for a second factor"),
            )
            .hint("set one up under Security, or sign in with the one you have; tokens count again then, too"),
        }
    }
}

/// Through which door somebody came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// A page.
    Web,
    /// A program, by the API.
    Api,
    /// The command line on the machine itself.
    Cli,
    /// The program by itself, later, for somebody who has left it to it.
    Itself,
}

impl Door {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Cli => "cli",
            Self::Itself => "itself",
        }
    }

    /// The door of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Web, Self::Api, Self::Cli, Self::Itself]
            .into_iter()
            .find(|door| door.word() == word)
    }
}

/// Somebody who acts: an account, where it stands, and through which door it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account: Uuid,
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: String,
    /// The session, where there is one.
    pub session: Option<Uuid>,
    /// The open workspace and the role in it; `None` where none is open.
    pub membership: Option<(WorkspaceId, Role)>,
    /// Why a member has no membership at the moment.
    pub bar: Option<Bar>,
    /// The name of the open workspace.
    pub workspace_name: String,
    /// The zone of the open workspace, for a page; empty where it has none.
    pub zone: String,
    /// Whether it is the example.
    pub is_demo: bool,
    /// The workspace's revision when this was looked up.
    pub revision: i64,
    /// What the token may do, where a token is used.
    pub scopes: Option<Vec<TokenScope>>,
    /// The token, where one is used.
    pub token: Option<Uuid>,
    /// Door.
    pub door: Door,
    /// Who asks, as far as the request tells; empty on the machine itself.
    pub caller: Caller,
    /// It is some minutes since the session's or the token's last use was written down.
    pub is_long_unseen: bool,
}

impl Actor {
    /// An account in a workspace, with no session and no token.
    pub(crate) fn new(account: Uuid, membership: Option<(WorkspaceId, Role)>, door: Door) -> Self {
        Self {
            account,
            name: String::new(),
            email: String::new(),
            session: None,
            membership,
            bar: None,
            workspace_name: String::new(),
            zone: String::new(),
            is_demo: false,
            revision: 0,
            scopes: None,
            token: None,
            door,
            caller: Caller::default(),
            is_long_unseen: false,
        }
    }

    /// The same, kept out of the workspace for a reason.
    pub(crate) fn barred(self, bar: Option<Bar>) -> Self {
        let membership = self.membership.filter(|_| bar.is_none());
        Self {
            membership,
            bar,
            ..self
        }
    }

    /// Whether the actor may do something in the open workspace.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        let by_role = self
            .membership
            .is_some_and(|(_, role)| role.may(permission));
        let by_scope = self
            .scopes
            .as_ref()
            .is_none_or(|scopes| scopes.iter().any(|scope| scope.allows(permission)));
        by_role && by_scope
    }

    /// A scope of the open workspace, where the actor may do something there. All rows of a workspace are reached through this.
    ///
    /// # Errors
    /// `workspace.none` where none is open, `member.suspended` or `member.factor` where the actor is kept out of it, `forbidden` where
    /// it may not.
    pub fn within<'s, 'c>(
        &self,
        tx: &'s mut Tx<'c>,
        permission: Permission,
    ) -> Result<Scope<'s, 'c>, Error> {
        Ok(Scope::new(tx, self.workspace_for(permission)?))
    }

    /// The open workspace, where the actor may do something there.
    ///
    /// # Errors
    /// As [`Actor::within`].
    pub fn workspace_for(&self, permission: Permission) -> Result<WorkspaceId, Error> {
        if let Some(bar) = self.bar {
            return Err(bar.error(&self.workspace_name));
        }
        let Some((workspace, _)) = self.membership else {
            return Err(Error::new(
                ErrorKind::NotFound,
                "workspace.none",
                "no workspace is open",
            )
            .hint("open one of yours, or make one"));
        };
        if self.may(permission) {
            return Ok(workspace);
        }
        let message = if self.scopes.is_some() {
            "this token may not do that"
        } else {
            "your role in this workspace does not allow that"
        };
        Err(Error::new(ErrorKind::Forbidden, "forbidden", message)
            .hint("ask an owner of the workspace"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_scopes_allow_what_they_say() {
        use Permission::{Administer, Edit, Import, Manage, See, Use, Work};
        let all = [See, Edit, Import, Use, Manage, Administer, Work];
        let allowed = |may: &dyn Fn(Permission) -> bool| -> Vec<Permission> {
            all.into_iter()
                .filter(|permission| may(*permission))
                .collect()
        };
        assert_eq!(allowed(&|p| Role::Owner.may(p)), all[..6]);
        assert_eq!(allowed(&|p| Role::Worker.may(p)), [Work]);
        assert_eq!(allowed(&|p| Role::Manager.may(p)), all[..4]);
        assert_eq!(allowed(&|p| Role::Viewer.may(p)), [See]);
        for scope in TokenScope::ALL {
            assert_eq!(allowed(&|p| scope.allows(p)).len(), 1, "{}", scope.word());
            assert!(!scope.allows(Administer) && !scope.allows(Work));
            assert_eq!(TokenScope::of(scope.word()), Some(scope));
        }
    }
}
