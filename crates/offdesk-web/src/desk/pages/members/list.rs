//! The members of a workspace, one in a row, with what an owner can do.

use maud::{Markup, html};
use offdesk_actions::actor::{Actor, Role};
use offdesk_actions::store::members::MemberRow;

use crate::desk::layout::moment;
use crate::words;

/// The list.
pub fn list(actor: &Actor, members: &[MemberRow], zone: Option<&str>) -> Markup {
    html! {
        table.rows {
            thead { tr { th scope="col" { "Name" } th scope="col" { "Since" } th scope="col" { "Second factor" } th scope="col" { "Role" } th scope="col" { "Membership" } } }
            tbody { @for member in members { (row(actor, member, zone)) } }
        }
    }
}

fn row(actor: &Actor, member: &MemberRow, zone: Option<&str>) -> Markup {
    let name = words::shown(&member.name, 80);
    let is_self = member.account_id == actor.account;
    html! {
        tr {
            th scope="row" {
                bdi { (name) }
                @if is_self { " " span.tag { "you" } }
                @if member.suspended_at.is_some() { " " span.tag { "suspended" } }
                small { bdi { (words::shown(&member.email, 200)) } }
            }
            td data-label="Since" { (moment(member.created_at, zone)) }
            td data-label="Second factor" { (if member.has_factor { "yes" } else { "none" }) }
            td data-label="Role" {
                @if member.role == Role::Worker.word() { "worker: sees their own work only" } @else {
                    form method="post" action={ "/members/" (member.account_id) "/role" } {
                        select name="role" aria-label={ "Role of " (name) } {
                            @for role in Role::OF_BUSINESS { option value=(role.word()) selected[role.word() == member.role] { (role.word()) } }
                        }
                        button.plain.small aria-label={ "Change the role of " (name) } { "Change" }
                    }
                }
            }
            td {
                @if let Some(since) = member.suspended_at {
                    p { small { "Suspended since " (moment(since, zone)) "." } }
                    form method="post" action={ "/members/" (member.account_id) "/suspension/removal" } {
                        button.plain.small aria-label={ "Let " (name) " back in" } { "Let back in" }
                    }
                } @else if !is_self {
                    details {
                        summary { "Suspend" }
                        p { small { "They and their tokens reach nothing here, at once. All that is theirs stays, and you can let them back in." } }
                        form method="post" action={ "/members/" (member.account_id) "/suspension" } {
                            button.away.small { "Suspend " bdi { (name) } }
                        }
                    }
                }
                details {
                    summary { "Remove" }
                    p { small { "They lose access at once, and tokens they made are gone." } }
                    form method="post" action={ "/members/" (member.account_id) "/removal" } {
                        button.away.small { "Remove " bdi { (name) } }
                    }
                }
            }
        }
    }
}
