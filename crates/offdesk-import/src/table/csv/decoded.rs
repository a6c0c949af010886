//! The text of a block, and the control characters in it.

use std::borrow::Cow;

use super::{Block, Dialect, Marks};
use crate::problem::Problem;
use crate::text::encoding;

/// The text of a block, and what was noticed in it.
#[derive(Debug)]
pub struct BlockText<'b> {
    /// UTF-8 as it stands, else record by record by the ladder.
    pub text: Cow<'b, str>,
    /// The first line that was read as Windows-1252.
    pub foreign: Option<u64>,
}

/// The text of a block.
pub fn text_of(block: &Block, dialect: Dialect) -> BlockText<'_> {
    if let Ok(text) = simdutf8::basic::from_utf8(&block.bytes) {
        return BlockText {
            text: Cow::Borrowed(text),
            foreign: None,
        };
    }
    let mut text = String::with_capacity(block.bytes.len() + block.bytes.len() / 8);
    let mut first = None;
    let pieces = block.bytes.split_inclusive(|byte| *byte == dialect.end);
    for (line, piece) in (block.first_line..).zip(pieces) {
        let (decoded, foreign) = encoding::decode(piece);
        if foreign && first.is_none() {
            first = Some(line);
        }
        text.push_str(&decoded);
    }
    BlockText {
        text: Cow::Owned(text),
        foreign: first,
    }
}

/// The lines of a block with control characters; none where its marks have met none.
///
/// # Errors
/// `import.control_char` for a NUL.
pub fn controls_in(
    block: &Block,
    dialect: Dialect,
    marks: Option<&Marks>,
) -> Result<Vec<u64>, Problem> {
    let mut lines = Vec::new();
    if marks.is_some_and(|marks| !marks.has_control) {
        return Ok(lines);
    }
    for (line, piece) in (block.first_line..).zip(block.bytes.split(|byte| *byte == dialect.end)) {
        if piece.contains(&0) {
            let message = "there is a NUL character in this row";
            return Err(Problem::fatal("import.control_char", message)
                .at(line)
                .hint("save the file as UTF-8 text"));
        }
        if piece.iter().any(is_control) {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// Whether a byte is a control character that is no tab or part of a line's end.
pub(super) fn is_control(byte: &u8) -> bool {
    *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')
}
