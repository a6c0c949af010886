//! The solidtime organisation export: a zip whose CSV files refer to one another by id; `time_entries.csv` is
//! streamed, the others are small and become names.

use std::io::Read;

use hashbrown::HashMap;
use serde_json::Value;

use crate::archive::{self, Archive};
use crate::formats::archived_csv::Table;
use crate::formats::instants::{Giver, Stamped};
use crate::input::Input;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::scalar::TagList;

/// Most bytes of `time_entries.csv`.
const MOST_ENTRIES_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Most bytes of any other file: lists of projects and people.
const MOST_LIST_BYTES: u64 = 64 * 1024 * 1024;
/// Most bytes of `meta.json`.
const MOST_META_BYTES: u64 = 1024 * 1024;

/// What an id stands for.
#[derive(Debug, Default)]
struct Item {
    name: String,
    /// Its second column of interest: a member's e-mail, a project's client.
    other: String,
}

type Items = HashMap<String, Item>;

/// Reads the zip.
///
/// # Errors
/// Those of [`Archive`], `import.zip_incomplete`, `import.record_too_long`, `import.cancelled`.
pub fn read(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let length = input.length();
    let mut archive = Archive::open(input)?;
    if let Some(version) = version(&mut archive)? {
        reading.decide(format!("export version {version}"));
    }
    let members = items(&mut archive, "members.csv", "email")?;
    let clients = items(&mut archive, "clients.csv", "")?;
    let projects = items(&mut archive, "projects.csv", "client_id")?;
    let tasks = items(&mut archive, "tasks.csv", "")?;
    let tags = items(&mut archive, "tags.csv", "")?;
    let Some(index) = archive.find("time_entries.csv") else {
        return Err(Problem::fatal(
            "import.zip_incomplete",
            "there is no time_entries.csv in this solidtime export",
        )
        .hint("export the organisation again"));
    };
    let mut table = Table::new(archive.entry(index, MOST_ENTRIES_BYTES)?)?;
    let columns = Columns::of(&table)?;
    let names = Names {
        members,
        clients,
        projects,
        tasks,
        tags,
    };
    let mut giver = Giver::new(reading);
    let mut tag_list = TagList::default();
    loop {
        giver.step()?;
        match table.advance() {
            Ok(false) => break,
            Ok(true) => give(&mut giver, &table, &columns, &names, &mut tag_list),
            Err(problem) if problem.severity == crate::Severity::Fatal => return Err(problem),
            Err(problem) => giver.reading.problem(problem),
        }
    }
    giver.finish(length)
}

struct Names {
    members: Items,
    clients: Items,
    projects: Items,
    tasks: Items,
    tags: Items,
}

struct Columns {
    id: Option<usize>,
    description: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    member: Option<usize>,
    client: Option<usize>,
    project: Option<usize>,
    task: Option<usize>,
    tags: Option<usize>,
}

impl Columns {
    fn of<R: Read>(table: &Table<R>) -> Result<Self, Problem> {
        let (start, end) = (table.column("start"), table.column("end"));
        if start.is_none() || end.is_none() {
            return Err(Problem::fatal(
                "import.zip_incomplete",
                "time_entries.csv has no columns start and end",
            )
            .hint("export the organisation again"));
        }
        Ok(Self {
            id: table.column("id"),
            description: table.column("description"),
            start,
            end,
            member: table.column("member_id"),
            client: table.column("client_id"),
            project: table.column("project_id"),
            task: table.column("task_id"),
            tags: table.column("tags"),
        })
    }
}

fn give<R: Read>(
    giver: &mut Giver<'_, '_>,
    table: &Table<R>,
    columns: &Columns,
    names: &Names,
    tag_list: &mut TagList,
) {
    let none = Item::default();
    let member_id = table.cell(columns.member);
    let member = names.members.get(member_id).unwrap_or(&none);
    let project_id = table.cell(columns.project);
    let project = names.projects.get(project_id).unwrap_or(&none);
    let client_id = match table.cell(columns.client) {
        "" => project.other.as_str(),
        id => id,
    };
    let client = names.clients.get(client_id).unwrap_or(&none);
    let task = names.tasks.get(table.cell(columns.task)).unwrap_or(&none);
    let tags_are_read = tags_of(table.cell(columns.tags), &names.tags, tag_list);
    let stamped = Stamped {
        line: table.line(),
        start: (table.cell(columns.start), "start"),
        end: (table.cell(columns.end), "end"),
        person: &member.name,
        email: &member.other,
        person_id: member_id,
        client: &client.name,
        project: &project.name,
        project_id,
        task: &task.name,
        description: table.cell(columns.description),
        tags: tag_list.joined(),
        id: table.cell(columns.id),
        ..Stamped::default()
    };
    if !tags_are_read {
        let problem = Problem::note("import.tags", "these tags are no list of ids; left away")
            .at(stamped.line)
            .column("tags")
            .value(table.cell(columns.tags));
        giver.reading.problem(problem);
    }
    giver.give(&stamped);
}

/// A JSON list of tag ids as their names.
fn tags_of(cell: &str, tags: &Items, list: &mut TagList) -> bool {
    list.clear();
    if cell.is_empty() || cell == "null" {
        return true;
    }
    let Ok(ids) = serde_json::from_str::<Vec<Value>>(cell) else {
        return false;
    };
    for id in ids.iter().filter_map(Value::as_str) {
        if let Some(tag) = tags.get(id) {
            list.push(&tag.name);
        }
    }
    true
}

fn version(archive: &mut Archive<'_>) -> Result<Option<String>, Problem> {
    let Some(index) = archive.find("meta.json") else {
        return Ok(None);
    };
    let mut text = String::new();
    archive
        .entry(index, MOST_META_BYTES)?
        .read_to_string(&mut text)
        .map_err(|error| archive::read_problem(&error))?;
    let meta: Option<Value> = serde_json::from_str(&text).ok();
    Ok(meta
        .as_ref()
        .and_then(|meta| meta.get("version"))
        .and_then(Value::as_str)
        .map(str::to_owned))
}

/// A small file of the zip as what its ids stand for; empty where the file is missing.
fn items(archive: &mut Archive<'_>, file: &str, other: &str) -> Result<Items, Problem> {
    let mut items = Items::new();
    let Some(index) = archive.find(file) else {
        return Ok(items);
    };
    let mut table = Table::new(archive.entry(index, MOST_LIST_BYTES)?)?;
    let (id, name, other) = (
        table.column("id"),
        table.column("name"),
        table.column(other),
    );
    while table
        .advance()
        .map_err(|problem| problem.column(file.to_owned()))?
    {
        let item = Item {
            name: table.cell(name).to_owned(),
            other: table.cell(other).to_owned(),
        };
        items.insert(table.cell(id).to_owned(), item);
    }
    Ok(items)
}
