//! Finding blueprints by the words that carry meaning, and by words that are near to a mistyped one.

use std::collections::BTreeMap;

use offdesk_domain::activity::{terms, typed_terms};
use offdesk_domain::blueprint::{Blueprint, Known};
use offdesk_store::blueprints::words::{
    count_holders, each_known_word, list_holders, list_holders_of_beginning, replace_words,
};
use offdesk_store::blueprints::{
    BlueprintRow, count_blueprints, list_titled, load_blueprint, load_blueprints,
};
use offdesk_store::{Scope, Tx, Uuid};

use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};

/// So many are found at most.
const MOST_FOUND: usize = 20;
/// So many words of a question count.
const MOST_WORDS: usize = 8;
/// A word weighs at most so much in a blueprint.
const MOST_WEIGHT: i64 = 60;
/// So many different words of a blueprint are kept.
const MOST_KEPT: usize = 3_000;
/// Words of at least so many letters also stand for their continuations.
const LEAST_BEGINNING: usize = 3;
const MOST_OF_BEGINNING: u32 = 2_000;
/// From so many blueprints on, words that most of them hold are left out.
const MANY: u64 = 1_000;
/// So many titles are offered where none is as it was typed.
const MOST_OFFERED: usize = 3;
/// So many near words are taken for a mistyped one.
const MOST_NEAR: usize = 5;

/// A blueprint that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The blueprint.
    pub row: BlueprintRow,
    /// It has all words of the question, as they were typed or going on.
    pub is_exact: bool,
}

/// The blueprint of a title or an id.
///
/// # Errors
/// `not_found` with the nearest titles, `blueprint.which` where several have the title.
pub fn identify_blueprint(tx: &mut Tx<'_>, actor: &Actor, which: &str) -> Result<Uuid, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    if let Ok(id) = Uuid::try_parse(which.trim())
        && let Some(row) = load_blueprint(&mut scope, id)?
    {
        return Ok(row.id);
    }
    let rows = list_titled(&mut scope, which.trim())?;
    match rows.as_slice() {
        [one] => Ok(one.id),
        [] => Err(unknown(&find_blueprints(tx, actor, which)?)),
        [first, ..] => Err(Error::new(
            ErrorKind::Conflict,
            "blueprint.which",
            format!("several blueprints are called \"{}\"", first.title),
        )
        .hint("name it by its id; the JSON of the list has them")),
    }
}

/// That no blueprint has a title, with the titles that are nearest.
fn unknown(near: &[Found]) -> Error {
    let titles = near.iter().take(MOST_OFFERED).map(|it| {
        let title = offdesk_import::problem::shown(&it.row.title);
        format!("\"{title}\"")
    });
    let titles: Vec<String> = titles.collect();
    let error = Error::not_found("blueprint");
    if titles.is_empty() {
        return error.hint("the list names them:  offdesk blueprint list");
    }
    error.hint(format!("did you mean  {}", titles.join(" or ")))
}

/// Writes the words of blueprints.
pub(super) fn index(
    scope: &mut Scope<'_, '_>,
    blueprints: &[(Uuid, &Blueprint)],
) -> Result<(), Error> {
    let words: Vec<_> = blueprints
        .iter()
        .map(|(id, blueprint)| (*id, weighed(blueprint)))
        .collect();
    Ok(replace_words(scope, &words)?)
}

/// The words of a blueprint, each with its weight: the title says most, the examples least.
fn weighed(blueprint: &Blueprint) -> Vec<(String, i64)> {
    let mut words: BTreeMap<String, i64> = BTreeMap::new();
    let mut add = |text: &str, weight: i64| {
        for word in terms(text) {
            let sum = words.entry(word).or_default();
            *sum = (*sum + weight).min(MOST_WEIGHT);
        }
    };
    add(&blueprint.title, 20);
    add(&blueprint.owner, 4);
    for known in Known::ALL {
        let weight = match known {
            Known::Outcome | Known::Trigger => 5,
            Known::Examples | Known::Links => 1,
            _ => 2,
        };
        add(&blueprint.section(known), weight);
    }
    add(&blueprint.preface, 1);
    for section in &blueprint.others {
        add(&section.heading, 2);
        add(&section.text, 1);
    }
    let mut all: Vec<_> = words.into_iter().collect();
    if all.len() > MOST_KEPT {
        all.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        all.truncate(MOST_KEPT);
    }
    all
}

/// What one word of a question leads to.
struct Led {
    holders: BTreeMap<Uuid, i64>,
    is_near: bool,
}

/// The blueprints a question leads to, the best first: those with most of its words, and of these the ones that are most about
/// them.
///
/// # Errors
/// Those of the actor and of the store.
pub fn find_blueprints(
    tx: &mut Tx<'_>,
    actor: &Actor,
    question: &str,
) -> Result<Vec<Found>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let mut words = typed_terms(question);
    words.sort_unstable();
    words.dedup_by(|one, other| one.0 == other.0);
    words.truncate(MOST_WORDS);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let all = count_blueprints(&mut scope)?;
    drop_common(&mut scope, &mut words, all)?;
    let mut scores: BTreeMap<Uuid, (usize, bool, f64)> = BTreeMap::new();
    for (word, typed) in &words {
        let led = lead(&mut scope, word, typed)?;
        let rarity = rarity(all, led.holders.len());
        for (id, weight) in led.holders {
            let (count, is_near, score) = scores.entry(id).or_insert((0, false, 0.0));
            *count += 1;
            *is_near |= led.is_near;
            *score += rarity * share(weight);
        }
    }
    let best = scores.values().map(|(count, ..)| *count).max().unwrap_or(0);
    let mut ranked: Vec<(Uuid, (usize, bool, f64))> = scores
        .into_iter()
        .filter(|(_, (count, ..))| *count == best)
        .collect();
    ranked.sort_by(|(a_id, (.., a)), (b_id, (.., b))| b.total_cmp(a).then(a_id.cmp(b_id)));
    ranked.truncate(MOST_FOUND);
    let ids: Vec<Uuid> = ranked.iter().map(|(id, _)| *id).collect();
    let rows = load_blueprints(&mut scope, &ids)?;
    let mut found = Vec::with_capacity(ranked.len());
    for (id, (count, is_near, _)) in ranked {
        if let Some(row) = rows.iter().find(|row| row.id == id) {
            found.push(Found {
                row: row.clone(),
                is_exact: count == words.len() && !is_near,
            });
        }
    }
    Ok(found)
}

/// Leaves out words that a third of many blueprints hold, where rarer ones say more: they would be read for nothing.
fn drop_common(
    scope: &mut Scope<'_, '_>,
    words: &mut Vec<(String, String)>,
    all: u64,
) -> Result<(), Error> {
    if all < MANY || words.len() < 2 {
        return Ok(());
    }
    let mut rare = Vec::with_capacity(words.len());
    for word in words.iter() {
        if count_holders(scope, &word.0)? < all / 3 {
            rare.push(word.clone());
        }
    }
    if !rare.is_empty() {
        *words = rare;
    }
    Ok(())
}

/// How much a word tells that so many blueprints hold.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of blueprints in a workspace"
)]
fn rarity(all: u64, holders: usize) -> f64 {
    (1.0 + all as f64 / holders.max(1) as f64).ln()
}

/// A weight between none and one: twice the weight is not twice as much about it.
#[expect(clippy::cast_precision_loss, reason = "weights are at most sixty")]
fn share(weight: i64) -> f64 {
    let weight = weight as f64;
    weight / (weight + 6.0)
}

fn lead(scope: &mut Scope<'_, '_>, word: &str, typed: &str) -> Result<Led, Error> {
    let mut holders: BTreeMap<Uuid, i64> = list_holders(scope, word)?.into_iter().collect();
    if holders.is_empty() && word.chars().count() >= LEAST_BEGINNING {
        let going_on = list_holders_of_beginning(scope, word, MOST_OF_BEGINNING)?;
        add(&mut holders, going_on, 2);
    }
    if !holders.is_empty() {
        return Ok(Led {
            holders,
            is_near: false,
        });
    }
    let mut near = near_words(scope, word)?;
    if near.is_empty() && typed != word {
        // "boking" loses its ending, and "booking" is kept whole.
        near = near_words(scope, typed)?;
    }
    for near in near {
        let holding = list_holders(scope, &near)?;
        add(&mut holders, holding, 2);
    }
    Ok(Led {
        holders,
        is_near: true,
    })
}

fn add(holders: &mut BTreeMap<Uuid, i64>, more: Vec<(Uuid, i64)>, part: i64) {
    for (id, weight) in more {
        let known = holders.entry(id).or_default();
        *known = (*known).max(weight / part).max(1);
    }
}

/// The known words nearest to one: those with its first letter, else all.
fn near_words(scope: &mut Scope<'_, '_>, word: &str) -> Result<Vec<String>, Error> {
    let most = match word.chars().count() {
        0..=3 => return Ok(Vec::new()),
        4..=7 => 1,
        _ => 2,
    };
    let first: String = word.chars().take(1).collect();
    let near = near_between(scope, word, most, &first, &format!("{first}\u{10ffff}"))?;
    if !near.is_empty() {
        return Ok(near);
    }
    near_between(scope, word, most, "", "\u{10ffff}")
}

fn near_between(
    scope: &mut Scope<'_, '_>,
    word: &str,
    most: usize,
    from: &str,
    to: &str,
) -> Result<Vec<String>, Error> {
    let length = word.len();
    let mut near: Vec<(usize, String)> = Vec::new();
    each_known_word(scope, from, to, |known| {
        // Letters of several bytes count for as much as their bytes here: what is too far in bytes is too far in letters.
        if known.len().abs_diff(length) <= most * 4 {
            let distance = strsim::osa_distance(word, &known);
            if distance <= most {
                near.push((distance, known));
            }
        }
    })?;
    let best = near.iter().map(|(distance, _)| *distance).min();
    near.retain(|(distance, _)| Some(*distance) == best);
    near.truncate(MOST_NEAR);
    Ok(near.into_iter().map(|(_, known)| known).collect())
}
