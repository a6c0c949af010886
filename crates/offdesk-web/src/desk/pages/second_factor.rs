//! The second factor: a secret for the authenticator app, proved by a first code; recovery codes, shown once.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::accounts::{
    SecondFactor, propose_second_factor, remove_second_factor, second_factor, set_second_factor,
};

use offdesk_actions::actor::{Actor, Bar};
use offdesk_actions::passkeys::list_passkeys;

use super::entry::{add_cookie, see_renewed};
use crate::desk::ask::{Answer, Ask, page as shown, page_with, see};
use crate::desk::door::set_cookie;
use crate::desk::errors::status_of;
use crate::desk::layout::{Field, desk_page, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let proposed = propose_second_factor(ask.actor()?, ask.moment)?;
        Ok(shown(factor_page(&ask, &proposed, None).await?))
    })
}

async fn factor_page(
    ask: &Ask,
    proposed: &SecondFactor,
    error: Option<&Error>,
) -> Result<Markup, Error> {
    let (known, passkeys) = ask
        .read(|tx, actor, _| Ok((second_factor(tx, actor)?, list_passkeys(tx, actor)?)))
        .await?;
    let body = html! {
        @if ask.actor()?.bar == Some(Bar::Factor) { (asked_for(ask.actor()?, !passkeys.is_empty())) }
        p { a href="/security" { "Security" } }
        h1 { @if known.is_some() { "Another second factor" } @else { "A second factor" } }
        p.lead { "A code of an app on your phone, beside the password. It needs no network, and nobody can guess it from afar." }
        (wrong(error))
        (set_up(proposed, error))
        @if known.is_some() { (removal()) }
    };
    Ok(desk_page(ask, "Second factor", &body))
}

/// Why somebody was led here, and what else would do.
fn asked_for(actor: &Actor, has_passkey: bool) -> Markup {
    html! {
        div.banner role="note" {
            span {
                bdi { (words::shown(&actor.workspace_name, 80)) } " asks everybody for a second factor. "
                @if has_passkey { "You have a passkey: sign out, and sign in with it." }
                @else { "Set one up here, or " a href="/security#passkeys" { "make a passkey" } "; then go on to your desk." }
            }
        }
    }
}

fn set_up(proposed: &SecondFactor, error: Option<&Error>) -> Markup {
    html! {
        ol {
            li { "Open your authenticator app and add an account by hand, with this key:"
                code.secret { (grouped(&proposed.secret)) }
                "Or, where the app is on this device: " a href=(proposed.address) { "open it with the key" } "."
                details { summary { "The key as an address" } code.secret { (proposed.address) } }
            }
            li { "Type the six digits it shows now, and your password." }
        }
        form method="post" action="/security/second-factor" {
            input type="hidden" name="secret" value=(proposed.secret);
            (Field { autocomplete: "one-time-code", is_needed: true, class: "short", ..Field::text("code", "Code", "") }.show(error))
            (Field { kind: "password", autocomplete: "current-password", is_needed: true, ..Field::text("old", "Your password", "") }.show(error))
            button { "Switch it on" }
            p { small { "Recovery codes come next, once. All your other sessions end." } }
        }
    }
}

fn removal() -> Markup {
    html! {
        section aria-labelledby="removal" {
            h2 #removal { "Without a second factor" }
            p { "Your password alone is enough then." }
            form method="post" action="/security/second-factor/removal" {
                div.field {
                    label for="password-again" { "Your password" }
                    input #password-again name="old" type="password" autocomplete="current-password" required;
                }
                button.away { "Switch the second factor off" }
            }
        }
    }
}

/// Four signs at a time, so that it can be typed.
fn grouped(secret: &str) -> String {
    let signs: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = signs.chunks(4).map(|four| four.iter().collect()).collect();
    groups.join(" ")
}

/// Switches it on.
pub fn set(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let actor = ask.actor()?.clone();
        // A key that is none was not proposed here.
        let Ok(proposed) = SecondFactor::of(&actor, form.text("secret")) else {
            return Ok(see("/security/second-factor"));
        };
        let (store, moment, given) = (ask.desk.store.clone(), ask.moment, form.clone());
        let reach = ask.desk.reach.clone();
        let done = Ask::apart(move || {
            let (password, secret, code) =
                (given.raw("old"), given.text("secret"), given.text("code"));
            let key = reach.key.as_ref();
            set_second_factor(&store, &actor, key, password, secret, code, moment)
        });
        match done.await {
            Ok(set) => {
                let mut response = shown(codes_page(&ask, &set.codes));
                add_cookie(&mut response, &set_cookie(&ask.desk, &set.secret));
                Ok(response)
            }
            Err(error) => {
                let page = factor_page(&ask, &proposed, Some(&error)).await?;
                Ok(page_with(status_of(&error), page))
            }
        }
    })
}

fn codes_page(ask: &Ask, codes: &[String]) -> Markup {
    let body = html! {
        h1 { "The second factor is on" }
        p { "Keep these recovery codes where you keep important papers. Each signs you in once, should the phone be lost. " strong { "They are shown only now." } }
        ol.secret { @for code in codes { li { code.code { (code) } } } }
        p.actions { a.button href="/security" { "I have kept them" } " " a href="/" { "Go to your desk" } }
    };
    desk_page(ask, "Recovery codes", &body)
}

/// Switches it off.
pub fn remove(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let actor = ask.actor()?.clone();
        let (store, moment) = (ask.desk.store.clone(), ask.moment);
        let done =
            Ask::apart(move || remove_second_factor(&store, &actor, form.raw("old"), moment));
        match done.await {
            Ok(secret) => Ok(see_renewed(&ask, "/security?done=factor_removed", &secret)),
            Err(error) => {
                let proposed = propose_second_factor(ask.actor()?, ask.moment)?;
                let page = factor_page(&ask, &proposed, Some(&error)).await?;
                Ok(page_with(status_of(&error), page))
            }
        }
    })
}
