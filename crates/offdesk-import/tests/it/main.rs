//! Tests of the importers: every sample read and held against its snapshot, bad input, properties.

#[cfg(test)]
mod collect;
#[cfg(test)]
mod documents;
mod ics;
#[cfg(test)]
mod plain_text;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod table_properties;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod trackers;
#[cfg(test)]
mod workbooks;
