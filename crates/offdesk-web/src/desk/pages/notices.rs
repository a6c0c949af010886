//! What one is told: the daily mail and its hour, and a calendar of due dates at an address of one's own.

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::moment::Secret;
use offdesk_actions::notices::{
    Feed, choose_digest, end_feed, feed_of, load_digest, preview_digest, renew_feed,
};

use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::entering::guessed;
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::headers::with_quiet_address;
use crate::desk::layout::{choice, desk_page, moment, said, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(notices_page(&ask, None, None).await?)) })
}

async fn notices_page(
    ask: &Ask,
    error: Option<&Error>,
    made: Option<&Secret>,
) -> Result<Markup, Error> {
    let (digest, preview, since) = ask
        .read(|tx, actor, moment| {
            let digest = load_digest(tx, actor)?;
            let preview = preview_digest(tx, actor, digest.told_at, moment)?;
            Ok((digest, preview, feed_of(tx, actor)?))
        })
        .await?;
    let is_worker = ask.actor()?.may(Permission::Work);
    let note = match ask.query.text("done") {
        "digest" => "It is noted.",
        "ended" => "That address leads nowhere any more.",
        _ => "",
    };
    let hours: Vec<(String, String)> = (0..24)
        .map(|hour| (hour.to_string(), format!("{hour}:00")))
        .collect();
    let body = html! {
        h1 { "What you are told" }
        p.lead { "Whatever waits for you stands on your pages. Nothing is sent beyond what you choose here, and a mail where an answer is needed." }
        (said(if error.is_none() && made.is_none() { note } else { "" }))
        (wrong(error))
        section aria-labelledby="digest" {
            h2 #digest { "The daily mail" }
            p { "One mail a day at most, and none where nothing waits: "
                @if is_worker { "what was given or proposed to you, what is due soon, what was returned, what was answered." } @else { "questions, deliverables to look at, what is late, what was declined or missed, what is due to be looked at again." }
                @if !digest.is_sent { " This offdesk sends no mails at the moment." } }
            form method="post" action="/notices/digest" {
                label.choice { input type="checkbox" name="on" value="1" checked[digest.is_on]; " Send it to me" }
                (choice("hour", &format!("At, on the clock of {}", words::shown(&digest.zone, 60)), &digest.hour.to_string(), &hours))
                button.plain { "Keep this" }
            }
            details { summary { "What it would say now" }
                @match &preview { Some(text) => p.as-typed { bdi { (text) } }, None => p { "Nothing: it would not be sent." } }
            }
        }
        section aria-labelledby="feed" {
            h2 #feed { "Due dates in your calendar" }
            @if let Some(secret) = made { (address(ask, secret)) }
            @else if let Some(since) = since { p { "Your calendar has had its address since " (moment(since, Some(&digest.zone))) ". It was shown once; where it got lost, or into the wrong hands, make a new one." } }
            @else { p { "A calendar program can show "
                @if is_worker { "when what is given to you is due, also what you have not taken on yet." } @else { "when what is in other hands is due." }
                " It reads an address that only you know." } }
            div.actions {
                form method="post" action="/notices/feed" { button.plain { @if since.is_some() || made.is_some() { "Make a new address" } @else { "Make the address" } } }
                @if since.is_some() || made.is_some() { form method="post" action="/notices/feed/removal" { button.away { "End it" } } }
            }
        }
    };
    Ok(desk_page(ask, "What you are told", &body))
}

fn address(ask: &Ask, secret: &Secret) -> Markup {
    let address = format!("{}/feeds/{}.ics", ask.shown_address(), secret.reveal());
    html! {
        div.card role="status" {
            p { "Give this address to your calendar program as one to subscribe to. It is shown once; whoever has it reads your due dates." }
            p { code.secret { (address) } }
        }
    }
}

/// Chooses whether and when the daily mail goes.
pub fn choose(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match hour_of(&form) {
            Ok(hour) => {
                let is_on = form.is_ticked("on");
                ask.write(move |tx, actor, moment| choose_digest(tx, actor, is_on, hour, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see("/notices?done=digest")),
            Err(error) => again(&error, notices_page(&ask, Some(&error), None)).await,
        }
    })
}

fn hour_of(form: &Form) -> Result<i64, Error> {
    let typed = form.text("hour");
    typed.parse().map_err(|_| {
        let shown = words::shown(typed, 40);
        Error::invalid(
            "hour",
            "digest.hour",
            format!("\"{shown}\" is no hour of a day"),
        )
        .hint("choose one from 0 to 23")
    })
}

/// Gives the calendar a new address, and shows it once.
pub fn renew(ask: Ask) -> Answer {
    Box::pin(async move {
        let secret = ask.write(renew_feed).await?;
        Ok(shown(notices_page(&ask, None, Some(&secret)).await?))
    })
}

/// Ends the calendar.
pub fn end(ask: Ask) -> Answer {
    Box::pin(async move {
        ask.write(end_feed).await?;
        Ok(see("/notices?done=ended"))
    })
}

/// A calendar, for whoever has its address.
pub fn calendar(ask: Ask) -> Answer {
    Box::pin(async move {
        let given = ask.part("secret");
        let secret = Secret::given(given.strip_suffix(".ics").unwrap_or(given));
        let url = ask.shown_address();
        let store = ask.desk.store.clone();
        let feed = match store.read(move |tx| Feed::read(tx, &secret, &url)).await {
            Ok(feed) => feed,
            Err(error) => return Err(guessed(&ask.desk, ask.network.clone(), error).await),
        };
        let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
        let response = ([(header::CONTENT_TYPE, kind)], feed.text).into_response();
        Ok(with_quiet_address(response))
    })
}
