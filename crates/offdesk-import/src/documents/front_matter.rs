//! What some programs write before the text of a Markdown file, between two lines of dashes: its title and its tags are read, the rest is
//! for those programs.

/// No more lines than these are looked at.
const MOST_LINES: usize = 200;

/// What is read, and what is for those programs alone.
const KNOWN: [&str; 20] = [
    "title",
    "tags",
    "date",
    "created",
    "updated",
    "modified",
    "lastmod",
    "layout",
    "draft",
    "publish",
    "published",
    "permalink",
    "slug",
    "url",
    "weight",
    "lang",
    "alias",
    "aliases",
    "cssclasses",
    "id",
];

/// A text without what stands before it, and the title that is named there. Tags are said in a line of the text.
///
/// A line of dashes that begins a text of any other kind stays as it is.
pub(super) fn without(text: &str) -> (Option<String>, String) {
    let found = parts(text);
    let Some((head, body)) = found else {
        return (None, text.to_owned());
    };
    let title = value(&head, "title").map(unquoted);
    let title = title.filter(|it| !it.is_empty()).map(str::to_owned);
    (
        title.clone(),
        with_lines(title.as_deref(), &tags(&head), &others(&head), body),
    )
}

/// The lines before a text, and the text.
fn parts(text: &str) -> Option<(Vec<&str>, &str)> {
    let start = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = start.split_inclusive('\n');
    let mut read = lines.next().filter(|line| line.trim_end() == "---")?.len();
    let mut head = Vec::new();
    for line in lines.take(MOST_LINES) {
        read += line.len();
        let shown = line.trim_end();
        if matches!(shown, "---" | "...") {
            let has_value = head.iter().any(|line: &&str| is_value(line));
            return has_value.then(|| (head, start.get(read..).unwrap_or_default()));
        }
        let is_part = shown.is_empty() || shown.starts_with([' ', '\t', '-', '#']);
        if !is_part && !is_value(shown) {
            return None;
        }
        head.push(shown);
    }
    None
}

/// Whether a line is a name and its value.
fn is_value(line: &str) -> bool {
    let name = line.split_once(':').map(|(name, _)| name);
    name.is_some_and(|name| {
        let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
        !name.is_empty() && name.len() <= 40 && name.chars().all(is_letter)
    })
}

fn value<'t>(head: &[&'t str], wanted: &str) -> Option<&'t str> {
    let mut pairs = head.iter().filter_map(|line| line.split_once(':'));
    let found = pairs.find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
    Some(found.1.trim())
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    for quote in ['"', '\''] {
        let inner = text
            .strip_prefix(quote)
            .and_then(|it| it.strip_suffix(quote));
        if let Some(inner) = inner {
            return inner.trim();
        }
    }
    text
}

/// The tags, on one line or as a list below their name.
fn tags(head: &[&str]) -> Vec<String> {
    let at = head.iter().position(|line| {
        let name = line.split_once(':').map_or("", |(name, _)| name);
        name.eq_ignore_ascii_case("tags")
    });
    let Some(at) = at else { return Vec::new() };
    let line = head.get(at).copied().unwrap_or_default();
    let here = line.split_once(':').map_or("", |(_, value)| value.trim());
    let here = here.trim_start_matches('[').trim_end_matches(']');
    let below = head.iter().skip(at + 1).map(|line| line.trim_start());
    let below = below.map_while(|line| line.strip_prefix("- "));
    let all = here.split(',').chain(below).map(unquoted);
    all.filter(|tag| !tag.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The lines that are neither read nor known to be for those programs alone: somebody may have meant them to be read.
fn others(head: &[&str]) -> Vec<String> {
    let mut is_kept = false;
    let mut kept = Vec::new();
    for line in head {
        if is_value(line) {
            let name = line.split_once(':').map_or("", |(name, _)| name);
            is_kept = !KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known));
        }
        if is_kept && !line.trim().is_empty() && !line.starts_with('#') {
            kept.push((*line).to_owned());
        }
    }
    kept
}

/// The text with its tags in a line below its title, and what else is kept below them.
fn with_lines(title: Option<&str>, tags: &[String], kept: &[String], body: &str) -> String {
    let body = body.trim_start_matches(['\n', '\r']);
    let mut lines = Vec::new();
    let heading = body.strip_prefix("# ").and_then(|it| it.split_once('\n'));
    if !tags.is_empty() && (heading.is_some() || title.is_some()) {
        lines.push(format!("Tags: {}.", tags.join(", ")));
    }
    if !kept.is_empty() {
        lines.push(kept.join("\n"));
    }
    if lines.is_empty() {
        return body.to_owned();
    }
    let lines = lines.join("\n\n");
    match (heading, title) {
        (Some((heading, rest)), _) => format!("# {heading}\n\n{lines}\n{rest}"),
        (None, Some(title)) => format!("# {title}\n\n{lines}\n\n{body}"),
        (None, None) => format!("{lines}\n\n{body}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_has_nothing_before_it() {
        let text = "---\ntitle: Close\n---\n- a\n";
        let read = |name: &str| {
            let read = super::super::read_document(name, text.as_bytes().to_vec());
            read.ok().map(|it| (it.name, it.text))
        };
        let plain = ("close".to_owned(), text.to_owned());
        assert_eq!(read("close.txt"), Some(plain));
        let written = ("Close".to_owned(), "- a\n".to_owned());
        assert_eq!(read("close.md"), Some(written));
    }

    #[test]
    fn what_stands_before_a_text_is_no_text() {
        let check = |text: &str, title: Option<&str>, rest: &str| {
            assert_eq!(
                without(text),
                (title.map(str::to_owned), rest.to_owned()),
                "{text}"
            );
        };
        check(
            "---\ntitle: \"Month end\"\ndate: 2026-01-01\n---\n\n- a\n",
            Some("Month end"),
            "- a\n",
        );
        check(
            "---\r\ntags: [books, tax]\r\n---\r\n# Close\n- a",
            None,
            "# Close\n\nTags: books, tax.\n- a",
        );
        check(
            "---\ntitle: Close\ntags:\n  - books\n  - 'tax'\n---\n- a",
            Some("Close"),
            "# Close\n\nTags: books, tax.\n\n- a",
        );
        check(
            "---\ntitle: Close\nid: 7\nsteps:\n  - Check the bank\n# none\n---\n- a",
            Some("Close"),
            "# Close\n\nsteps:\n  - Check the bank\n\n- a",
        );
        for text in [
            "---\n\nA line, then text.\n\n---\n",
            "---\n---\n- a",
            "---\ntitle: never closed\n- a",
            "- a\n---\ntitle: b\n---\n",
        ] {
            check(text, None, text);
        }
    }
}
