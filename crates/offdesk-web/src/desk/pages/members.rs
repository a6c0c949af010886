//! Members: who is in the workspace with which role, invitations, and the rules for signing in.

mod list;
pub mod rules;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Role;
use offdesk_actions::mails::is_set_up;
use offdesk_actions::members::{
    change_role, invite, invite_by_mail, list_members, list_unsent, reinstate_member,
    remove_member, suspend_member, withdraw_invitation,
};
use offdesk_actions::moment::Secret;
use offdesk_actions::sign_in_rules::load_sign_in_rules;
use offdesk_actions::store::members::InvitationRow;
use offdesk_actions::workspaces::load_settings;

use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::{Field, choice, desk_page, moment, said, wrong};
use crate::words;

/// The roles, and what each may do.
const ROLES: [(&str, &str); 3] = [
    ("viewer", "viewer: looks on"),
    ("manager", "manager: imports, puts activities right"),
    ("owner", "owner: everything, also worth, people and tokens"),
];

/// Suspends a member.
pub fn suspend(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("member")?;
        let done = ask
            .write(move |tx, actor, moment| suspend_member(tx, actor, id, moment))
            .await;
        match done {
            Ok(()) => Ok(see("/members?done=suspended")),
            Err(error) => refused(&ask, &Form::default(), error).await,
        }
    })
}

/// Lets a suspended member back in.
pub fn reinstate(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("member")?;
        ask.write(move |tx, actor, moment| reinstate_member(tx, actor, id, moment))
            .await?;
        Ok(see("/members?done=reinstated"))
    })
}

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let page = members_page(&ask, &Form::default(), None, None).await?;
        Ok(shown(page))
    })
}

async fn members_page(
    ask: &Ask,
    form: &Form,
    error: Option<&Error>,
    link: Option<&str>,
) -> Result<Markup, Error> {
    let ((members, invitations), unsent, has_mail, settings, sign_in) = ask
        .read(|tx, actor, moment| {
            Ok((
                list_members(tx, actor, moment)?,
                list_unsent(tx, actor)?,
                is_set_up(tx)?,
                load_settings(tx, actor)?.0,
                load_sign_in_rules(tx, actor)?,
            ))
        })
        .await?;
    let actor = ask.actor()?;
    let zone = settings.zone.as_deref();
    let note = match ask.query.text("done") {
        "role" => "The role is changed. It counts from their next click on.",
        "removed" => "They are no member any more.",
        "suspended" => {
            "They reach nothing of this workspace any more, and neither do tokens they made."
        }
        "reinstated" => "They are back, with the role and the tokens they had.",
        "rules" => "The rules are kept. They count from everybody\u{2019}s next click on.",
        "withdrawn" => "The invitation does not count any more.",
        "sent" => "The invitation is on its way, by mail.",
        _ => "",
    };
    let body = html! {
        h1 { "Members" }
        p.lead { "Who can see " bdi { (actor.workspace_name) } ", and what they may do there." }
        (said(if error.is_none() && link.is_none() { note } else { "" }))
        (wrong(error))
        @if let Some(link) = link { (invited(form.text("email"), link)) }
        (list::list(actor, &members, zone))
        @if !invitations.is_empty() { (waiting(&invitations, &unsent, zone)) }
        (invitation(form, error, link.is_some(), has_mail))
        (rules::section(&sign_in, form, error))
    };
    Ok(desk_page(ask, "Members", &body))
}

/// The link of an invitation, which is shown once.
pub fn invited(email: &str, link: &str) -> Markup {
    html! {
        div.said role="status" {
            p { bdi { (words::shown(email, 200)) } " can join with this link, once, within seven days. " strong { "It is shown only now:" } }
            code.secret { (link) }
        }
    }
}

fn waiting(
    invitations: &[InvitationRow],
    unsent: &[(String, String)],
    zone: Option<&str>,
) -> Markup {
    html! {
        section aria-labelledby="waiting" {
            h2 #waiting { "Invited" }
            table.rows {
                thead { tr { th scope="col" { "Address" } th scope="col" { "Role" } th scope="col" { "Until" } th scope="col" { "Invitation" } } }
                tbody { @for invitation in invitations { tr {
                    @let email = words::shown(&invitation.email, 200);
                    th scope="row" {
                        bdi { (email) }
                        @if let Some((_, why)) = unsent.iter().find(|(address, _)| *address == invitation.email) {
                            small { "The mail could not be sent: " (words::shown(why, 200)) }
                        }
                    }
                    td data-label="Role" { (invitation.role) }
                    td data-label="Until" { (moment(invitation.expires_at, zone)) }
                    td { form method="post" action={ "/members/invitations/" (invitation.id) "/removal" } {
                        button.plain.small aria-label={ "Withdraw the invitation of " (email) } { "Withdraw" }
                    } }
                } } }
            }
        }
    }
}

fn invitation(form: &Form, error: Option<&Error>, is_done: bool, has_mail: bool) -> Markup {
    let (email, role) = if is_done {
        ("", "viewer")
    } else {
        (form.text("email"), form.text("role"))
    };
    let help = if has_mail {
        "The link counts for this address only, once. It is sent there by mail, or you hand it over yourself."
    } else {
        "The link counts for this address only. You hand it over yourself."
    };
    html! {
        section aria-labelledby="invite" {
            h2 #invite { "Invite someone with one link" }
            form method="post" action="/members/invitations" {
                (Field { kind: "email", is_needed: true, help, ..Field::text("email", "Their e-mail address", email) }.show(error))
                (choice("role", "Their role", role, &ROLES))
                div.row {
                    @if has_mail { button name="by" value="mail" { "Send it by mail" } }
                    button.plain[has_mail] { "Make the link" }
                }
            }
        }
    }
}

/// Invites somebody: by a mail, or with a link that is shown once.
pub fn send_invitation(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let email = form.text("email").to_owned();
        if form.text("by") == "mail" {
            let done = match role(&form) {
                Ok(role) => {
                    ask.write(move |tx, actor, moment| {
                        invite_by_mail(tx, actor, &email, role, moment)
                    })
                    .await
                }
                Err(error) => Err(error),
            };
            return match done {
                Ok(()) => {
                    ask.desk.wake_mails();
                    Ok(see("/members?done=sent"))
                }
                Err(error) => refused(&ask, &form, error).await,
            };
        }
        let done = match role(&form) {
            Ok(role) => {
                ask.write(move |tx, actor, moment| invite(tx, actor, &email, role, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(secret) => {
                let link = invitation_link(&ask, &secret);
                let page = members_page(&ask, &form, None, Some(&link)).await?;
                Ok(shown(page))
            }
            Err(error) => refused(&ask, &form, error).await,
        }
    })
}

/// Where somebody who was invited joins.
pub fn invitation_link(ask: &Ask, secret: &Secret) -> String {
    let (address, token) = (ask.shown_address(), secret.reveal());
    format!("{address}/invitation?token={token}")
}

fn role(form: &Form) -> Result<Role, Error> {
    Role::of(form.text("role")).ok_or_else(|| {
        Error::invalid(
            "role",
            "member.role",
            format!("\"{}\" is no role", form.text("role")),
        )
        .hint("choose owner, manager or viewer")
    })
}

pub(super) async fn refused(
    ask: &Ask,
    form: &Form,
    error: Error,
) -> Result<axum::response::Response, Error> {
    again(&error, members_page(ask, form, Some(&error), None)).await
}

/// Takes an invitation back.
pub fn withdraw(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("invitation")?;
        ask.write(move |tx, actor, moment| withdraw_invitation(tx, actor, id, moment))
            .await?;
        Ok(see("/members?done=withdrawn"))
    })
}

/// Changes a member's role.
pub fn set_role(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("member")?, ask.form().await?);
        let done = match role(&form) {
            Ok(role) => {
                ask.write(move |tx, actor, moment| change_role(tx, actor, id, role, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        let is_self = ask.actor()?.account == id;
        match done {
            // Who is no owner any more cannot see this page.
            Ok(()) if is_self => Ok(see("/")),
            Ok(()) => Ok(see("/members?done=role")),
            Err(error) => refused(&ask, &Form::default(), error).await,
        }
    })
}

/// Removes a member.
pub fn remove(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("member")?;
        let done = ask
            .write(move |tx, actor, moment| remove_member(tx, actor, id, moment))
            .await;
        let is_self = ask.actor()?.account == id;
        match done {
            Ok(()) if is_self => Ok(see("/")),
            Ok(()) => Ok(see("/members?done=removed")),
            Err(error) => refused(&ask, &Form::default(), error).await,
        }
    })
}
