//! The outline of an Org file: which heading a line stands under, with its path, tags and id.

/// Stars from which on a heading is a task within the text.
const INLINE: usize = 15;
/// Keywords that are no part of a title, beside those that the file declares.
const KEYWORDS: [&str; 10] = [
    "TODO",
    "DONE",
    "NEXT",
    "WAITING",
    "WAIT",
    "HOLD",
    "STARTED",
    "CANCELLED",
    "CANCELED",
    "SOMEDAY",
];

/// A heading, with what it has from those above it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Heading {
    stars: usize,
    /// Its text without keyword, priority, tags and links.
    pub title: String,
    /// The titles above it, joined by ` / `.
    pub path: String,
    /// Its own tags and those of the headings above and of the file, joined by `:`.
    pub tags: String,
    /// The `:ID:` among its properties.
    pub id: String,
}

/// The headings above the line being read.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// No heading: what stands before the first.
    above: Heading,
    path: Vec<Heading>,
    /// The task within the text, until the next heading.
    inline: Option<Heading>,
    keywords: Vec<String>,
}

impl Outline {
    /// The innermost heading.
    pub(crate) fn heading(&self) -> &Heading {
        self.inline
            .as_ref()
            .or(self.path.last())
            .unwrap_or(&self.above)
    }

    /// Takes note of a line.
    pub(crate) fn line(&mut self, text: &str) {
        let behind = text.trim_start_matches('*');
        let stars = text.len() - behind.len();
        if stars > 0 {
            if behind.is_empty() || behind.starts_with([' ', '\t']) {
                self.enter(stars, behind.trim());
            }
            return;
        }
        let text = text.trim();
        if let Some(rest) = strip_prefix_of_any_case(text, ":ID:") {
            let id = rest.trim();
            let heading = match self.inline.as_mut() {
                Some(inline) => inline,
                None => self.path.last_mut().unwrap_or(&mut self.above),
            };
            id.clone_into(&mut heading.id);
        } else if let Some(rest) = text.strip_prefix("#+") {
            self.setting(rest);
        }
    }

    fn setting(&mut self, text: &str) {
        if let Some(tags) = strip_prefix_of_any_case(text, "FILETAGS:") {
            for tag in tags.split([':', ' ']).filter(|tag| !tag.is_empty()) {
                push_tag(&mut self.above.tags, tag);
            }
            return;
        }
        for name in ["TODO:", "SEQ_TODO:", "TYP_TODO:"] {
            if let Some(words) = strip_prefix_of_any_case(text, name) {
                let words = words
                    .split_ascii_whitespace()
                    .filter_map(|word| word.split('(').next())
                    .filter(|word| !word.is_empty() && *word != "|");
                self.keywords.extend(words.map(str::to_owned));
            }
        }
    }

    fn enter(&mut self, stars: usize, text: &str) {
        self.inline = None;
        if stars >= INLINE && text == "END" {
            return;
        }
        if stars < INLINE {
            while self.path.last().is_some_and(|above| above.stars >= stars) {
                self.path.pop();
            }
        }
        let parent = self.path.last().unwrap_or(&self.above);
        let (text, own_tags) = split_tags(text);
        let mut tags = parent.tags.clone();
        for tag in own_tags.split(':').filter(|tag| !tag.is_empty()) {
            push_tag(&mut tags, tag);
        }
        let path = match (parent.path.is_empty(), parent.title.is_empty()) {
            (_, true) => parent.path.clone(),
            (true, false) => parent.title.clone(),
            (false, false) => format!("{} / {}", parent.path, parent.title),
        };
        let heading = Heading {
            stars,
            title: self.title(text),
            path,
            tags,
            id: String::new(),
        };
        if stars >= INLINE {
            self.inline = Some(heading);
        } else {
            self.path.push(heading);
        }
    }

    fn title(&self, text: &str) -> String {
        let mut text = text.trim();
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        if KEYWORDS.contains(&word) || self.keywords.iter().any(|keyword| keyword == word) {
            text = rest.trim_start();
        }
        if let Some(("[#", rest)) = text.split_at_checked(2)
            && let Some((priority, rest)) = rest.split_once(']')
            && priority.len() <= 2
        {
            text = rest.trim_start();
        }
        text = text.strip_prefix("COMMENT ").unwrap_or(text);
        without_links(text)
    }
}

fn strip_prefix_of_any_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn push_tag(tags: &mut String, tag: &str) {
    if tags.split(':').any(|known| known == tag) {
        return;
    }
    if !tags.is_empty() {
        tags.push(':');
    }
    tags.push_str(tag);
}

/// The text and the tags `:a:b:` at its end.
fn split_tags(text: &str) -> (&str, &str) {
    let text = text.trim_end();
    let at = text.rfind([' ', '\t']).map_or(0, |at| at + 1);
    let (before, last) = text.split_at_checked(at).unwrap_or((text, ""));
    let is_tags = last.len() > 2
        && last.starts_with(':')
        && last.ends_with(':')
        && last
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '@' | '#' | '%'));
    if is_tags {
        (before.trim_end(), last)
    } else {
        (text, "")
    }
}

/// `[[target][text]]` becomes its text, `[[target]]` its target; counts of what is done, `[1/3]`, are taken out.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('[') {
        out.push_str(before);
        rest = behind;
        if let Some((link, behind)) = behind
            .strip_prefix('[')
            .and_then(|link| link.split_once("]]"))
        {
            out.push_str(link.split_once("][").map_or(link, |(_, text)| text));
            rest = behind;
        } else if let Some((count, behind)) = behind.split_once(']')
            && count.contains(['/', '%'])
            && count
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'%'))
        {
            rest = behind;
        } else {
            out.push('[');
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings() {
        let outline = Outline {
            keywords: vec!["BLOCKED".into()],
            ..Outline::default()
        };
        for (text, title, tags) in [
            ("Call the roofer", "Call the roofer", ""),
            ("TODO [#A] Call   :phone:@site:", "Call", ":phone:@site:"),
            ("BLOCKED Wait [1/3] [33%]", "Wait", ""),
            ("COMMENT Old", "Old", ""),
            (
                "See [[https://a.test/x][the site]] now",
                "See the site now",
                "",
            ),
            ("[[file:a.org]]", "file:a.org", ""),
            ("[draft] of a:b:", "[draft] of a:b:", ""),
            ("TODO", "", ""),
            ("todo lists", "todo lists", ""),
            ("[", "[", ""),
        ] {
            let (rest, own) = split_tags(text);
            assert_eq!((outline.title(rest).as_str(), own), (title, tags), "{text}");
        }
    }

    #[test]
    fn paths_and_inheritance() {
        let mut outline = Outline::default();
        let mut check = |line: &str, title: &str, path: &str, tags: &str| {
            outline.line(line);
            let heading = outline.heading();
            assert_eq!(
                (
                    heading.title.as_str(),
                    heading.path.as_str(),
                    heading.tags.as_str()
                ),
                (title, path, tags),
                "{line}"
            );
        };
        check("#+FILETAGS: :work:", "", "", "work");
        check("* Halden :roof:", "Halden", "", "work:roof");
        check("*** Quote :office:", "Quote", "Halden", "work:roof:office");
        check("**bold** text", "Quote", "Halden", "work:roof:office");
        check(
            "*************** Call",
            "Call",
            "Halden / Quote",
            "work:roof:office",
        );
        check("*************** END", "Quote", "Halden", "work:roof:office");
        check("** Visit :roof:", "Visit", "Halden", "work:roof");
        check("* ", "", "", "work");
        check("** Below no title", "Below no title", "", "work");
    }
}
