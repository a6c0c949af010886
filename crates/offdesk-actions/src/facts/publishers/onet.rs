//! O*NET: which occupations a title or the statement of a task stands for.
//!
//! A release changes no wage and no weight of the model in the program, which was learned from one. What it changes is
//! how the very texts in it are read: those that the program would read otherwise are kept, word for word.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use offdesk_domain::Soc;
use offdesk_import::Problem;
use offdesk_import::rows::TextRow;
use offdesk_pricing::{KnownTexts, Reader, plain};

use super::{Names, cell};
use crate::facts::{Imported, Said};

/// The release that the model in the program was learned from.
const LEARNED_FROM: (u32, u32) = (29, 3);
/// The military has codes, but no pay that is published.
const MILITARY: u32 = 55;
/// Where more of the codes than this, in hundredths, are not in the classification of 2018, it is another one.
const MOST_UNKNOWN: usize = 3;

/// A table with texts of occupations.
pub(in crate::facts) struct Onet {
    code: usize,
    texts: Vec<usize>,
    what: &'static str,
    release: String,
}

/// What the tables of a release say together.
#[derive(Debug, Clone, Default)]
pub(in crate::facts) struct Release {
    /// Which one; empty where there is none.
    name: String,
    tables: BTreeSet<&'static str>,
    /// Texts as written by their plain form, with their occupations.
    texts: BTreeMap<String, (String, BTreeSet<Soc>)>,
    known: BTreeSet<Soc>,
    unknown: BTreeSet<String>,
}

const OCCUPATIONS: &str = "Occupation Data";
const TITLES: &str = "Alternate Titles";
const TASKS: &str = "Task Statements";

impl Onet {
    /// A table with these names of columns; `None` for one of a release that says nothing of texts.
    pub(super) fn new(
        names: &Names,
        file: &str,
        release: Option<&str>,
    ) -> Result<Option<Self>, Problem> {
        let (what, columns): (_, &[&str]) = if names.has("alternate title") {
            (TITLES, &["alternate title", "short title"])
        } else if names.has("reported job title") {
            ("Sample of Reported Titles", &["reported job title"])
        } else if names.has("task") && names.has("task type") && !names.has("scale id") {
            (TASKS, &["task"])
        } else if names.has("title") && names.has("description") {
            (OCCUPATIONS, &["title"])
        } else {
            return Ok(None);
        };
        let Some(release) = release.map(str::to_owned).or_else(|| release_in(file)) else {
            let message = "nothing says which release of O*NET this is";
            return Err(Problem::fatal("facts.release", message).hint(
                "keep the name it was downloaded under (db_30_0_text.zip), or say it:  --release 30.0",
            ));
        };
        Ok(Some(Self {
            code: names.need("o*net-soc code")?,
            texts: columns.iter().filter_map(|name| names.find(name)).collect(),
            what,
            release,
        }))
    }

    pub(super) fn source(&self) -> String {
        source_of(&self.release)
    }

    pub(super) fn row(&self, row: TextRow<'_>, imported: &mut Imported) {
        let release = &mut imported.release;
        release.name.clone_from(&self.release);
        release.tables.insert(self.what);
        let code = cell(&row, self.code);
        let soc = code
            .split('.')
            .next()
            .and_then(|code| code.parse::<Soc>().ok());
        let Some(soc) = soc.filter(|soc| offdesk_pricing::title(*soc).is_some()) else {
            imported.passed_over += 1;
            if soc.is_none_or(|soc| soc.major() != MILITARY) {
                release.unknown.insert(code.to_owned());
            }
            return;
        };
        release.known.insert(soc);
        for text in self.texts.iter().map(|at| cell(&row, *at)) {
            let plain = plain(text);
            if plain.chars().any(char::is_alphabetic) {
                let known = release.texts.entry(plain);
                known
                    .or_insert_with(|| (text.to_owned(), BTreeSet::new()))
                    .1
                    .insert(soc);
            }
        }
    }
}

/// The publication, for people.
pub(in crate::facts) fn source_of(release: &str) -> String {
    format!("O*NET {release}, U.S. Department of Labor, Employment and Training Administration")
}

/// Keeps of a release what changes a reading, and says what the rest is.
///
/// # Errors
/// `facts.classification` for a release whose codes are those of another classification.
pub(in crate::facts) fn settle(imported: &mut Imported) -> Result<(), Problem> {
    let release = std::mem::take(&mut imported.release);
    if release.tables.is_empty() {
        return Ok(());
    }
    let codes = release.known.len() + release.unknown.len();
    if release.unknown.len() * 100 > codes * MOST_UNKNOWN {
        let examples: Vec<&str> = release.unknown.iter().take(3).map(String::as_str).collect();
        let message = format!(
            "{} of the {codes} occupations of this release are not in the classification of 2018 ({})",
            release.unknown.len(),
            examples.join(", ")
        );
        return Err(Problem::fatal("facts.classification", message)
            .hint("releases from 25.1 (November 2020) on have it: https://www.onetcenter.org/database.html"));
    }
    for code in &release.unknown {
        imported.doubt(format!(
            "{code} is no occupation of the classification of 2018"
        ));
    }
    for needed in [OCCUPATIONS, TITLES, TASKS] {
        if !release.tables.contains(needed) {
            imported.doubt(format!("there was no table \"{needed}\""));
        }
    }
    if number_of(&release.name).is_some_and(|number| number <= LEARNED_FROM) {
        let (major, minor) = LEARNED_FROM;
        imported.doubt(format!(
            "it is no newer than {major}.{minor}, which the model in the program was learned from"
        ));
    }
    let all = release.texts.len();
    let changing = changing(release.texts, &source_of(&release.name));
    imported.read_so = u64::try_from(all - changing.len()).unwrap_or(u64::MAX);
    let said = changing.into_iter().map(|(text, occupations)| Said::Text {
        text,
        occupations,
        release: release.name.clone(),
    });
    imported.said.extend(said);
    Ok(())
}

/// The texts that are read as none of their occupations, and would be if they were known.
fn changing(
    texts: BTreeMap<String, (String, BTreeSet<Soc>)>,
    source: &str,
) -> Vec<(String, Vec<Soc>)> {
    let is_read_so = |reader: &mut Reader, text: &str, occupations: &[Soc]| {
        let readings = reader.readings(text);
        readings.is_ok_and(|(readings, _)| {
            readings
                .first()
                .is_some_and(|(soc, _)| occupations.contains(soc))
        })
    };
    let mut reader = Reader::default();
    let mut other: Vec<(String, Vec<Soc>)> = texts
        .into_values()
        .map(|(text, occupations)| (text, occupations.into_iter().collect::<Vec<Soc>>()))
        .filter(|(text, occupations)| !is_read_so(&mut reader, text, occupations))
        .collect();
    let source: Arc<str> = source.into();
    let mut known = KnownTexts::default();
    for (text, occupations) in &other {
        known.add(text, occupations.clone(), &source);
    }
    let mut reader = Reader::knowing(Arc::new(known));
    other.retain(|(text, occupations)| is_read_so(&mut reader, text, occupations));
    other
}

/// The release in a path such as `db_30_0_text/Task Statements.txt`, in the last part that names one.
fn release_in(path: &str) -> Option<String> {
    path.rsplit(['/', '\\']).find_map(|part| {
        let (_, rest) = part.split_once("db_")?;
        let mut numbers = rest.split(['_', '.', '-']);
        let (major, minor) = (numbers.next()?, numbers.next()?);
        let release = format!("{major}.{minor}");
        number_of(&release).map(|_| release)
    })
}

fn number_of(release: &str) -> Option<(u32, u32)> {
    let (major, minor) = release.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_told_by_the_name_it_was_downloaded_under() {
        for (path, release) in [
            (
                "db_30_0_text.zip/db_30_0_text/Task Statements.txt",
                Some("30.0"),
            ),
            ("/home/a/db_29_3_excel/Alternate Titles.xlsx", Some("29.3")),
            ("C:\\data\\db_28_1_text\\Occupation Data.txt", Some("28.1")),
            ("onet/task_statements.tsv", None),
            ("db_text/Task Statements.txt", None),
        ] {
            assert_eq!(release_in(path).as_deref(), release, "{path}");
        }
    }
}
