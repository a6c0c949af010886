//! Super Productivity: a backup of version 10 and later, of the versions before it, or of 2018.
//!
//! A task holds milliseconds by day; a task with subtasks holds their sum, so only leaves count. Finished tasks
//! are in two archives. The file holds passwords and tokens of other services: only the keys named here are read.

use std::collections::{BTreeMap, HashMap, HashSet};

use offdesk_domain::EntryKind;
use serde::Deserialize;

use crate::detect::{Format, Head, Nature};
use crate::entry::{Entry, Tags};
use crate::input::Input;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::date::{self, DateText};
use crate::text::duration::{DurationStyle, duration};
use crate::text::json;
use crate::text::loose::{Loose, TAG_SEPARATOR};

/// A backup file.
pub const FORMAT: Format = Format {
    id: "superproductivity",
    label: "Super Productivity backup",
    kind: EntryKind::Measured,
    sniff: is_backup,
    read,
};

fn is_backup(head: &Head<'_>) -> bool {
    let has = |keys: &[&str]| head.json.has_all(keys);
    head.nature == Nature::Json
        && head.json.starts().starts_with('{')
        && (has(&["crossModelVersion", "data"])
            || has(&["data.task.ids", "data.task.entities"])
            || has(&["task.ids", "task.entities"])
            || has(&["tasks", "doneBacklogTasks"])
            || has(&["tasks", "backlogTasks"]))
}

/// The needed keys of every version; what a version lacks stays empty.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Backup {
    data: Option<Box<Backup>>,
    task: Option<Store<Task>>,
    task_archive: Option<Store<Task>>,
    archive_young: Option<Archive>,
    archive_old: Option<Archive>,
    project: Option<Store<Titled>>,
    tag: Option<Store<Titled>>,
    tasks: Option<Vec<Option<Task>>>,
    backlog_tasks: Option<Vec<Option<Task>>>,
    done_backlog_tasks: Option<Vec<Option<Task>>>,
    projects: Option<Vec<Option<OldProject>>>,
}

#[derive(Deserialize)]
struct Archive {
    task: Option<Store<Task>>,
}

#[derive(Deserialize)]
struct Store<T> {
    // Sorted, so that two readings of a file give the same order.
    #[serde(default = "BTreeMap::new")]
    entities: BTreeMap<String, Option<T>>,
}

#[derive(Deserialize)]
struct Titled {
    #[serde(default)]
    title: Loose,
}

#[derive(Deserialize)]
struct OldProject {
    #[serde(default)]
    title: Loose,
    data: Option<Box<Backup>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Task {
    id: Loose,
    title: Loose,
    project_id: Loose,
    parent_id: Loose,
    sub_task_ids: Option<Vec<String>>,
    tag_ids: Option<Vec<String>>,
    time_spent: Loose,
    time_spent_on_day: Option<BTreeMap<String, Loose>>,
    sub_tasks: Option<Vec<Option<Task>>>,
    /// Not in the file: the title of the old project that holds it.
    #[serde(skip)]
    project_title: String,
}

fn read(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let length = input.length();
    let backup: Backup = {
        let stream = json::stream(input)?;
        serde_json::from_reader(stream).map_err(|error| json::problem(&error))?
    };
    reading.progress(length, 0)?;
    let mut all = All::default();
    all.take(backup, "");
    all.hand_on(reading);
    Ok(())
}

#[derive(Default)]
struct All {
    tasks: Vec<Task>,
    projects: HashMap<String, String>,
    tags: HashMap<String, String>,
}

impl All {
    fn take(&mut self, backup: Backup, project: &str) {
        if let Some(data) = backup.data {
            self.take(*data, project);
        }
        for (titles, store) in [
            (&mut self.projects, backup.project),
            (&mut self.tags, backup.tag),
        ] {
            for (id, titled) in store.into_iter().flat_map(|store| store.entities) {
                let title = titled.map(|t| t.title.text().to_owned());
                titles.insert(id, title.unwrap_or_default());
            }
        }
        let archived = [backup.archive_young, backup.archive_old]
            .into_iter()
            .flatten()
            .filter_map(|archive| archive.task);
        let stores = [backup.task, backup.task_archive].into_iter().flatten();
        for (id, task) in stores.chain(archived).flat_map(|store| store.entities) {
            if let Some(mut task) = task {
                task.id = Loose::Text(id);
                self.tasks.push(task);
            }
        }
        // The open project's tasks stand at the top again: the project first, so that its title is known.
        for old in backup.projects.into_iter().flatten().flatten() {
            if let Some(data) = old.data {
                self.take(*data, old.title.text());
            }
        }
        let lists = [
            backup.tasks,
            backup.backlog_tasks,
            backup.done_backlog_tasks,
        ];
        for task in lists.into_iter().flatten().flatten().flatten() {
            self.take_old(task, "", project);
        }
    }

    /// A task of 2018, with its subtasks inside.
    fn take_old(&mut self, mut task: Task, parent: &str, project: &str) {
        let id = task.id.text().to_owned();
        for mut sub in task.sub_tasks.take().into_iter().flatten().flatten() {
            // Without ids a sum could not be told from its parts.
            if sub.id.text().is_empty() {
                sub.id = Loose::Text(format!("{id}/{}", self.tasks.len()));
            }
            task.sub_task_ids
                .get_or_insert_default()
                .push(sub.id.text().to_owned());
            self.take_old(sub, &id, project);
        }
        if task.parent_id.text().is_empty() {
            task.parent_id = Loose::Text(parent.to_owned());
        }
        project.clone_into(&mut task.project_title);
        self.tasks.push(task);
    }

    fn hand_on(&self, reading: &mut Reading<'_>) {
        let by_id: HashMap<&str, &Task> = self
            .tasks
            .iter()
            .rev()
            .map(|task| (task.id.text(), task))
            .collect();
        let mut met = HashSet::new();
        for task in &self.tasks {
            let id = task.id.text();
            if !id.is_empty() && !met.insert(id) {
                if task.has_time() {
                    reading.problem(
                        Problem::note(
                            "import.duplicate",
                            "this task stands in the file twice; it counts once",
                        )
                        .column("id")
                        .value(id),
                    );
                }
                continue;
            }
            let has_parts = task
                .sub_task_ids
                .iter()
                .flatten()
                .any(|sub| by_id.contains_key(sub.as_str()));
            if has_parts {
                continue;
            }
            let parent = by_id.get(task.parent_id.text()).copied();
            self.leaf(task, parent.filter(|p| !p.id.text().is_empty()), reading);
        }
    }

    fn leaf(&self, task: &Task, parent: Option<&Task>, reading: &mut Reading<'_>) {
        let own_or_parents = |of: fn(&Task) -> &str| {
            let own = of(task);
            if own.is_empty() {
                parent.map_or("", of)
            } else {
                own
            }
        };
        let project_id = own_or_parents(|task| task.project_id.text());
        let project = match self.projects.get(project_id) {
            Some(title) => title.as_str(),
            None => own_or_parents(|task| &task.project_title),
        };
        let tags = self.tags_of(task, parent);
        let title = task.title.text();
        let entry = Entry {
            project,
            task: parent.map_or(title, |parent| parent.title.text()),
            description: if parent.is_some() { title } else { "" },
            tags: Tags::new(&tags, TAG_SEPARATOR),
            ..Entry::default()
        };
        let id = task.id.text();
        let days = task.time_spent_on_day.as_ref();
        for (date, spent) in days.into_iter().flatten() {
            let bad = |code: &'static str, message: &str, value: &str| {
                Problem::bad(code, message)
                    .column(format!("{id}.timeSpentOnDay.{date}"))
                    .value(value)
            };
            let Some((DateText::Known(day), "")) = date::date_prefix(date) else {
                reading.problem(bad("import.no_date", "this is no date", date));
                continue;
            };
            match seconds(spent) {
                None => reading.problem(bad(
                    "import.duration",
                    "this is no number of milliseconds",
                    spent.text(),
                )),
                // The tracker leaves a zero behind wherever a task was opened.
                Some(0) => {}
                Some(seconds) => reading.entry(&Entry {
                    day: Some(day),
                    seconds,
                    external_id: &format!("{id}/{day}"),
                    ..entry
                }),
            }
        }
        if days.is_none_or(BTreeMap::is_empty)
            && let Some(seconds) = seconds(&task.time_spent).filter(|seconds| *seconds != 0)
        {
            reading.entry(&Entry {
                seconds,
                external_id: id,
                is_total: true,
                ..entry
            });
        }
    }

    fn tags_of(&self, task: &Task, parent: Option<&Task>) -> String {
        let own = task.tag_ids.iter().flatten();
        let inherited = parent.into_iter().flat_map(|p| p.tag_ids.iter().flatten());
        let mut titles: Vec<&str> = Vec::new();
        for id in own.chain(inherited) {
            // The list of today is kept as a tag.
            let title = self.tags.get(id).map_or("", String::as_str);
            if id != "TODAY" && !title.is_empty() && !titles.contains(&title) {
                titles.push(title);
            }
        }
        titles.join(TAG_SEPARATOR)
    }
}

impl Task {
    fn has_time(&self) -> bool {
        self.time_spent != Loose::Nothing || self.time_spent_on_day.is_some()
    }
}

/// Milliseconds as a number, or a text such as `PT5400S`.
fn seconds(spent: &Loose) -> Option<i64> {
    match spent {
        Loose::Text(text) if text.trim().starts_with(['P', 'p']) => {
            duration(text, DurationStyle::PLAIN)
        }
        Loose::Number(_) => spent.milliseconds().map(|ms| (ms + 500).div_euclid(1000)),
        _ => None,
    }
}
