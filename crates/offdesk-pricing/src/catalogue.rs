//! The catalogue file: kinds of work with their phrases; its layout is described at its head.

use std::sync::OnceLock;

use offdesk_domain::Place;

/// A kind of work that may be bought, or of time that is no market work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// A stable id, such as `bank-reconciliation`.
    pub slug: &'static str,
    /// A name to show, such as `Bank and payout reconciliation`.
    pub name: &'static str,
    /// Whether it is rest (breaks, holidays, illness, private time, commuting), which never has a price.
    pub is_rest: bool,
    /// SOC 2018 code of the occupation that does it, such as `43-3031`; `None` for rest.
    pub occupation: Option<&'static str>,
    british: Option<&'static str>,
}

impl Kind {
    /// Its code in the UK's classification (SOC 2020); `None` where it has none.
    #[must_use]
    pub fn british(&self) -> Option<&'static str> {
        self.british
    }

    /// The code of the occupation in the classification that the figures of a place use.
    pub(crate) fn occupation_in(&self, place: Place) -> Option<&'static str> {
        match place.code() {
            "GB" => self.british,
            _ => self.occupation,
        }
    }
}

/// A phrase as it is written in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Position of its kind; `None` for a phrase that says nothing.
    pub kind: Option<u16>,
    pub text: &'static str,
    /// It says little when it stands alone.
    pub is_weak: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    pub kinds: Vec<Kind>,
    pub phrases: Vec<Phrase>,
}

/// The catalogue, read at the first call.
pub(crate) fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    // A test reads the same text and fails on any fault, so there is none here.
    CATALOGUE.get_or_init(|| read(include_str!("../catalogue.txt")).unwrap_or_default())
}

pub(crate) fn kinds() -> &'static [Kind] {
    &catalogue().kinds
}

/// Reads a catalogue; the error names the line.
fn read(text: &'static str) -> Result<Catalogue, String> {
    let mut catalogue = Catalogue::default();
    let mut current = None;
    for (line, content) in (1..).zip(text.lines()) {
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if let Some(list) = content.strip_prefix("    ") {
            for phrase in list.split(',').map(str::trim).filter(|it| !it.is_empty()) {
                let bare = phrase.strip_prefix('~');
                catalogue.phrases.push(Phrase {
                    kind: current,
                    text: bare.unwrap_or(phrase),
                    is_weak: bare.is_some(),
                });
            }
        } else if content == "-" {
            current = None;
        } else {
            let kind =
                read_kind(content).ok_or_else(|| format!("line {line}: not a kind: {content}"))?;
            let position = u16::try_from(catalogue.kinds.len())
                .map_err(|_| format!("line {line}: too many kinds"))?;
            current = Some(position);
            catalogue.kinds.push(kind);
            catalogue.phrases.push(Phrase {
                kind: current,
                text: kind.name,
                is_weak: false,
            });
        }
    }
    Ok(catalogue)
}

fn read_kind(line: &'static str) -> Option<Kind> {
    let mut fields = line.split('|').map(str::trim);
    let (slug, name, occupation) = (fields.next()?, fields.next()?, fields.next()?);
    let british = fields.next();
    let is_rest = occupation == "rest";
    let is_code = |code: &str, length| {
        code.len() == length
            && code
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    let is_sound = !slug.is_empty()
        && !name.is_empty()
        && (is_rest || is_code(occupation, 7))
        && british.is_none_or(|code| is_code(code, 4))
        && fields.next().is_none();
    is_sound.then_some(Kind {
        slug,
        name,
        is_rest,
        occupation: (!is_rest).then_some(occupation),
        british,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use offdesk_domain::activity::Folder;

    use super::*;

    #[test]
    fn the_catalogue_reads() {
        let catalogue = read(include_str!("../catalogue.txt")).unwrap();
        assert!(catalogue.kinds.len() >= 162, "{}", catalogue.kinds.len());
        for bad in [
            "a | b",
            "a | b | 43-601 |",
            "a | b | 43-6014 | 12",
            " | b | rest",
            "a | b | rest | 1234 | x",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn slugs_and_names_are_told_apart() {
        let mut seen = HashMap::new();
        for kind in kinds() {
            assert_eq!(seen.insert(kind.slug, kind.name), None, "{}", kind.slug);
            assert_eq!(seen.insert(kind.name, kind.slug), None, "{}", kind.name);
        }
    }

    #[test]
    fn every_kind_has_eight_phrases() {
        let mut counts = HashMap::new();
        for phrase in &catalogue().phrases {
            *counts.entry(phrase.kind).or_insert(0) += 1;
        }
        for (kind, count) in counts {
            assert!(
                count >= 9,
                "{:?}",
                kind.map(|it| kinds()[usize::from(it)].slug)
            );
        }
    }

    #[test]
    fn no_phrase_belongs_to_two_kinds() {
        let mut folder = Folder::new();
        let mut seen: HashMap<String, (Option<u16>, &str)> = HashMap::new();
        let slug = |kind: Option<u16>| kind.map_or("-", |it| kinds()[usize::from(it)].slug);
        let mut faults = Vec::new();
        for phrase in &catalogue().phrases {
            let form = folder.fold(phrase.text).to_owned();
            let count = form.split(' ').count();
            if form.is_empty() {
                faults.push(format!(
                    "{}: \"{}\" folds to nothing",
                    slug(phrase.kind),
                    phrase.text
                ));
            } else if count > 4 {
                faults.push(format!(
                    "{}: \"{}\" is too long",
                    slug(phrase.kind),
                    phrase.text
                ));
            } else if let Some((kind, text)) = seen.insert(form, (phrase.kind, phrase.text))
                && kind != phrase.kind
            {
                faults.push(format!(
                    "\"{text}\" {} = \"{}\" {}",
                    slug(kind),
                    phrase.text,
                    slug(phrase.kind)
                ));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn no_generic_word_is_a_kind_of_work() {
        let generic = [
            "review",
            "update",
            "report",
            "plan",
            "project",
            "client",
            "meeting",
            "call",
            "work",
            "task",
            "misc",
            "sync",
            "team",
            "customer",
            "interview",
            "run",
            "book",
            "design",
            "check",
            "write",
            "post",
            "page",
            "meet",
            "job",
            "product",
            "service",
            "contact",
            "data",
            "text",
            "support",
        ];
        let mut folder = Folder::new();
        let generic: Vec<String> = generic
            .iter()
            .map(|it| folder.fold(it).to_owned())
            .collect();
        for phrase in &catalogue().phrases {
            let form = folder.fold(phrase.text);
            assert!(
                phrase.is_weak || !generic.iter().any(|word| word == form),
                "{}",
                phrase.text
            );
        }
    }
}
