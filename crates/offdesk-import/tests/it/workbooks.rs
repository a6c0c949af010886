//! XLSX workbooks: typed cells, both numberings of days, merged cells, several sheets, and hostile archives.

use std::io::{Cursor, Write as _};

use offdesk_import::{Input, Problem, Report};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::write::SimpleFileOptions;

use crate::collect::{self, Collect, fatal};

type Result = std::result::Result<(Report, Collect), Problem>;

fn read(bytes: Vec<u8>, args: &str) -> Result {
    Input::memory("hours.xlsx", bytes)
        .and_then(|mut input| collect::read(&mut input, &collect::options(args)))
}

fn date(text: &str) -> ExcelDateTime {
    ExcelDateTime::parse_from_str(text).unwrap()
}

/// A timesheet with typed cells below a merged title; the dates shown in a way that would mislead.
fn timesheet() -> Vec<u8> {
    let mut book = Workbook::new();
    let notes = book.add_worksheet();
    notes.set_name("Notes").unwrap();
    notes.write(0, 0, "Printed on").unwrap();
    notes
        .write_with_format(
            0,
            1,
            date("2026-03-01"),
            &Format::new().set_num_format("dd/mm/yy"),
        )
        .unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Times").unwrap();
    let day = Format::new().set_num_format("dd/mm/yy");
    let clock = Format::new().set_num_format("h:mm");
    let length = Format::new().set_num_format("[h]:mm");
    sheet
        .merge_range(0, 0, 0, 5, "Hours of Noor", &Format::new())
        .unwrap();
    for (column, name) in ["Date", "From", "To", "Duration", "Project", "Notes"]
        .iter()
        .enumerate()
    {
        sheet
            .write(2, u16::try_from(column).unwrap(), *name)
            .unwrap();
    }
    sheet
        .write_with_format(3, 0, date("2026-02-12"), &day)
        .unwrap();
    sheet
        .write_with_format(3, 1, date("08:15:00"), &clock)
        .unwrap();
    sheet
        .write_with_format(3, 2, date("09:40:00"), &clock)
        .unwrap();
    sheet
        .write_with_format(3, 3, 85.0 / 1440.0, &length)
        .unwrap();
    sheet.write(3, 4, "Halden").unwrap();
    sheet.write(3, 5, "Quote,\n\"north\"").unwrap();
    // A date merged over two rows, the second without a text.
    sheet.merge_range(4, 0, 5, 0, "", &day).unwrap();
    sheet
        .write_with_format(4, 0, date("2026-02-13"), &day)
        .unwrap();
    sheet
        .write_formula_with_format(
            4,
            3,
            Formula::new("=1/24").set_result("0.0416666666666667"),
            &length,
        )
        .unwrap();
    sheet.write(4, 4, "Halden").unwrap();
    sheet.write_with_format(5, 3, 1.5 / 24.0, &length).unwrap();
    sheet.write(5, 4, "Borg").unwrap();
    sheet
        .write_formula(7, 0, Formula::new("=B99").set_result("#REF!"))
        .unwrap();
    sheet.write_with_format(7, 3, 1.0 / 24.0, &length).unwrap();
    sheet
        .write_with_format(8, 0, date("2026-02-14"), &day)
        .unwrap();
    sheet.write_with_format(8, 3, 30.0 / 24.0, &length).unwrap();
    sheet.write(9, 0, "Total").unwrap();
    sheet.write_with_format(9, 3, 3.0 / 24.0, &length).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn typed_cells() {
    insta::assert_snapshot!(collect::written_out(read(timesheet(), "")));
}

#[test]
fn decimal_numbers_and_day_numbers_since_1904() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["Date", "Hours", "Notes"].iter().enumerate() {
        sheet
            .write(0, u16::try_from(column).unwrap(), *name)
            .unwrap();
    }
    let day = Format::new().set_num_format("d.m.yyyy");
    sheet.write_with_format(1, 0, 46_065.0, &day).unwrap();
    sheet.write(1, 1, 1.234).unwrap();
    sheet.write(1, 2, "a").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let (_, collect) = read(bytes.clone(), "").unwrap();
    assert_eq!(collect.lines, ["   2  2026-02-12  4442 s | text=a"]);
    // The same numbers in a workbook that counts from 1904.
    let bytes = with_part(&bytes, "xl/workbook.xml", |text| {
        assert!(text.contains("<workbookPr "), "{text}");
        text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
    });
    let (_, collect) = read(bytes, "").unwrap_or_else(|problem| panic!("{problem:?}"));
    assert!(collect.lines.is_empty(), "2030 is more than a year ahead");
    let (report, _) = read(
        with_part(&book_of_day(44_603.0), "xl/workbook.xml", |text| {
            text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
        }),
        "",
    )
    .unwrap();
    assert_eq!(
        report.days.map(|(day, _)| day.to_string()),
        Some("2026-02-12".to_owned())
    );
}

fn book_of_day(number: f64) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["Date", "Hours", "Notes"].iter().enumerate() {
        sheet
            .write(0, u16::try_from(column).unwrap(), *name)
            .unwrap();
    }
    sheet
        .write_with_format(1, 0, number, &Format::new().set_num_format("d.m.yyyy"))
        .unwrap();
    sheet.write(1, 1, 1).unwrap();
    sheet.write(1, 2, "a").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn grids_and_memory() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Week of").unwrap();
    sheet
        .write_with_format(
            0,
            1,
            date("2026-02-09"),
            &Format::new().set_num_format("d mmm"),
        )
        .unwrap();
    for (column, name) in ["Project", "Mon", "Tue", "Wed", "Thu", "Fri", "Total"]
        .iter()
        .enumerate()
    {
        sheet
            .write(2, u16::try_from(column).unwrap(), *name)
            .unwrap();
    }
    sheet.write(3, 0, "Quotes").unwrap();
    sheet.write(3, 2, 1.5).unwrap();
    sheet.write(3, 6, 1.5).unwrap();
    let (_, collect) = read(book.save_to_buffer().unwrap(), "").unwrap();
    assert_eq!(collect.lines, ["   4  2026-02-10  5400 s | project=Quotes"]);
}

#[test]
fn several_sheets() {
    let mut book = Workbook::new();
    for (name, days) in [("January", 3), ("February", 5), ("Holidays", 1)] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (column, name) in ["Date", "Hours", "Notes"].iter().enumerate() {
            sheet
                .write(0, u16::try_from(column).unwrap(), *name)
                .unwrap();
        }
        for row in 1..=days {
            sheet
                .write_with_format(
                    row,
                    0,
                    46_060.0 + f64::from(row),
                    &Format::new().set_num_format("d.m.yyyy"),
                )
                .unwrap();
            sheet.write(row, 1, 1).unwrap();
            sheet.write(row, 2, name).unwrap();
        }
    }
    let (report, collect) = read(book.save_to_buffer().unwrap(), "").unwrap();
    assert!(
        collect
            .lines
            .iter()
            .all(|line| line.ends_with("text=February"))
            && collect.lines.len() == 5
    );
    let note = report
        .problems
        .iter()
        .find(|p| p.code == "import.other_sheets")
        .unwrap();
    assert!(
        note.message.contains("\"January\"") && !note.message.contains("Holidays"),
        "{note}"
    );
}

/// An archive with one part's text changed.
fn with_part(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let part_name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).unwrap();
        if part_name == name {
            content = change(std::str::from_utf8(&content).unwrap()).into_bytes();
        }
        new.start_file(part_name, SimpleFileOptions::default())
            .unwrap();
        new.write_all(&content).unwrap();
    }
    new.finish().unwrap().into_inner()
}

fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        new.start_file(*name, stored).unwrap();
        new.write_all(content).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn no_workbook() {
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
    fatal(
        read(zip_of(&[types, ("word/document.xml", b"<x/>")]), ""),
        "import.not_csv",
    );
    let ods: (&str, &[u8]) = (
        "mimetype",
        b"application/vnd.oasis.opendocument.spreadsheet",
    );
    fatal(
        read(zip_of(&[ods, ("content.xml", b"<x/>")]), ""),
        "import.not_csv",
    );
    fatal(read(zip_of(&[types]), ""), "import.unknown_format");
    fatal(
        read(zip_of(&[("a.txt", b"a")]), ""),
        "import.unknown_format",
    );
    fatal(
        read(zip_of(&[types, ("xl/workbook.xml", b"")]), ""),
        "import.workbook",
    );
    let mut book = Workbook::new();
    book.add_worksheet();
    fatal(read(book.save_to_buffer().unwrap(), ""), "import.no_sheet");
}

#[test]
fn cut_short_or_changed_anywhere() {
    let whole = timesheet();
    for length in (0..whole.len()).step_by(97) {
        let result = read(whole[..length].to_vec(), "");
        assert!(result.is_err(), "{length} of {} bytes", whole.len());
    }
    for at in (0..whole.len()).step_by(61) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x41;
        // An answer of any kind, but no panic.
        drop(read(bytes, ""));
    }
}

#[test]
fn hostile_archives() {
    let good = timesheet();
    let times = "xl/worksheets/sheet2.xml";
    // A sheet of nothing but blanks, 300 MiB of it.
    let blanks = with_part(&good, times, |_| " ".repeat(300 << 20));
    fatal(read(blanks, ""), "import.zip_bomb");
    let long = with_part(&good, times, |text| {
        text.replace(
            "<sheetData>",
            &format!("<sheetData>{}", " ".repeat(2 << 20)),
        )
    });
    fatal(read(long, ""), "import.zip_bomb");
    let many = with_part(&good, "xl/sharedStrings.xml", |_| {
        format!(
            "<sst uniqueCount=\"1\">{}</sst>",
            "<si><t/></si>".repeat(4_000_000)
        )
    });
    fatal(read(many, ""), "import.zip_bomb");
    let announced = with_part(&good, "xl/sharedStrings.xml", |text| {
        text.replace("uniqueCount=\"", "uniqueCount=\"99999999999")
    });
    fatal(read(announced, ""), "import.zip_bomb");
    let styles = with_part(&good, "xl/styles.xml", |text| {
        text.replace("<cellXfs", &format!("{}<cellXfs", "<a/>".repeat(500_000)))
    });
    fatal(read(styles, ""), "import.zip_bomb");
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
    fatal(
        read(zip_of(&[types, ("xl/../../etc/passwd", b"a")]), ""),
        "import.zip_bomb",
    );
    let parts: Vec<String> = (0..10_001).map(|number| format!("xl/{number}")).collect();
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|name| (name.as_str(), b"".as_slice()))
        .collect();
    fatal(read(zip_of(&parts), ""), "import.zip_bomb");
}

#[test]
fn a_sheet_of_two_far_cells() {
    let far = with_part(&book_of_day(46_065.0), "xl/worksheets/sheet1.xml", |text| {
        let end = "</row></sheetData>";
        assert!(text.contains(end), "{text}");
        let text = text.replace(
            end,
            "</row><row r=\"1048576\"><c r=\"A1048576\" t=\"str\"><v>x</v></c></row></sheetData>",
        );
        let from = text.find("<dimension").unwrap();
        let to = text[from..].find("/>").unwrap() + from;
        format!(
            "{}<dimension ref=\"A1:XFD1048576\"{}",
            &text[..from],
            &text[to..]
        )
    });
    let (report, _) = read(far, "").unwrap();
    assert_eq!((report.entries, report.bad), (1, 1));
    let wide = with_part(&book_of_day(46_065.0), "xl/worksheets/sheet1.xml", |text| {
        text.replace(
            "</row></sheetData>",
            "<c r=\"XFD2\" t=\"str\"><v>x</v></c></row></sheetData>",
        )
    });
    fatal(read(wide, ""), "import.too_wide");
}

#[test]
fn a_format_named_by_the_user() {
    let (report, _) = read(timesheet(), "format=table").unwrap();
    assert_eq!(report.format, "table");
}
