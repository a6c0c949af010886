//! Tests of the importers: every sample read and held against its snapshot, bad input, properties.

mod collect;
mod ics;
mod plain_text;
mod samples;
mod table_properties;
mod tables;
mod workbooks;
