//! The page of somebody who was invited. Looking at it leaves the invitation as it is; accepting uses it up.

use maud::{Markup, html};
use offdesk_actions::accounts::{NewAccount, from_network};
use offdesk_actions::actor::Role;
use offdesk_actions::members::{Invited, accept_invitation, read_invitation};
use offdesk_actions::moment::Secret;
use offdesk_actions::{Error, ErrorKind};

use super::entry::enter;
use super::worker::promise;
use crate::desk::ask::{Answer, Ask, page as shown, page_with};
use crate::desk::errors::{error_page, status_of};
use crate::desk::form::Form;
use crate::desk::headers::with_quiet_address;
use crate::desk::layout::{Field, plain_page, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let token = ask.query.text("token").to_owned();
        let response = match look(&ask, &token).await {
            Ok(invited) => shown(invitation_page(&token, &invited, &Form::default(), None)),
            Err(error) if error.kind == ErrorKind::Failed => return Err(error),
            Err(error) => error_page(&error),
        };
        Ok(with_quiet_address(response))
    })
}

/// What an invitation says; a token that is none counts against the network it came from.
async fn look(ask: &Ask, token: &str) -> Result<Invited, Error> {
    let (store, network, moment) = (ask.desk.store.clone(), ask.network.clone(), ask.moment);
    let secret = Secret::given(token);
    Ask::apart(move || {
        from_network(&store, &network, moment, || {
            store
                .read(move |tx| read_invitation(tx, &secret, moment))
                .wait()
        })
    })
    .await
}

fn invitation_page(token: &str, invited: &Invited, form: &Form, error: Option<&Error>) -> Markup {
    let body = html! {
        h1 { "Join " bdi { (words::shown(&invited.workspace, 80)) } }
        p.lead { "You were invited as " bdi { (words::shown(&invited.email, 200)) } ". One step, and you are in." }
        (wrong(error))
        form method="post" action="/invitation" {
            input type="hidden" name="token" value=(token);
            (Field { autocomplete: "name", help: "Not needed where this address has an account here already.", ..Field::text("name", "Your name", form.text("name")) }.show(error))
            (Field { kind: "password", autocomplete: "current-password", is_needed: true,
                help: "That of your account here. If you have none yet, a new one: ten signs or more, three or four words are a good one.",
                ..Field::text("password", "Your password", "") }.show(error))
            button { "Join the workspace" }
        }
        @if invited.role == Role::Worker { (promise()) }
    };
    plain_page("Join", &body)
}

/// Accepts it.
pub fn accept(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let token = form.text("token").to_owned();
        let invited = look(&ask, &token).await?;
        let (store, moment, caller) = (ask.desk.store.clone(), ask.moment, ask.caller());
        let (given, network) = (form.clone(), ask.network.clone());
        let done = Ask::apart(move || {
            let account = NewAccount {
                name: given.text("name").to_owned(),
                email: String::new(),
                password: given.raw("password").to_owned(),
            };
            let secret = Secret::given(given.text("token"));
            from_network(&store, &network, moment, || {
                accept_invitation(&store, &secret, &account, caller, moment)
            })
        });
        match done.await {
            Ok(signed) if signed.needs_code => Ok(enter(&ask, &signed, "/sign-in/code")),
            Ok(signed) => Ok(enter(&ask, &signed, "/")),
            Err(error) if error.kind == ErrorKind::Failed => Err(error),
            Err(error) if error.code == "invitation.wrong" => Err(error),
            Err(error) => {
                let page = invitation_page(&token, &invited, &form, Some(&error));
                Ok(with_quiet_address(page_with(status_of(&error), page)))
            }
        }
    })
}
