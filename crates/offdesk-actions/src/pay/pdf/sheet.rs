//! Pages of A4 with texts and lines on them, and the file they are put into.

use std::fmt::Write as _;

use super::font::{cut, width, written};

/// Height and width of a page in points.
const HEIGHT: i64 = 842;
const WIDTH: i64 = 595;
/// Where the first line stands, and the lowest place of a line.
const TOP: i64 = 785;
const BOTTOM: i64 = 60;

/// Which font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Plain,
    Bold,
}

/// Where a text stands on its line.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// From here on, up to an end.
    From(i64, i64),
    /// Up to here.
    UpTo(i64),
}

impl Place {
    pub(super) fn left(x: i64) -> Self {
        Self::From(x, WIDTH)
    }

    pub(super) fn within(x: i64, end: i64) -> Self {
        Self::From(x, end)
    }

    pub(super) fn right(x: i64) -> Self {
        Self::UpTo(x)
    }
}

/// Pages that are written from the top down.
pub(super) struct Sheets {
    title: String,
    pages: Vec<Vec<u8>>,
    y: i64,
    has_respelt: bool,
}

impl Sheets {
    pub(super) fn new(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            pages: vec![Vec::new()],
            y: TOP,
            has_respelt: false,
        }
    }

    /// Whether no line fits on the page any more.
    pub(super) fn is_full(&self) -> bool {
        self.y < BOTTOM
    }

    /// Whether a sum with what belongs to it would be torn apart.
    pub(super) fn is_almost_full(&self) -> bool {
        self.y < BOTTOM + 90
    }

    /// Whether a text was written as it sounds.
    pub(super) fn has_respelt(&self) -> bool {
        self.has_respelt
    }

    pub(super) fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    pub(super) fn down(&mut self, points: i64) {
        self.y -= points;
    }

    /// Whether a text in a size is written whole at a place.
    pub(super) fn fits(&self, place: Place, size: i64, text: &str) -> bool {
        match place {
            Place::From(x, end) => width(&written(text).bytes) <= (end - x) * 1000 / size,
            Place::UpTo(_) => true,
        }
    }

    /// Writes a text in a size in points.
    pub(super) fn write(&mut self, place: Place, size: i64, weight: Weight, text: &str) {
        let line = written(text);
        self.has_respelt |= line.is_respelt;
        // Bold letters are a little wider; digits, and the capitals of most currencies, are not.
        let wide = |bytes: &[u8]| width(bytes) * size;
        let (x, bytes) = match place {
            Place::From(x, end) => (x * 1000, cut(&line.bytes, (end - x) * 1000 / size)),
            Place::UpTo(x) => (x * 1000 - wide(&line.bytes), line.bytes),
        };
        let font = if weight == Weight::Bold { "F2" } else { "F1" };
        let mut out = format!(
            "BT /{font} {size} Tf {}.{:03} {} Td (",
            x / 1000,
            x.rem_euclid(1000),
            self.y
        )
        .into_bytes();
        for byte in bytes {
            if matches!(byte, b'(' | b')' | b'\\') {
                out.push(b'\\');
            }
            out.push(byte);
        }
        out.extend_from_slice(b") Tj ET\n");
        self.add(&out);
    }

    /// Draws a thin line below what was written.
    pub(super) fn rule(&mut self, from: i64, to: i64) {
        let line = format!("0.5 w {from} {0} m {to} {0} l S\n", self.y);
        self.add(line.as_bytes());
    }

    fn add(&mut self, bytes: &[u8]) {
        if let Some(page) = self.pages.last_mut() {
            page.extend_from_slice(bytes);
        }
    }

    /// The file.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let count = self.pages.len();
        for (place, page) in self.pages.iter_mut().enumerate() {
            let number = format!("BT /F1 8 Tf 500 35 Td ({} / {count}) Tj ET\n", place + 1);
            page.extend_from_slice(number.as_bytes());
        }
        let mut file = File::new();
        let kids: Vec<String> = (0..count).map(|at| format!("{} 0 R", 6 + 2 * at)).collect();
        file.object(b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>");
        file.object(
            format!(
                "<< /Type /Pages /Count {count} /Kids [{}] >>",
                kids.join(" ")
            )
            .as_bytes(),
        );
        for font in ["Helvetica", "Helvetica-Bold"] {
            let font = format!(
                "<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
            );
            file.object(font.as_bytes());
        }
        file.object(&information(&self.title));
        for (place, page) in self.pages.iter().enumerate() {
            let sheet = format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {} 0 R \
                 /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
                7 + 2 * place
            );
            file.object(sheet.as_bytes());
            let mut stream = format!("<< /Length {} >>\nstream\n", page.len()).into_bytes();
            stream.extend_from_slice(page);
            stream.extend_from_slice(b"\nendstream");
            file.object(&stream);
        }
        file.finish()
    }
}

/// What the file says of itself: its title in UTF-16, so in any script.
fn information(title: &str) -> Vec<u8> {
    let mut text = "<< /Title <FEFF".to_owned();
    for unit in title.encode_utf16() {
        // Writing into a text does not fail.
        let _ = write!(text, "{unit:04X}");
    }
    text += "> /Producer (offdesk) >>";
    text.into_bytes()
}

/// Objects one after the other, and where each begins.
struct File {
    bytes: Vec<u8>,
    starts: Vec<usize>,
}

impl File {
    fn new() -> Self {
        Self {
            bytes: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            starts: Vec::new(),
        }
    }

    fn object(&mut self, body: &[u8]) {
        self.starts.push(self.bytes.len());
        let number = self.starts.len();
        self.bytes
            .extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        self.bytes.extend_from_slice(body);
        self.bytes.extend_from_slice(b"\nendobj\n");
    }

    fn finish(mut self) -> Vec<u8> {
        let start = self.bytes.len();
        let count = self.starts.len() + 1;
        let mut end = format!("xref\n0 {count}\n0000000000 65535 f \n");
        for start in &self.starts {
            // Writing into a text does not fail.
            let _ = writeln!(end, "{start:010} 00000 n ");
        }
        let _ = write!(
            end,
            "trailer\n<< /Size {count} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n"
        );
        self.bytes.extend_from_slice(end.as_bytes());
        self.bytes
    }
}
