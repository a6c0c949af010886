//! Encodings by the ladder: byte order mark, then UTF-8, then Windows-1252.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A byte order mark at the start, with its length.
#[must_use]
pub fn byte_order_mark(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(bytes)
}

/// Whether the text is UTF-16, by its mark.
#[must_use]
pub fn is_utf16(bytes: &[u8]) -> bool {
    byte_order_mark(bytes).is_some_and(|(encoding, _)| encoding == UTF_16LE || encoding == UTF_16BE)
}

/// The beginning of a file as text, good enough to tell its format by.
#[must_use]
pub fn head_text(bytes: &[u8]) -> Cow<'_, str> {
    encoding_rs::UTF_8.decode(bytes).0
}

/// A line or record as text: UTF-8 where it is, else Windows-1252. The flag tells that it was the latter.
#[must_use]
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), false),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0, true),
    }
}
