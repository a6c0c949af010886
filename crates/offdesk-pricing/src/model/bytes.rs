//! Numbers and their tables in the bytes of a model's file.

/// Features are found by the first bits of their numbers.
pub(super) const DIRECTORY_BITS: u32 = 16;

/// Where the features begin whose numbers have the same first bits.
pub(super) fn directory(bytes: &[u8], numbers_at: usize, features: usize) -> Vec<u32> {
    let numbers = bytes.get(numbers_at..numbers_at + features * 4);
    let mut counts = vec![0_u32; (1 << DIRECTORY_BITS) + 1];
    for number in numbers.unwrap_or_default().as_chunks::<4>().0 {
        let bucket = u32::from_le_bytes(*number) >> (32 - DIRECTORY_BITS);
        let next = usize::try_from(bucket)
            .ok()
            .and_then(|at| counts.get_mut(at + 1));
        if let Some(count) = next {
            *count += 1;
        }
    }
    let mut sum = 0;
    for count in &mut counts {
        sum += *count;
        *count = sum;
    }
    counts
}

/// Where the postings of each feature begin, and at last their end, from their lengths.
pub(super) fn postings(bytes: &[u8], lengths_at: usize, features: usize) -> Vec<u32> {
    let lengths = bytes.get(lengths_at..lengths_at + features * 2);
    let mut sum = 0_u32;
    let mut bounds = Vec::with_capacity(features + 1);
    bounds.push(0);
    for length in lengths.unwrap_or_default().as_chunks::<2>().0 {
        sum = sum.saturating_add(u32::from(u16::from_le_bytes(*length)));
        bounds.push(sum);
    }
    bounds
}

/// A number that changes with any change of the bytes, made of eight bytes at a time.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u64 {
    let (blocks, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mut sum = 0x9e37_79b9_7f4a_7c15_u64 ^ u64::try_from(bytes.len()).unwrap_or(0);
    for block in blocks.iter().chain([&last]) {
        sum = (sum ^ u64::from_le_bytes(*block)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        sum ^= sum >> 31;
    }
    sum
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let part = bytes.get(at..at + 4).and_then(|part| part.try_into().ok());
    part.map_or(0, u32::from_le_bytes)
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    let part = bytes.get(at..at + 2).and_then(|part| part.try_into().ok());
    part.map_or(0, u16::from_le_bytes)
}

pub(super) fn f32_at(bytes: &[u8], at: usize) -> f32 {
    f32::from_bits(u32_at(bytes, at))
}
