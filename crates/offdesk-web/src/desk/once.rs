//! Forms that make something: sent twice from the same page they make it once, as a program's request with an idempotency key does.

use maud::{Markup, html};
use offdesk_actions::actor::{Actor, Permission};
use offdesk_actions::answers::{Request, load_given, once};
use offdesk_actions::moment::{digest, hex};
use offdesk_actions::store::Tx;
use offdesk_actions::{Error, ErrorKind, Moment};

use super::ask::Ask;
use super::form::Form;

/// The field.
const FIELD: &str = "once";
/// Files that are kept for a form have a number of their own each time they come.
const KEPT: &str = "kept-";

/// What tells a page's form from that of another page; a form that is shown again keeps it.
pub fn once_field(ask: &Ask, form: &Form) -> Markup {
    let id = form.text_or(FIELD, &ask.moment.id().to_string());
    html! { input type="hidden" name=(FIELD) value=(id); }
}

/// What a form asks for, by all that is typed in it: what is typed otherwise and sent again is meant.
fn request_of(ask: &Ask, form: &Form) -> Result<Option<Request>, Error> {
    let id = form.text(FIELD);
    if id.is_empty() {
        return Ok(None);
    }
    let typed = form.fields().filter(|(name, _)| !name.starts_with(KEPT));
    let parts = typed.flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]);
    let all: Vec<&[u8]> = parts.collect();
    let key = format!("form {}", hex(&digest(&all)));
    Request::new(&key, "POST", &ask.path, id.as_bytes()).map(Some)
}

/// Makes something of a form, once for each page it was on; the action says where that leads, and a form that comes again leads there, too.
///
/// # Errors
/// Those of the action.
pub async fn make_once(
    ask: &Ask,
    form: &Form,
    action: impl FnOnce(&mut Tx<'_>, &Actor, Moment) -> Result<String, Error> + Send + 'static,
) -> Result<String, Error> {
    let Some(request) = request_of(ask, form)? else {
        return ask.write(action).await;
    };
    let permission = match ask.may(Permission::Work) {
        true => Permission::Work,
        false => Permission::Edit,
    };
    let same = request.clone();
    let done = ask
        .write(move |tx, actor, moment| {
            once(tx, actor, permission, &request, moment, |tx| {
                Ok((303, action(tx, actor, moment)?))
            })
        })
        .await;
    match done {
        Ok(given) => Ok(given.body),
        // Of two at the same time one is undone; the other one has made it.
        Err(error) if error.kind == ErrorKind::Conflict => {
            let given = ask
                .read(move |tx, actor, _| load_given(tx, actor, permission, &same))
                .await?;
            given.map(|given| given.body).ok_or(error)
        }
        Err(error) => Err(error),
    }
}
