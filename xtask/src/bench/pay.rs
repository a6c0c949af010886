//! A pay run: statements of a thousand people for a hundred thousand assignments that were accepted.

use std::ffi::OsString;

use super::{Bench, program};
use crate::Outcome;
use crate::machine::root;

/// A pay run of a thousand people and a hundred thousand assignments takes less, in seconds; with the start of the process.
const RUN: f64 = 2.0;

/// A desk on which so many people have done so much, earned and not stated yet but for one of them; then the run: `folder program python blueprint`.
const SITTING: &str = "
set -e
folder=$1/pay program=$2 python=$3
rm -rf \"$folder\"
mkdir -p \"$folder\"
echo 'three brown foxes' > \"$folder/password.txt\"
export OFFDESK_DATA_DIR=\"$folder\"
quietly() { \"$program\" \"$@\" > /dev/null 2>&1; }
quietly setup --email bench@example.com --name Bench --password-file \"$folder/password.txt\"
quietly worth --rate 75 --save
quietly log 2h inbox
quietly blueprint import \"$4\"
quietly blueprint publish \"Inbox triage\" --untested
quietly people add Ana
quietly handoff new Inbox --to Ana --by \"Inbox triage\" --amount 20 --per assignment --currency USD
quietly handoff answer Inbox accept
quietly assignment give Inbox --without-inputs --due \"$(date -u -d '+30 days' +%Y-%m-%dT12:00Z)\"
quietly assignment reply 1 agree
quietly assignment deliver 1 --text Done.
quietly review accept 1
\"$python\" -c \"$FILL\" \"$folder/offdesk.db\"
today=$(date -u +%Y-%m-%d)
quietly pay draw-up Ana --until \"$today\"
start=$(date +%s.%N)
\"$program\" pay draw-up --until \"$today\" --json > \"$folder/drawn.json\"
end=$(date +%s.%N)
test $(grep -c '\"reference\"' \"$folder/drawn.json\") -eq 999
echo \"$end $start\" | awk '{ print $1 - $2 }'
";

/// Copies of the one person with her handoff, and of the one assignment.
const FILL: &str = "
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
def row(table):
    found = db.execute('SELECT * FROM ' + table + ' LIMIT 1')
    return [column[0] for column in found.description], list(found.fetchone())
def add(table, names, rows):
    marks = ', '.join('?' * len(names))
    db.executemany('INSERT INTO %s (%s) VALUES (%s)' % (table, ', '.join(names), marks), rows)
def copy(names, values, **changes):
    return [changes.get(name, value) for name, value in zip(names, values)]
people, handoffs, work = row('person'), row('handoff'), row('assignment')
ids = [(os.urandom(16), os.urandom(16)) for _ in range(999)]
add('person', people[0], [copy(*people, id=p, name='Person %d' % at, email='') for at, (p, _) in enumerate(ids)])
add('handoff', handoffs[0], [copy(*handoffs, id=h, person_id=p) for p, h in ids])
def own(names, values, name):
    return values[names.index(name)]
ids.append((own(*people, 'id'), own(*handoffs, 'id')))
number = iter(range(2, 100_001))
given = [copy(*work, id=os.urandom(16), number=next(number), person_id=p, handoff_id=h)
         for p, h in ids for _ in range(100) if p != own(*people, 'id') or _ > 0]
add('assignment', work[0], given)
db.commit()
";

/// Measures it.
pub fn sitting(bench: &mut Bench) -> Outcome {
    let ours = root().join("target/release/offdesk");
    let mut sitting = program("offdesk pay draw-up", "sh".into(), &["-c", SITTING, "sh"]);
    let blueprint = root().join("crates/offdesk-actions/src/example/inbox.md");
    let arguments: [OsString; 4] = [
        bench.folder.clone().into(),
        ours.into(),
        bench.python.clone().into(),
        blueprint.into(),
    ];
    sitting.arguments.extend(arguments);
    sitting.prints_seconds = true;
    let sitting = sitting.with("FILL", FILL.into());
    let [costs] = bench.in_turn([&sitting], 3)?;
    let what = "a pay run of 10^3 people and 10^5 assignments";
    bench.table.judge_wall(what, &costs.inner(), RUN);
    Ok(())
}
