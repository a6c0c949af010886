//! The mistakes of a JSON text in words.

/// A key that is meant is at least as near as this.
const NEAR: f64 = 0.85;

/// A message of the JSON reader in words of ours, and what to type next; its place, which is told apart, is left out.
pub(super) fn told(message: &str) -> (String, String) {
    let end = message.rfind(" at line ").unwrap_or(message.len());
    let message = message.get(..end).unwrap_or(message);
    let none = String::new();
    if let Some((found, wanted)) = of_kind(message, ["invalid type: ", "invalid value: "]) {
        let message = format!("this is {}, and {} is wanted", thing(found), wish(wanted));
        return (message, none);
    }
    if let Some((key, keys)) = of_kind(message, ["unknown field `", "unknown variant `"]) {
        let key = key.trim_end_matches('`');
        let keys: Vec<&str> = keys.split('`').skip(1).step_by(2).collect();
        let shown = offdesk_import::problem::shown(key);
        return (
            format!("there is no key \"{shown}\" here"),
            nearest(key, &keys),
        );
    }
    if let Some(key) = quoted(message, "missing field `") {
        return (format!("\"{key}\" is missing"), none);
    }
    if let Some(key) = quoted(message, "duplicate field `") {
        return (
            format!("\"{key}\" stands twice"),
            "leave one out".to_owned(),
        );
    }
    let (words, hint) = syntax(message);
    (words, hint.to_owned())
}

/// What stands between a beginning and ", expected ", and what stands behind it.
fn of_kind<'m>(message: &'m str, beginnings: [&str; 2]) -> Option<(&'m str, &'m str)> {
    let rest = beginnings.iter().find_map(|it| message.strip_prefix(it))?;
    let at = rest.rfind(", expected ")?;
    Some((rest.get(..at)?, rest.get(at + ", expected ".len()..)?))
}

fn quoted<'m>(message: &'m str, beginning: &str) -> Option<&'m str> {
    message.strip_prefix(beginning)?.strip_suffix('`')
}

/// The key that is nearest, where one is near, and else all of them.
pub(crate) fn nearest(key: &str, keys: &[&str]) -> String {
    let near = keys
        .iter()
        .map(|other| (strsim::jaro_winkler(other, key), other))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((likeness, other)) if likeness >= NEAR => format!("did you mean \"{other}\"?"),
        Some(_) => format!("the keys here are: {}", keys.join(", ")),
        None => String::new(),
    }
}

/// What was read.
fn thing(found: &str) -> String {
    if let Some(text) = found.strip_prefix("string ") {
        let text = text.trim_matches('"');
        return format!("the text \"{}\"", offdesk_import::problem::shown(text));
    }
    let number = ["integer `", "floating point `"];
    if let Some(digits) = number.iter().find_map(|it| found.strip_prefix(it)) {
        return format!("the number {}", digits.trim_end_matches('`'));
    }
    if let Some(word) = found.strip_prefix("boolean `") {
        return word.trim_end_matches('`').to_owned();
    }
    match found {
        "sequence" => "a list".to_owned(),
        "map" => "an object".to_owned(),
        _ => offdesk_import::problem::shown(found),
    }
}

/// What is wanted.
fn wish(wanted: &str) -> &str {
    match wanted {
        "f64" => "a number",
        "a string" => "a text in quotes",
        "a sequence" => "a list in [ ]",
        "a boolean" => "true or false",
        _ => wanted,
    }
}

/// A text that is no JSON.
fn syntax(message: &str) -> (String, &'static str) {
    let (words, hint) = match message {
        _ if message.starts_with("EOF") => (
            "it ends in the middle",
            "look whether the end of it is missing",
        ),
        "expected value" => (
            "no JSON value stands here",
            "a value is a number, a text in double quotes, true, false, null, a list in [ ] or an object in { }",
        ),
        "trailing characters" => ("something stands behind the end", "leave it out"),
        "trailing comma" => ("there is a comma too many", "leave it out"),
        "key must be a string" => ("a key in double quotes is wanted here", ""),
        "number out of range" => ("a number is too large", ""),
        "recursion limit exceeded" => ("it is nested too deeply", ""),
        "invalid number" => (
            "this is no number as JSON writes it",
            "write it as 12, 12.5 or -3",
        ),
        "expected ident" => ("this is neither true, false nor null", ""),
        "expected `:`" => ("a colon is wanted here", ""),
        "expected `,` or `]`" => ("a comma or the end of the list is wanted here", ""),
        "expected `,` or `}`" => ("a comma or the end of the object is wanted here", ""),
        _ if message.starts_with("control character") => (
            "a control character or a line end stands in a text",
            "write it as \\n or leave it out",
        ),
        _ if message.contains("escape") || message.contains("surrogate") => (
            "a backslash in a text is followed by what JSON does not know",
            "write \\\\ for a backslash",
        ),
        _ => return (message.to_owned(), ""),
    };
    (words.to_owned(), hint)
}
