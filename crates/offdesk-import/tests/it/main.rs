//! Tests of the importers: every sample read and held against its snapshot, bad input, properties.

#[cfg(test)]
mod collect;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod trackers;
