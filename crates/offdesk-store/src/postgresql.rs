//! PostgreSQL: a few connections, each on a thread of its own, opened again where they were lost.

use std::collections::HashMap;
use std::time::Duration;

use crossbeam_channel::Receiver;
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;
use postgres::{Client, Config, NoTls, Statement};

use crate::database::Insert;
use crate::jobs::Job;
use crate::{StoreError, Tx, Value};

const OLDEST: i64 = 150_000;

/// A connection with its prepared statements.
pub struct PostgresConnection {
    client: Client,
    known: HashMap<&'static str, Statement>,
}

impl PostgresConnection {
    /// Connects and refuses a server that would lose what it has acknowledged.
    pub fn open(config: &Config) -> Result<Self, StoreError> {
        let mut config = config.clone();
        config.connect_timeout(Duration::from_secs(5));
        config.application_name("offdesk");
        let client = config.connect(NoTls)?;
        let mut this = Self {
            client,
            known: HashMap::new(),
        };
        this.client
            .batch_execute("SET statement_timeout = '60s'; SET lock_timeout = '10s'")?;
        let version: i64 = this.setting("server_version_num")?.parse().unwrap_or(0);
        if version < OLDEST {
            return Err(StoreError::Refused(
                "this PostgreSQL is too old; 15 or later is needed".to_owned(),
            ));
        }
        for name in ["synchronous_commit", "fsync", "full_page_writes"] {
            if this.setting(name)? == "off" {
                return Err(StoreError::Refused(format!(
                    "{name} is off in this PostgreSQL: it could lose what was acknowledged. Set it to on"
                )));
            }
        }
        Ok(this)
    }

    fn statement(&mut self, sql: &'static str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.known.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&numbered(sql))?;
        self.known.insert(sql, statement.clone());
        Ok(statement)
    }

    pub(crate) fn query(
        &mut self,
        sql: &'static str,
        parameters: &[Value],
    ) -> Result<Vec<postgres::Row>, StoreError> {
        let statement = self.statement(sql)?;
        Ok(self.client.query(&statement, &borrowed(parameters))?)
    }

    pub(crate) fn each(
        &mut self,
        sql: &'static str,
        parameters: &[Value],
        mut take: impl FnMut(&postgres::Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let statement = self.statement(sql)?;
        let mut rows = self.client.query_raw(&statement, parameters)?;
        while let Some(row) = rows.next()? {
            take(&row)?;
        }
        Ok(())
    }

    pub(crate) fn execute(
        &mut self,
        sql: &'static str,
        parameters: &[Value],
    ) -> Result<u64, StoreError> {
        let statement = self.statement(sql)?;
        Ok(self.client.execute(&statement, &borrowed(parameters))?)
    }

    pub(crate) fn copy_in(
        &mut self,
        insert: &Insert<'_>,
        rows: impl Iterator<Item = Vec<Value>>,
    ) -> Result<u64, StoreError> {
        let writer = self.client.copy_in(insert.copy)?;
        let mut writer = BinaryCopyInWriter::new(writer, insert.types);
        for row in rows {
            writer.write(&borrowed(&row))?;
        }
        Ok(writer.finish()?)
    }

    /// One of the server's settings.
    pub(crate) fn setting(&mut self, name: &str) -> Result<String, StoreError> {
        let row = self
            .client
            .query_one("SELECT current_setting($1)", &[&name])?;
        Ok(row.try_get(0)?)
    }

    pub(crate) fn run(&mut self, sql: &str) -> Result<(), StoreError> {
        Ok(self.client.batch_execute(sql)?)
    }
}

fn borrowed(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values
        .iter()
        .map(|value| value as &(dyn ToSql + Sync))
        .collect()
}

/// The statement with numbered parameters. No statement of ours has a question mark in a text.
fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 16);
    let mut number = 0;
    for c in sql.chars() {
        if c == '?' {
            number += 1;
            out.push('$');
            out.push_str(&number.to_string());
        } else {
            out.push(c);
        }
    }
    out
}

/// Works for whoever asks, until nobody can ask any more. `begin` opens the transaction.
pub fn serve(
    config: &Config,
    mut connection: Option<PostgresConnection>,
    begin: &str,
    jobs: &Receiver<Box<dyn Job>>,
) {
    for mut job in jobs {
        let lost = connection
            .as_ref()
            .is_none_or(|connection| connection.client.is_closed());
        if lost {
            match PostgresConnection::open(config) {
                Ok(opened) => connection = Some(opened),
                Err(error) => {
                    job.finish(Err(error));
                    continue;
                }
            }
        }
        let Some(open) = connection.as_mut() else {
            continue;
        };
        // A connection that was lost since its last work is noticed here, before anything is done: a new one takes its place.
        let begun = open.run(begin).or_else(|_| {
            *open = PostgresConnection::open(config)?;
            open.run(begin)
        });
        let outcome = begun.and_then(|()| run_one(open, job.as_mut()));
        if matches!(
            outcome,
            Err(StoreError::Unavailable(_) | StoreError::Unknown(_))
        ) {
            connection = None;
        }
        job.finish(outcome);
    }
}

fn run_one(connection: &mut PostgresConnection, job: &mut dyn Job) -> Result<(), StoreError> {
    let done = job.run(&mut Tx::Postgres(connection));
    if done.is_ok() && job.is_kept() {
        connection.run("COMMIT").map_err(|error| match error {
            StoreError::Unavailable(why) => StoreError::Unknown(why),
            other => other,
        })
    } else {
        // A lost connection has undone it already.
        let undone = connection.run("ROLLBACK");
        done.and(undone)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn parameters_are_numbered_in_order() {
        assert_eq!(
            super::numbered("a = ? AND (b, c) < (?, ?)"),
            "a = $1 AND (b, c) < ($2, $3)"
        );
    }
}
