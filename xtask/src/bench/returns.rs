//! The return of a business with three years of handed-off work: how soon its page answers, looked at again and after each change.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use super::Bench;
use super::http::ask;
use super::measure::{Cost, Costs};
use super::serving::{Server, free_port, offdesk, sign_in};
use crate::Outcome;
use crate::machine::{now, output, root, run};

/// 95 of 100 pages are answered within, in seconds.
const PAGE: f64 = 0.150;
/// So often a page is asked for.
const LOOKS: usize = 100;

/// A desk with years of entries and one handoff, its assignment accepted: `folder program blueprint`.
const BEGIN: &str = "
set -e
folder=$1 program=$2
export OFFDESK_DATA_DIR=\"$folder\" OFFDESK_DATABASE=
quietly() { \"$program\" \"$@\" > /dev/null 2>&1; }
quietly setup --email bench@example.com --name Bench --password-file \"$folder/password.txt\"
quietly worth --rate 75 --save
quietly import \"$folder/entries.csv\"
kind=$(\"$program\" activity list --json | grep '^ *\"name\"' | head -n 1 | cut -d '\"' -f 4)
quietly blueprint import \"$3\"
quietly blueprint publish \"Inbox triage\" --untested
quietly people add Ana
quietly handoff new \"$kind\" --to Ana --by \"Inbox triage\" --amount 20 --per assignment --currency USD --trial 0
quietly handoff answer \"$kind\" accept
quietly handoff begin \"$kind\"
quietly assignment give \"$kind\" --without-inputs --due \"$(date -u -d '+30 days' +%Y-%m-%dT12:00Z)\"
quietly assignment reply 1 agree
quietly assignment deliver 1 --text Done.
quietly review accept 1 --spent 0.05
quietly return week --work 3 --rest 1 --vanished 0.5 --stress 2
";

/// Four years of entries up to today, twenty a day, of forty kinds of work: `folder`.
const ENTRIES: &str = "
import datetime, os, sys
folder = sys.argv[1]
os.makedirs(folder)
open(folder + '/password.txt', 'w').write('three brown foxes')
today = datetime.date.today()
with open(folder + '/entries.csv', 'w') as out:
    out.write('Date,Start,End,Description\\n')
    kinds = ['Ka' + 'bdfgklmnprst'[at % 12] + 'aeiou'[at % 5] + 'bdgklmprt'[at % 9] + 'u work' for at in range(40)]
    for back in range(4 * 364, 0, -1):
        day = today - datetime.timedelta(days=back)
        for at in range(20):
            start = 8 * 60 + at * 25
            end = start + 15 + (at + back) % 10
            out.write('%s,%02d:%02d,%02d:%02d,%s\\n' % (day, start // 60, start % 60, end // 60, end % 60, kinds[(at + back * 7) % 40]))
";

/// An activity of each wording, and copies of the one person, handoff, assignment, review and answer: twenty handoffs of three years, a fifth of them in another
/// currency, ten assignments a week of each, half of them checked: `file`.
const FILL: &str = "
import os, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1])
DAY = 86400 * 1000000
today = int(time.time()) // 86400
begun = today - 156 * 7
def row(table, where=''):
    found = db.execute('SELECT * FROM ' + table + ' ' + where + ' LIMIT 1')
    return [column[0] for column in found.description], list(found.fetchone())
def add(table, names, rows):
    marks = ', '.join('?' * len(names))
    db.executemany('INSERT INTO %s (%s) VALUES (%s)' % (table, ', '.join(names), marks), rows)
def copy(of, **changes):
    return [changes.get(name, value) for name, value in zip(*of)]
def own(of, name):
    return of[1][of[0].index(name)]
person, handoff, work, made, review = row('person'), row('handoff'), row('assignment'), row('deliverable'), row('review')
event, spent, week, stress = row('handoff_event', \"WHERE state IN ('trial', 'active')\"), row('supervision'), row('freed_hours'), row('stress_answer')
db.execute('UPDATE handoff_event SET at = ?', (begun * DAY,))
activity = row('activity')
kinds = []
for at, (wording,) in enumerate(db.execute('SELECT id FROM wording').fetchall()[1:]):
    kinds.append(os.urandom(16))
    add('activity', activity[0], [copy(activity, id=kinds[at], name='Kind %d' % at, name_key='kind %d' % at)])
    for table, key in [('wording', 'id'), ('wording_time', 'wording_id')]:
        db.execute('UPDATE %s SET activity_id = ? WHERE %s = ?' % (table, key), (kinds[at], wording))
people = [os.urandom(16) for _ in range(19)]
handoffs = [(os.urandom(16), people[at], kinds[at], 'EUR' if at % 5 == 0 else 'USD') for at in range(19)]
add('person', person[0], [copy(person, id=p, name='Person %d' % at, email='') for at, p in enumerate(people)])
add('handoff', handoff[0], [copy(handoff, id=h, person_id=p, activity_id=a, currency=c) for h, p, a, c in handoffs])
add('handoff_event', event[0], [copy(event, id=os.urandom(16), handoff_id=h, state='active', at=begun * DAY) for h, _, _, _ in handoffs])
handoffs.append((own(handoff, 'id'), own(person, 'id'), own(handoff, 'activity_id'), 'USD'))
works, mades, reviews, spents, number = [], [], [], [], 1
for h, p, _, c in handoffs:
    for at in range(156 * 10):
        number, one = number + 1, os.urandom(16)
        when = begun * DAY + at * 7 * DAY // 10 + DAY // 3
        works.append(copy(work, id=one, number=number, person_id=p, handoff_id=h, currency=c, accepted_at=when, has_fault=at % 17 == 0))
        if at % 2 == 0:
            mades.append(copy(made, assignment_id=one, created_at=when))
            reviews.append(copy(review, assignment_id=one, created_at=when))
            spents.append(copy(spent, id=os.urandom(16), handoff_id=h, assignment_id=one, seconds=60 + at % 90, created_at=when))
add('assignment', work[0], works)
add('deliverable', made[0], mades)
add('review', review[0], reviews)
add('supervision', spent[0], spents)
monday = today - (today + 3) % 7 - 7
weeks = [monday - 7 * back for back in range(1, 156) if back % 6]
add('freed_hours', week[0], [copy(week, week_day=day) for day in weeks])
add('stress_answer', stress[0], [copy(stress, week_day=day, answer=1 + day % 5) for day in weeks])
db.commit()
";

/// Statements of every month, drawn up and paid, with a fee, and exchanged where the currency is another one: `folder program`.
const PAY: &str = "
set -e
export OFFDESK_DATA_DIR=\"$1\" OFFDESK_DATABASE=
program=$2
for back in $(seq 35 -1 0); do
  until=$(date -u -d \"$(date -u +%Y-%m-01) -$back months -1 day\" +%Y-%m-%d)
  \"$program\" pay draw-up --until \"$until\" --json > \"$1/drawn.json\" 2> /dev/null || continue
  \"$program\" pay paid $(grep -o 'ST-[0-9]*' \"$1/drawn.json\" | sort -u) > /dev/null 2>&1
done
";

/// Measures it.
pub fn page(bench: &mut Bench) -> Outcome {
    let folder = bench.folder.join("return");
    let _ = std::fs::remove_dir_all(&folder);
    fill(bench, &folder)?;
    let port = free_port()?;
    let (server, _) = Server::start(&mut offdesk(&folder, "", port), port)?;
    let headers = sign_in(port)?;
    let mut look = |what: &str, path: &str, changes: bool| -> Outcome {
        let seconds = looks(port, path, &headers, changes)?;
        let cost = Cost {
            wall: seconds,
            peak: server.memory("VmHWM:")?,
            inner: seconds,
        };
        let what = format!("Return of three years, {what}, 95 of 100");
        bench.table.judge_wall(&what, &Costs(vec![cost]), PAGE);
        Ok(())
    };
    look("all time, after each change", "/return", true)?;
    look("all time, again", "/return", false)?;
    look("the page to share", "/return/page", true)?;
    let month = output(Command::new("date").args(["-u", "-d", "-40 days", "+%Y-%m"]))?;
    let month = format!("/return?month={}", month.trim());
    look("a month, after each change", &month, true)?;
    drop(server);
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

fn fill(bench: &Bench, folder: &Path) -> Outcome {
    let ours = root().join("target/release/offdesk");
    let python = |script: &str, on: OsString| {
        output(Command::new(&bench.python).args(["-c", script]).arg(on))
    };
    let shell = |script: &str| {
        run(Command::new("sh")
            .args(["-c", script, "sh"])
            .arg(folder)
            .arg(&ours)
            .arg(root().join("crates/offdesk-actions/src/example/inbox.md"))
            .stdout(Stdio::null()))
    };
    python(ENTRIES, folder.into())?;
    shell(BEGIN)?;
    python(FILL, folder.join("offdesk.db").into())?;
    shell(PAY)
}

/// What 95 of 100 looks at a page take, in seconds; where something changes, a line is typed in before each look.
fn looks(port: u16, path: &str, headers: &[String], changes: bool) -> Outcome<f64> {
    let mut headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let form = "Content-Type: application/json";
    headers.push(form);
    let mut all = Vec::with_capacity(LOOKS);
    for at in 0..LOOKS {
        if changes {
            let line = format!("{{\"line\":\"{}m letters\"}}", 1 + at % 50);
            let typed = ask(port, "POST", "/api/v1/log-lines", &headers, &line)?;
            if typed.status() >= 300 {
                return Err(format!("a line is answered with {}", typed.status()).into());
            }
        }
        let since = now();
        let page = ask(port, "GET", path, &headers, "")?;
        all.push(since.elapsed().as_secs_f64());
        if page.status() != 200 || !page.text().contains("Person 7") {
            return Err(format!("{path} answers {}", page.status()).into());
        }
    }
    all.sort_by(f64::total_cmp);
    let slow = all.get((all.len() * 95).div_ceil(100).saturating_sub(1));
    Ok(slow.copied().unwrap_or(f64::MAX))
}
