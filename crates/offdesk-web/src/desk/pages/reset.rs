//! Choosing a new password: asking for a link, and the page the link leads to. Looking at that leaves the link as it is.

use maud::{Markup, html};
use offdesk_actions::accounts::{check_reset, from_network, request_reset, reset_password};
use offdesk_actions::mails::is_set_up;
use offdesk_actions::moment::Secret;
use offdesk_actions::{Error, ErrorKind};

use crate::desk::ask::{Answer, Ask, page as shown, page_with, see};
use crate::desk::errors::{error_page, status_of};
use crate::desk::headers::with_quiet_address;
use crate::desk::layout::{Field, plain_page, said, wrong};

/// The page to ask for a link on.
pub fn forgot(ask: Ask) -> Answer {
    Box::pin(async move {
        let has_mail = ask.desk.store.read(is_set_up).await?;
        Ok(shown(forgot_page(has_mail, "", None, "")))
    })
}

fn forgot_page(has_mail: bool, email: &str, error: Option<&Error>, note: &str) -> Markup {
    let body = html! {
        h1 { "Choose a new password" }
        (said(note))
        (wrong(error))
        @if has_mail {
            p.lead { "You get a link by mail. It counts for ten minutes, once." }
            form method="post" action="/forgot" {
                (Field { kind: "email", autocomplete: "username", is_needed: true, ..Field::text("email", "Your e-mail address", email) }.show(error))
                button { "Send me the link" }
            }
        } @else {
            p.lead { "This desk sends no mails, so whoever runs it sets your new password, on its machine:" }
            p { code.secret { "offdesk setup --reset-password you@example.com" } }
            p { "It asks for the new password there. Where offdesk runs with options of its own, such as " code { "--data-dir" } " or " code { "--database" } ", the command takes the same ones." }
            p { "To get a link by mail instead, the desk is started with a mail server:" }
            p { code.secret { "offdesk serve --smtp-url smtps://NAME@mail.example.com --public-url https://desk.example.com" } }
        }
        p { small { "A second factor stays as it is. All your sessions end, and the tokens you have made." } }
        p { a href="/sign-in" { "Back to signing in" } }
    };
    plain_page("New password", &body)
}

/// Asks for a link. The answer is the same for every address.
pub fn ask_for_link(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let (store, moment, network) = (ask.desk.store.clone(), ask.moment, ask.network.clone());
        let email = form.text("email").to_owned();
        let done = Ask::apart(move || request_reset(&store, &email, &network, moment)).await;
        match done {
            Ok(()) => {
                ask.desk.wake_mails();
                let note = "If somebody here has this address, a mail is on its way to it.";
                Ok(shown(forgot_page(true, "", None, note)))
            }
            Err(error) if error.kind == ErrorKind::Failed => Err(error),
            Err(error) => {
                let has_mail = error.code != "mail.none";
                let page = forgot_page(has_mail, form.text("email"), Some(&error), "");
                Ok(page_with(status_of(&error), page))
            }
        }
    })
}

/// The page a link leads to.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let token = ask.query.text("token").to_owned();
        let (store, network, moment) = (ask.desk.store.clone(), ask.network.clone(), ask.moment);
        let secret = Secret::given(&token);
        let done = Ask::apart(move || {
            from_network(&store, &network, moment, || {
                store
                    .read(move |tx| check_reset(tx, &secret, moment))
                    .wait()
            })
        });
        let response = match done.await {
            Ok(()) => shown(reset_page(&token, None)),
            Err(error) if error.kind == ErrorKind::Failed => return Err(error),
            Err(error) => error_page(&error),
        };
        Ok(with_quiet_address(response))
    })
}

fn reset_page(token: &str, error: Option<&Error>) -> Markup {
    let body = html! {
        h1 { "Choose a new password" }
        (wrong(error))
        form method="post" action="/reset" {
            input type="hidden" name="token" value=(token);
            (Field { kind: "password", autocomplete: "new-password", is_needed: true, help: "Ten signs or more. Three or four words are a good one.",
                ..Field::text("password", "The new password", "") }.show(error))
            button { "Use it from now on" }
            p { small { "All your sessions end, and the tokens you have made. A second factor stays as it is." } }
        }
    };
    plain_page("New password", &body)
}

/// Chooses the new password.
pub fn choose(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let (store, moment, network) = (ask.desk.store.clone(), ask.moment, ask.network.clone());
        let (given, caller) = (form.clone(), ask.caller());
        let done = Ask::apart(move || {
            from_network(&store, &network, moment, || {
                let secret = Secret::given(given.text("token"));
                reset_password(&store, &secret, given.raw("password"), caller, moment)
            })
        });
        match done.await {
            Ok(()) => {
                ask.desk.wake_mails();
                Ok(see("/sign-in?done=reset"))
            }
            Err(error) if error.field == "password" => {
                let page = reset_page(form.text("token"), Some(&error));
                Ok(with_quiet_address(page_with(status_of(&error), page)))
            }
            Err(error) if error.kind == ErrorKind::Failed => Err(error),
            Err(error) => Ok(with_quiet_address(error_page(&error))),
        }
    })
}
