//! Encodings by the ladder: byte order mark, then UTF-8, then Windows-1252.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

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
    UTF_8.decode(bytes).0
}

/// A line or record as text: UTF-8 where it is, else Windows-1252. The flag tells that it was the latter.
#[must_use]
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), false),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0, true),
    }
}

/// A whole file as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a mark.
    pub text: String,
    /// What it was written in.
    pub encoding: &'static str,
    /// Whether some of it is nothing in that encoding, and was replaced.
    pub is_damaged: bool,
}

/// A whole file as text, by the ladder: its mark; UTF-16 by the NULs of its first two characters, which no text without
/// them begins with; strict UTF-8; Windows-1252.
#[must_use]
pub fn decode_whole(bytes: Vec<u8>) -> Decoded {
    let by_nuls = match bytes.as_slice() {
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some(UTF_16LE),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some(UTF_16BE),
        _ => None,
    };
    let said = byte_order_mark(&bytes)
        .map(|(encoding, _)| encoding)
        .or(by_nuls);
    if let Some(encoding) = said {
        let (text, _, is_damaged) = encoding.decode(&bytes);
        return Decoded {
            text: text.into_owned(),
            encoding: encoding.name(),
            is_damaged,
        };
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded {
            text,
            encoding: UTF_8.name(),
            is_damaged: false,
        },
        Err(other) => Decoded {
            text: WINDOWS_1252
                .decode_without_bom_handling(other.as_bytes())
                .0
                .into_owned(),
            encoding: "Windows-1252",
            is_damaged: false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_files_by_the_ladder() {
        let utf16 = |mark: &[u8], to: fn(u16) -> [u8; 2]| {
            let units = "{\"é\": 1}".encode_utf16().flat_map(to);
            [mark.to_vec(), units.collect()].concat()
        };
        for (bytes, encoding) in [
            ("{\"é\": 1}".as_bytes().to_vec(), "UTF-8"),
            ("\u{feff}{\"é\": 1}".as_bytes().to_vec(), "UTF-8"),
            (utf16(&[0xff, 0xfe], u16::to_le_bytes), "UTF-16LE"),
            (utf16(&[0xfe, 0xff], u16::to_be_bytes), "UTF-16BE"),
            (utf16(&[], u16::to_le_bytes), "UTF-16LE"),
            (utf16(&[], u16::to_be_bytes), "UTF-16BE"),
            (b"{\"\xe9\": 1}".to_vec(), "Windows-1252"),
        ] {
            let decoded = decode_whole(bytes);
            assert_eq!(decoded.text, "{\"é\": 1}", "{encoding}");
            assert_eq!((decoded.encoding, decoded.is_damaged), (encoding, false));
        }
        assert!(decode_whole(vec![0xff, 0xfe, 0x00, 0xd8, 0x31, 0x00]).is_damaged);
        assert_eq!(decode_whole(Vec::new()).text, "");
    }
}
