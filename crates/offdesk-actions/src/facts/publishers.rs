//! The publishers' tables: which columns they have, and what a row says.

mod earnings;
mod oews;
mod onet;
mod rates;

use offdesk_import::Problem;
use offdesk_import::rows::TextRow;

use self::earnings::{Ashe, Ilostat};
use self::oews::Oews;
use self::onet::Onet;
pub(super) use self::onet::{Release, settle, source_of};
use self::rates::{Ecb, Fed, Powers};
use super::{Imported, Stated};

/// A table whose columns are known.
pub(super) enum Publisher {
    Oews(Oews),
    Ilostat(Ilostat),
    Ashe(Ashe),
    Powers(Powers),
    Ecb(Ecb),
    Fed(Fed),
    Onet(Onet),
}

impl Publisher {
    /// The publisher of a table with these names of columns; `title` is what stood above them.
    pub(super) fn of(
        cells: &[String],
        title: &str,
        path: &str,
        stated: &Stated,
    ) -> Result<Option<Self>, Problem> {
        let names = Names(cells.iter().map(|cell| cell.to_lowercase()).collect());
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let year = stated.year;
        if names.has("o*net-soc code") {
            let table = Onet::new(&names, path, stated.release.as_deref())?;
            return Ok(table.map(Self::Onet));
        }
        if names.has("occ_code") {
            return Oews::new(&names, file, year).map(|table| Some(Self::Oews(table)));
        }
        if names.has("obs_value") && names.has("ref_area") {
            return Ilostat::new(&names, file).map(|table| Some(Self::Ilostat(table)));
        }
        if names.has("country code") && names.has("indicator code") {
            return Ok(Some(Self::Powers(Powers::new(&names))));
        }
        if names.has("description") && names.has("code") && names.has("median") {
            return Ashe::new(&names, title, year).map(|table| Some(Self::Ashe(table)));
        }
        if names.0.first().is_some_and(|name| name == "date") && names.has("usd") {
            return Ok(Some(Self::Ecb(Ecb::new(cells))));
        }
        if names.0.first().is_some_and(|name| name == "time period") {
            return Ok(Fed::new(cells).map(Self::Fed));
        }
        Ok(None)
    }

    /// Publisher and publication, for people.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Oews(table) => table.source(),
            Self::Ilostat(_) => "ILOSTAT, mean monthly earnings of employees".to_owned(),
            Self::Ashe(table) => table.source(),
            Self::Powers(_) => "World Bank, PPP conversion factor".to_owned(),
            Self::Ecb(_) => "European Central Bank, reference rates".to_owned(),
            Self::Fed(_) => "Federal Reserve H.10".to_owned(),
            Self::Onet(table) => table.source(),
        }
    }

    /// Takes a row below the names.
    pub(super) fn row(&mut self, row: TextRow<'_>, imported: &mut Imported) {
        match self {
            Self::Oews(table) => table.row(row, imported),
            Self::Ilostat(table) => table.row(row, imported),
            Self::Ashe(table) => table.row(row, imported),
            Self::Powers(table) => table.row(row, imported),
            Self::Ecb(table) => table.row(row),
            Self::Fed(table) => table.row(row),
            Self::Onet(table) => table.row(row, imported),
        }
    }

    /// Ends the table.
    pub(super) fn end(self, imported: &mut Imported) {
        match self {
            Self::Ilostat(table) => table.end(imported),
            Self::Ecb(table) => table.end(imported),
            Self::Fed(table) => table.end(imported),
            Self::Oews(_) | Self::Ashe(_) | Self::Powers(_) | Self::Onet(_) => {}
        }
    }
}

/// Names of columns in lower case.
pub(super) struct Names(Vec<String>);

impl Names {
    /// Where a column stands that has a name, or begins with it and a dot (`ref_area.label`).
    fn find(&self, name: &str) -> Option<usize> {
        let is_it = |known: &String| {
            let rest = known.strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.0
            .iter()
            .position(|known| known == name)
            .or_else(|| self.0.iter().position(is_it))
    }

    fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// A column that has to be there.
    fn need(&self, name: &str) -> Result<usize, Problem> {
        self.find(name).ok_or_else(|| {
            let there: Vec<&str> = self.0.iter().take(40).map(String::as_str).collect();
            let message = format!("this table has no column \"{name}\"");
            Problem::fatal("facts.columns", message)
                .hint(format!("the columns are: {}", there.join(", ")))
        })
    }
}

/// A cell of a row; empty where the row is shorter.
fn cell<'r>(row: &TextRow<'r>, at: usize) -> &'r str {
    row.cells.get(at).map_or("", |cell| cell.trim())
}

/// A number as it is published, without the commas between thousands; above 0.
pub(super) fn figure(text: &str) -> Option<f64> {
    let number: f64 = text.replace(',', "").parse().ok()?;
    (number.is_finite() && number > 0.0).then_some(number)
}

/// Whether a publisher holds a figure back, or has none.
fn is_held_back(text: &str) -> bool {
    matches!(text, "*" | "**" | "#" | "x" | ".." | ":" | "-" | "~" | "")
}

/// A year of four digits in a text.
fn year_in(text: &str) -> Option<u16> {
    let bytes = text.as_bytes();
    bytes.windows(4).enumerate().find_map(|(at, four)| {
        let is_digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
        let is_alone = !is_digit(at.checked_sub(1).and_then(|at| bytes.get(at)))
            && !is_digit(bytes.get(at + 4));
        let year: u16 = std::str::from_utf8(four).ok()?.parse().ok()?;
        (is_alone && (1990..=2100).contains(&year)).then_some(year)
    })
}
