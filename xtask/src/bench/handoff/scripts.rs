//! What fills a desk for the bench: scripts of Python.

/// Prints a moment about a year from now.
pub const IN_A_YEAR: &str = "
import datetime
print((datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=360)).strftime('%Y-%m-%dT09:00Z'))
";

/// Multiplies assignments in a desk's file: `file kind count`. Prints the version of the rows and their ids, one a line.
pub const MULTIPLY: &str = "
import os, sqlite3, sys, time
file, kind, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
db = sqlite3.connect(file, timeout=60)
# Ids grow with time, as those of the desk do.
first = int(time.time() * 1000) - (10 ** 10 if kind == 'closed' else 0)
db.create_function('new_id', 1, lambda i: (first + i).to_bytes(6, 'big') + os.urandom(10))
names = [row[1] for row in db.execute('PRAGMA table_info(assignment)')]
last = db.execute('SELECT MAX(number) FROM assignment').fetchone()[0]
source = 'closed' if kind == 'closed' else 'agreed'
week = 7 * 86400 * 1000000
other = {'id': 'new_id(i)', 'number': str(last) + ' + i'}
if kind == 'closed':
    for name in ('due_at', 'accepted_at', 'delivered_at', 'agreed_at', 'created_at', 'changed_at'):
        other[name] = name + ' - i * 157000000'
if kind == 'open':
    # Most are in hand, some wait to be looked at.
    other['due_at'] = 'due_at + i * 60000000'
    other['state'] = \"CASE i % 5 WHEN 0 THEN 'delivered' WHEN 1 THEN 'in_progress' ELSE 'agreed' END\"
    other['delivered_at'] = 'CASE i % 5 WHEN 0 THEN created_at ELSE NULL END'
    other['rounds'] = 'CASE i % 5 WHEN 0 THEN 1 ELSE 0 END'
columns = ', '.join(names)
values = ', '.join(other.get(name, name) for name in names)
db.execute(f'''WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
  INSERT INTO assignment ({columns}) SELECT {values} FROM n, (SELECT * FROM assignment WHERE state = '{source}' ORDER BY number LIMIT 1)''')
db.commit()
if kind == 'writes':
    import uuid
    rows = db.execute('SELECT id, version FROM assignment WHERE number > ? ORDER BY number', (last,)).fetchall()
    print(rows[0][1])
    for row in rows:
        print(uuid.UUID(bytes=row[0]))
";

/// The ids and the version of what waits for a review since a number of them were handed in: `file`.
pub const DELIVERED: &str = "
import sqlite3, sys, uuid
db = sqlite3.connect(sys.argv[1], timeout=60)
rows = db.execute(\"SELECT a.id, a.version FROM assignment a JOIN deliverable d ON d.workspace_id = a.workspace_id AND d.assignment_id = a.id WHERE a.state = 'delivered' ORDER BY a.number\").fetchall()
version = rows[0][1]
print(version)
for row in rows:
    if row[1] == version:
        print(uuid.UUID(bytes=row[0]))
";

/// Texts of blueprints: `folder count`.
pub const TEXTS: &str = "
import os, random, sys
folder, count = sys.argv[1], int(sys.argv[2])
os.makedirs(folder, exist_ok=True)
random.seed(7)
words = [a + b for a in 'invoice order booking letter report stock quote parcel supplier patient'.split() for b in ['', 's', ' list', ' folder', ' calendar', ' desk', ' call', ' mail']]
for at in range(count):
    steps = '\\n'.join(f'{n}. Open the {random.choice(words)} and compare the {random.choice(words)}.' for n in range(1, 9))
    open(f'{folder}/{at}.md', 'w').write(f'# {random.choice(words).capitalize()} {at}\\n\\n## Steps\\n\\n{steps}\\n')
";
