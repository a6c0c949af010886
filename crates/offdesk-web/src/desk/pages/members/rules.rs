//! What the workspace asks of its members when they sign in.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::sign_in_rules::{
    MOST_IDLE_DAYS, MOST_SESSION_DAYS, SignInRules, change_sign_in_rules,
};

use super::refused;
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::errors::sentence;
use crate::desk::form::Form;
use crate::desk::layout::Field;

/// The rules, to be read and changed.
pub fn section(
    (rules, version): &(SignInRules, i64),
    form: &Form,
    error: Option<&Error>,
) -> Markup {
    let is_sent = !form.text("idle_days").is_empty() || !form.text("session_days").is_empty();
    let or = |name: &str, now: i64| {
        if is_sent {
            form.text(name).to_owned()
        } else {
            now.to_string()
        }
    };
    let (idle, longest) = (
        or("idle_days", rules.idle_days),
        or("session_days", rules.session_days),
    );
    let needs_factor = if is_sent {
        form.is_ticked("needs_factor")
    } else {
        rules.needs_factor
    };
    let fault = error.filter(|error| error.field == "needs_factor");
    let idle_help = format!("1 to {MOST_IDLE_DAYS}. Then one signs in again.");
    let longest_help = format!("1 to {MOST_SESSION_DAYS}, however often it is used.");
    html! {
        section aria-labelledby="sign-in-rules" {
            h2 #sign-in-rules { "Signing in" }
            p { "What this workspace asks of everybody in it. Who is in several workspaces keeps to the strictest." }
            form method="post" action="/members/sign-in-rules" {
                input type="hidden" name="version" value=(version);
                div.field {
                    label.choice {
                        input #needs_factor type="checkbox" name="needs_factor" value="yes" checked[needs_factor]
                            aria-invalid=[fault.map(|_| "true")] aria-describedby=(if fault.is_some() { "needs_factor-help needs_factor-fault" } else { "needs_factor-help" });
                        span { "Everybody needs a second factor" }
                    }
                    p.help #needs_factor-help { "An authenticator app or a passkey. Whoever has none is led to set one up and reaches nothing before; their tokens stop, too." }
                    @if let Some(fault) = fault { p.fault #needs_factor-fault { (sentence(&fault.message)) } }
                }
                (Field { is_needed: true, class: "number", help: &idle_help,
                    ..Field::text("idle_days", "A session ends when it is not used for so many days", &idle) }.show(error))
                (Field { is_needed: true, class: "number", help: &longest_help,
                    ..Field::text("session_days", "It ends after so many days at the latest", &longest) }.show(error))
                button.plain { "Keep the rules" }
            }
        }
    }
}

/// Changes them.
pub fn change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match read(&form) {
            Ok((rules, version)) => {
                ask.write(move |tx, actor, moment| {
                    change_sign_in_rules(tx, actor, rules, version, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => Ok(see("/members?done=rules")),
            Err(error) => refused(&ask, &form, error).await,
        }
    })
}

fn read(form: &Form) -> Result<(SignInRules, i64), Error> {
    let rules = SignInRules {
        needs_factor: form.is_ticked("needs_factor"),
        idle_days: number(form, "idle_days", "sign_in.idle_days")?,
        session_days: number(form, "session_days", "sign_in.session_days")?,
    };
    let version = form.text("version").parse().map_err(|_| {
        Error::invalid(
            "version",
            "sign_in.version",
            "the form does not say what was changed",
        )
        .hint("open the page again and repeat it there")
    })?;
    Ok((rules, version))
}

fn number(form: &Form, field: &'static str, code: &'static str) -> Result<i64, Error> {
    let text = form.text(field);
    text.parse().map_err(|_| {
        Error::invalid(
            field,
            code,
            format!("\"{text}\" is not a whole number of days"),
        )
        .hint("write it as 7")
    })
}
