//! What all pages have around them, and the pieces they are put together from.

use maud::{DOCTYPE, Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::{Actor, Permission};

use super::Ask;
use super::assets::{script, style};
use super::errors::sentence;
use crate::words;

/// The pages of the navigation: path, name, key after `g`, and what it takes to see it.
pub const PAGES: [(&str, &str, char, Permission); 21] = [
    ("/desk", "Desk", 'd', Permission::See),
    ("/hours", "Hours", 'h', Permission::See),
    ("/next", "Next", 'n', Permission::See),
    ("/blueprints", "Blueprints", 'b', Permission::See),
    ("/work", "Work", 'w', Permission::See),
    ("/review", "Review", 'r', Permission::See),
    ("/people", "People", 'p', Permission::See),
    ("/return", "Return", 't', Permission::See),
    ("/pay", "Pay", 'y', Permission::See),
    ("/my/work", "My work", 'w', Permission::Work),
    ("/my/handoffs", "Handoffs", 'h', Permission::Work),
    ("/my/week", "Hours", 't', Permission::Work),
    ("/my/progress", "How it’s going", 'g', Permission::Work),
    ("/my/pay", "Pay", 'p', Permission::Work),
    ("/my/record", "About you", 'a', Permission::Work),
    ("/import", "Import", 'i', Permission::Import),
    ("/worth", "Worth", 'v', Permission::See),
    ("/settings", "Settings", 's', Permission::See),
    ("/members", "Members", 'm', Permission::Administer),
    ("/security", "Security", 'c', Permission::See),
    ("/audit-log", "Audit log", 'l', Permission::Administer),
];

/// So many of them stand in the bar of a narrow screen.
const IN_BAR: usize = 4;

/// A page of the desk.
pub fn desk_page(ask: &Ask, title: &str, body: &Markup) -> Markup {
    let Some(actor) = &ask.actor else {
        return plain_page(title, body);
    };
    shell(
        title,
        &html! {
            a.skip href="#main" { "Skip to the content" }
            header.top {
                a.brand href="/" { "offdesk" }
                (navigation(ask, actor))
                (who(actor))
            }
            main #main {
                @if actor.is_demo { (demo_banner(actor)) }
                (body)
            }
            footer { p { small {
                "offdesk " (env!("CARGO_PKG_VERSION")) " \u{b7} your data stay where it runs \u{b7} "
                "keys: press " kbd { "?" }
            } } }
        },
    )
}

/// The pages: a line on wide screens; on narrow ones a bar at the bottom, with what does not fit behind its last word.
fn navigation(ask: &Ask, actor: &Actor) -> Markup {
    let pages: Vec<_> = PAGES
        .into_iter()
        .filter(|(path, _, _, permission)| actor.may(*permission) || is_workers(actor, path))
        .collect();
    let rest = pages.get(IN_BAR..).unwrap_or_default();
    let is_here = |path: &str| is_current(&ask.path, path).then_some("page");
    let is_behind = rest.iter().any(|(path, ..)| is_here(path).is_some());
    html! {
        @if !pages.is_empty() {
            nav aria-label="Pages" { ul {
                @for (at, (path, name, key, _)) in pages.iter().enumerate() {
                    li class=[(at >= IN_BAR).then_some("wide-only")] { a href=(path) data-key=(key) aria-current=[is_here(path)] { (name) } }
                }
                @if !rest.is_empty() {
                    li.more { details {
                        summary.here[is_behind] { "More" }
                        ul { @for (path, name, _, _) in rest { li { a href=(path) aria-current=[is_here(path)] { (name) } } } }
                    } }
                }
            } }
        }
    }
}

/// What belongs to an account itself, a worker has, too.
fn is_workers(actor: &Actor, path: &str) -> bool {
    path == "/security" && actor.may(Permission::Work)
}

fn is_current(path: &str, page: &str) -> bool {
    let is_own_work = page == "/my/work" && path.starts_with("/my/assignments/");
    path == page
        || is_own_work
        || path
            .strip_prefix(page)
            .is_some_and(|rest| rest.starts_with('/'))
}

fn who(actor: &Actor) -> Markup {
    html! {
        div.who {
            a href="/workspaces" { bdi { (actor.workspace_name.as_str()) } }
            bdi { (actor.name.as_str()) }
            form method="post" action="/sign-out" { button.plain.small { "Sign out" } }
        }
    }
}

fn demo_banner(actor: &Actor) -> Markup {
    html! {
        div.banner role="note" {
            span { "This is an example company. Nothing in it is yours." }
            @if actor.may(Permission::Administer) {
                form method="post" action="/workspaces/demo/removal" { button.small { "Remove the example" } }
            }
        }
    }
}

/// A page for somebody who is not signed in.
pub fn plain_page(title: &str, body: &Markup) -> Markup {
    shell(
        title,
        &html! {
            header.top { a.brand href="/" { "offdesk" } }
            main #main { (body) }
        },
    )
}

fn shell(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) " \u{b7} offdesk" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(style().path.as_str());
                // It knows which theme was chosen: nothing is drawn before it.
                script defer blocking="render" src=(script().path.as_str()) {}
            }
            body { (body) }
        }
    }
}

/// What went wrong, at the top of a form.
pub fn wrong(error: Option<&Error>) -> Markup {
    html! {
        @if let Some(error) = error {
            div.wrong role="alert" {
                strong { (sentence(&error.message)) }
                @if !error.hint.is_empty() { p { (sentence(&error.hint)) } }
                p { small { (error.outcome()) " Code: " (error.code) } }
            }
        }
    }
}

/// What was done, at the top of the page one was led to.
pub fn said(text: &str) -> Markup {
    html! {
        @if !text.is_empty() { div.said role="status" { (text) } }
    }
}

/// A field of a form.
pub struct Field<'f> {
    /// Name.
    pub name: &'f str,
    /// Label.
    pub label: &'f str,
    /// What to put in, in a sentence; may be empty.
    pub help: &'f str,
    /// Kind: `text`, `email`, `password`, …
    pub kind: &'f str,
    /// What is in it.
    pub value: &'f str,
    /// What a browser may fill in by itself.
    pub autocomplete: &'f str,
    /// It must be filled in.
    pub is_needed: bool,
    /// Its class: `number`, `short` or none.
    pub class: &'f str,
}

impl<'f> Field<'f> {
    /// A text.
    pub fn text(name: &'f str, label: &'f str, value: &'f str) -> Self {
        Self {
            name,
            label,
            help: "",
            kind: "text",
            value,
            autocomplete: "off",
            is_needed: false,
            class: "",
        }
    }

    /// The field as HTML; an error about it stands beside it.
    pub fn show(&self, error: Option<&Error>) -> Markup {
        self.show_with(error, "")
    }

    /// The same, with a list of proposals by its id.
    pub fn show_with(&self, error: Option<&Error>, list: &str) -> Markup {
        let fault = error.filter(|error| error.field == self.name);
        self.show_fault(fault.map(|error| error.message.as_str()), list)
    }

    /// The field with what is wrong with it, where something is.
    pub fn show_fault(&self, fault: Option<&str>, list: &str) -> Markup {
        let described = match (self.help.is_empty(), fault.is_some()) {
            (true, false) => None,
            (false, false) => Some(format!("{}-help", self.name)),
            (true, true) => Some(format!("{}-fault", self.name)),
            (false, true) => Some(format!("{0}-help {0}-fault", self.name)),
        };
        html! {
            div.field {
                label for=(self.name) { (self.label) }
                @if !self.help.is_empty() { p.help id={ (self.name) "-help" } { (self.help) } }
                input id=(self.name) name=(self.name) type=(self.kind) value=(self.value) class=[(!self.class.is_empty()).then_some(self.class)]
                    autocomplete=(self.autocomplete) list=[(!list.is_empty()).then_some(list)] required[self.is_needed] inputmode=[(self.class == "number").then_some("decimal")]
                    aria-invalid=[fault.map(|_| "true")] aria-describedby=[described];
                @if let Some(fault) = fault { p.fault id={ (self.name) "-fault" } { (sentence(fault)) } }
            }
        }
    }
}

/// A field of several lines.
pub struct Area<'f> {
    /// Name.
    pub name: &'f str,
    /// Label.
    pub label: &'f str,
    /// What to put in, in a sentence; may be empty.
    pub help: &'f str,
    /// What is in it.
    pub value: &'f str,
    /// So many lines are seen.
    pub rows: usize,
}

impl Area<'_> {
    /// The field as HTML; an error about it stands beside it.
    pub fn show(&self, error: Option<&Error>) -> Markup {
        let fault = error.filter(|error| error.field == self.name);
        let help = (!self.help.is_empty()).then(|| format!("{}-help", self.name));
        let told = fault.map(|_| format!("{}-fault", self.name));
        let described: Vec<String> = help.iter().chain(&told).cloned().collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        html! {
            div.field.wide-field {
                label for=(self.name) { (self.label) }
                @if let Some(id) = &help { p.help id=(id) { (self.help) } }
                // A line break right behind the tag would be lost.
                textarea id=(self.name) name=(self.name) rows=(self.rows) aria-invalid=[fault.map(|_| "true")] aria-describedby=[described] { "\n" (self.value) }
                @if let (Some(fault), Some(id)) = (fault, &told) { p.fault id=(id) { (sentence(&fault.message)) } }
            }
        }
    }
}

/// A moment, readable by programs, too.
pub fn moment(micros: i64, zone: Option<&str>) -> Markup {
    let at = jiff::Timestamp::from_microsecond(micros).unwrap_or_default();
    html! { time datetime=(at) { (words::when(micros, zone)) } }
}

/// A choice of one of several.
pub fn choice<S: AsRef<str>>(name: &str, label: &str, chosen: &str, of: &[(S, S)]) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                @for (value, text) in of.iter().map(|(value, text)| (value.as_ref(), text.as_ref())) {
                    option value=(value) selected[value == chosen] { (text) }
                }
            }
        }
    }
}
