//! What a later import says of an entry under the same id goes before what an earlier one said; an event that is cancelled there is gone.

use std::collections::{HashMap, HashSet};

use offdesk_store::entries::LineRow;

use crate::audit::collector::Line;
use crate::audit::doubles::{Cut, SourceLines};

/// The lines of sources without those that a later source of the same family has in another form, or says are no work any more; and what
/// is taken away by that. Ids that stand for several lines of a source are no names of a line, and tell nothing.
pub(super) fn newest(
    of: &[SourceLines<'_>],
    rows: &[Vec<LineRow>],
    withdrawn: &[HashSet<String>],
) -> (Vec<Vec<Line>>, Vec<Cut>) {
    let mut left: Vec<Vec<Line>> = of.iter().map(|source| source.lines.to_vec()).collect();
    let mut cuts = Vec::new();
    let mut later: HashMap<(&str, u64), u64> = HashMap::new();
    let mut gone: HashSet<(&str, &str)> = HashSet::new();
    for (at, source) in of.iter().enumerate().rev() {
        let family = of.iter().filter(|other| other.family == source.family);
        if family.count() == 1 {
            continue;
        }
        let own = versions(source.lines);
        let of_source = rows.get(source.source).map_or(&[][..], Vec::as_slice);
        let is_old = |line: &Line| {
            let is_withdrawn = id_of(line, of_source).is_some_and(|id| {
                let series = id.rsplit_once('/').map(|(series, _)| series);
                let mut names = [Some(id), series].into_iter().flatten();
                names.any(|name| gone.contains(&(source.family, name)))
            });
            let is_one = own.get(&line.external_id).is_some_and(Option::is_some);
            let known = later.get(&(source.family, line.external_id));
            is_withdrawn || is_one && known.is_some_and(|known| *known != line.fingerprint)
        };
        if let Some(lines) = left.get_mut(at) {
            lines.retain(|line| {
                let is_old = is_old(line);
                if is_old {
                    cuts.push(source.cut(line, line.seconds, true));
                }
                !is_old
            });
        }
        for (id, fingerprint) in own {
            if let Some(fingerprint) = fingerprint {
                later.entry((source.family, id)).or_insert(fingerprint);
            }
        }
        let of_source = withdrawn.get(source.source).into_iter().flatten();
        gone.extend(of_source.map(|id| (source.family, id.as_str())));
    }
    (left, cuts)
}

/// What stands under each id of a source; nothing where it has several lines.
fn versions(lines: &[Line]) -> HashMap<u64, Option<u64>> {
    let mut versions = HashMap::new();
    for line in lines.iter().filter(|line| line.external_id != 0) {
        versions
            .entry(line.external_id)
            .and_modify(|one| *one = None)
            .or_insert(Some(line.fingerprint));
    }
    versions
}

/// The source's own id of a line.
fn id_of<'r>(line: &Line, rows: &'r [LineRow]) -> Option<&'r str> {
    let row = rows.get(usize::try_from(line.group).ok()?)?;
    Some(row.external_id.as_str()).filter(|id| !id.is_empty())
}
