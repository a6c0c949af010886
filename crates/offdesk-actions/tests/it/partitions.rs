//! The tables spread over several nodes by workspace, with hash partitions of one server in the place of the nodes: every query of the
//! pages that are opened most goes to one partition.

use std::collections::BTreeSet;

use offdesk_actions::Error;
use offdesk_actions::activities::{load_activity, rename_activity};
use offdesk_actions::actor::{Actor, Permission};
use offdesk_actions::entries::{EntryId, entries_json, entry_json};
use offdesk_actions::hours::{load_hours, load_week};
use offdesk_actions::imports::{Choices, import_file, list_sources, undo_source};
use offdesk_actions::remembered::log_time;
use offdesk_actions::store::{Address, Store, StoreError, Tx};
use offdesk_actions::upkeep::verify;
use offdesk_actions::worths::list_worths;
use offdesk_import::Input;

use crate::stores::{moment, on_server, owner};

const NODES: usize = 8;

/// The tables as the migrations make them, spread by their workspace; and which of them are.
///
/// What is looked up by a secret, before anybody knows the workspace, stays whole: accounts, sessions, tokens, invitations, and the
/// list of workspaces.
fn spread(migrations: &str) -> (String, BTreeSet<String>) {
    let mut made = String::new();
    let mut spread = BTreeSet::new();
    let is_found_by_secret = |name: &str| migrations.contains(&format!("ON {name} (token_hash)"));
    for statement in migrations
        .replace(" TEXT", " TEXT COLLATE \"C\"")
        .split_inclusive(";\n")
    {
        let table = statement
            .split_once("CREATE TABLE ")
            .and_then(|(_, rest)| rest.split_once(' '))
            .map(|(name, _)| name.to_owned());
        match table {
            Some(name)
                if statement.contains("PRIMARY KEY (workspace_id")
                    && !is_found_by_secret(&name) =>
            {
                let body = statement.trim_end().trim_end_matches(';');
                made += &format!("{body} PARTITION BY HASH (workspace_id);\n");
                for node in 0..NODES {
                    made += &format!(
                        "CREATE TABLE {name}_node{node} PARTITION OF {name} FOR VALUES WITH (MODULUS {NODES}, REMAINDER {node});\n"
                    );
                }
                spread.insert(name);
            }
            _ => made += statement,
        }
    }
    (made, spread)
}

/// The steps by which the store makes its tables.
fn migrations() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../offdesk-store/migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect()
}

/// For every statement that this connection has prepared, the nodes it would ask, by table: the largest number, and the statement.
fn nodes_of_statements(
    tx: &mut Tx<'_>,
    who: &Actor,
    spread: &BTreeSet<String>,
) -> Vec<(usize, String)> {
    let workspace = who.workspace_for(Permission::See).unwrap().0;
    let known: Vec<(String, String, String)> = tx
        .query(
            "SELECT name, statement, array_to_string(parameter_types::text[], ',') FROM pg_prepared_statements \
             WHERE statement ~ '^(SELECT|UPDATE|DELETE|INSERT)' AND statement !~ 'pg_'",
            &[],
            |row| Ok((row.text(0)?, row.text(1)?, row.text(2)?)),
        )
        .unwrap();
    known
        .into_iter()
        .map(|(name, statement, types)| {
            let values: Vec<String> = types
                .split(',')
                .filter(|one| !one.is_empty())
                .map(|one| match one {
                    "uuid" => format!("'{workspace}'"),
                    "bytea" => "'\\x00'".to_owned(),
                    "boolean" => "true".to_owned(),
                    "bigint" | "integer" => "1".to_owned(),
                    _ => "'x'".to_owned(),
                })
                .collect();
            let given = if values.is_empty() {
                String::new()
            } else {
                format!("({})", values.join(","))
            };
            let plan = plan_of(tx, &format!("EXPLAIN EXECUTE {name}{given}"));
            (nodes_in(&plan, spread), statement)
        })
        .collect()
}

/// What the database would do.
fn plan_of(tx: &mut Tx<'_>, sql: &str) -> String {
    // The store takes statements that live as long as the program.
    let sql: &'static str = Box::leak(sql.to_owned().into_boxed_str());
    tx.query(sql, &[], |row| row.text(0)).unwrap().join("\n")
}

/// On how many nodes the table is asked that is asked on most.
fn nodes_in(plan: &str, spread: &BTreeSet<String>) -> usize {
    let count = |table: &String| {
        let named = |node: &usize| {
            let name = format!(" on {table}_node{node}");
            plan.match_indices(&name).any(|(at, found)| {
                let after = plan[at + found.len()..].chars().next();
                after.is_none_or(|c| !c.is_ascii_digit())
            }) || plan.contains(&format!("{table}_node{node}_"))
        };
        (0..NODES).filter(named).count()
    };
    spread.iter().map(count).max().unwrap_or(0)
}

#[test]
fn every_query_of_the_hot_pages_goes_to_one_node() {
    on_server("partitions", |url| {
        let migrations = migrations();
        let (tables, spread) = spread(&migrations.concat());
        assert!(
            spread.contains("entry") && spread.contains("wording_time"),
            "{spread:?}"
        );
        assert!(
            !spread.contains("api_token") && !spread.contains("session"),
            "{spread:?}"
        );
        let mut admin = postgres::Client::connect(url, postgres::NoTls).unwrap();
        admin
            .batch_execute(&format!(
                "{tables} CREATE TABLE migration (step BIGINT NOT NULL PRIMARY KEY); \
                 INSERT INTO migration SELECT generate_series(1, {})",
                migrations.len()
            ))
            .unwrap();
        let open = || std::sync::Arc::new(Store::open(&Address::Server(url.to_owned())).unwrap());
        // Who signs in is looked for before anybody knows the workspace, on connections of its own: what those have prepared is not
        // of the pages.
        let who = owner(&open());
        let store = open();
        let mut text = "Date,Start,End,Description,Project\n".to_owned();
        for row in 0..200 {
            text += &format!(
                "2026-03-{:02},09:00,10:00,invoices {},Office\n",
                row % 28 + 1,
                row % 5
            );
        }
        for name in ["a.csv", "b.csv"] {
            let text = text.replace("Office", name);
            let mut input = Input::memory(name.to_owned(), text.into_bytes()).unwrap();
            import_file(&store, &who, &mut input, &Choices::default(), moment(3)).unwrap();
        }
        undo_source(&store, &who, 2, moment(4)).unwrap();

        let (reader, tables) = (who.clone(), spread.clone());
        let read: Result<Vec<(usize, String)>, Error> = store
            .read(move |tx| {
                let hours = load_hours(tx, &reader, moment(5))?;
                load_week(tx, &reader)?;
                list_worths(tx, &reader)?;
                list_sources(tx, &reader)?;
                let page: serde_json::Value =
                    serde_json::from_slice(&entries_json(tx, &reader, None, 50)?).unwrap();
                let first = page["entries"][0]["id"].as_str().unwrap();
                entry_json(tx, &reader, EntryId::parse(first)?)?;
                for id in hours.rows.keys() {
                    load_activity(tx, &reader, *id)?;
                }
                // Shown to be able to fail: what knows no workspace asks all nodes.
                let all = plan_of(tx, "EXPLAIN SELECT COUNT(*) FROM entry");
                assert_eq!(nodes_in(&all, &tables), NODES, "{all}");
                Ok(nodes_of_statements(tx, &reader, &tables))
            })
            .wait();
        let (writer, tables) = (who.clone(), spread.clone());
        let written: Result<Vec<(usize, String)>, Error> = store
            .write(move |tx| {
                log_time(tx, &writer, "1h invoices", None, moment(6))?;
                let id = *load_hours(tx, &writer, moment(6))?
                    .rows
                    .keys()
                    .next()
                    .ok_or(StoreError::Missing)?;
                rename_activity(tx, &writer, id, "Billing", None, moment(6))?;
                Ok(nodes_of_statements(tx, &writer, &tables))
            })
            .wait();
        let (read, written) = (read.unwrap(), written.unwrap());
        assert!(
            read.len() > 10 && written.len() > 15,
            "{} {}",
            read.len(),
            written.len()
        );
        for (nodes, statement) in read.iter().chain(&written) {
            assert!(*nodes <= 1, "{nodes} nodes are asked by {statement}");
        }
        assert!(verify(&store).unwrap().is_clean());
    });
}
