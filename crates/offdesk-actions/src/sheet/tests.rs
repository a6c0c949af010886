//! Tables as a spreadsheet reads them: cells of their kind, and no text that is run.

use std::io::Read as _;

use calamine::{Data, Reader as _, Xlsx};

use super::*;

const NOW: Timestamp = Timestamp::constant(1_793_000_000, 0);

fn table(cells: Vec<Cell>) -> Table {
    Table {
        name: "test",
        columns: &["a", "b"],
        rows: vec![cells],
    }
}

fn money(text: &str) -> Cell {
    let (amount, currency) = text.split_once(' ').unwrap();
    Cell::Money(Money::new(
        amount.parse().unwrap(),
        currency.parse().unwrap(),
    ))
}

/// The first row below the names, as a spreadsheet reads it.
fn read(table: &Table) -> Vec<Data> {
    let bytes = table.to_xlsx(NOW).unwrap();
    let mut workbook = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = workbook.worksheet_range("test").unwrap();
    range.rows().nth(1).unwrap().to_vec()
}

/// The number in a cell; of a day the days since the last of 1899.
fn number_of(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(number) => Some(*number),
        Data::DateTime(day) => Some(day.as_f64()),
        _ => None,
    }
}

/// A part of the file as it lies in it.
fn part(table: &Table, name: &str) -> String {
    let bytes = table.to_xlsx(NOW).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn numbers_amounts_and_days_are_cells_of_their_kind() {
    let row = table(vec![
        Cell::number(12),
        Cell::Number("7.125".parse().unwrap()),
        money("1234.50 EUR"),
        money("-9 JPY"),
        money("0.005 KWD"),
        Cell::Day(Day::from_date(jiff::civil::date(2026, 11, 2))),
        Cell::Empty,
        Cell::text("Ольга"),
    ]);
    let cells = read(&row);
    let numbers: Vec<Option<f64>> = cells.iter().map(number_of).collect();
    assert_eq!(
        numbers[..5],
        [
            Some(12.0),
            Some(7.125),
            Some(1234.5),
            Some(-9.0),
            Some(0.005)
        ]
    );
    assert!(matches!(&cells[5], Data::DateTime(_)), "{:?}", cells[5]);
    // Days since the last of 1899.
    assert_eq!(numbers[5], Some(46_328.0));
    assert_eq!(cells[6], Data::Empty);
    assert_eq!(cells[7], Data::String("Ольга".to_owned()));
    let styles = part(&row, "xl/styles.xml");
    for shown in [
        r"#,##0.00\ [$EUR]",
        r"#,##0\ [$JPY]",
        r"#,##0.000\ [$KWD]",
        r"yyyy\-mm\-dd",
    ] {
        assert!(styles.contains(shown), "{shown} is not in {styles}");
    }
}

/// Hours were plain numbers or texts, which no spreadsheet shows or adds up as times.
#[test]
fn lengths_of_time_are_times() {
    let times = [Seconds(5_400), Seconds(5_405), Seconds(360_000), Seconds(0)];
    let mut cells: Vec<Cell> = times.map(Cell::Clock).into();
    cells.extend(times.map(Cell::Seconds));
    cells.push(Cell::Hours("1.5".parse().unwrap()));
    cells.push(Cell::Clock(Seconds(-5_400)));
    let row = table(cells);
    let read = read(&row);
    let hours = |cell: &Data| match cell {
        Data::DateTime(time) if time.is_duration() => Some((time.as_f64() * 86_400.0).round()),
        _ => None,
    };
    let found: Vec<Option<f64>> = read.iter().map(hours).collect();
    let times = [Some(5_400.0), Some(5_405.0), Some(360_000.0), Some(0.0)];
    assert_eq!(found[..4], times);
    assert_eq!(found[4..8], times);
    assert_eq!(found[8], Some(5_400.0));
    assert_eq!(read[9], Data::String("-1:30:00".to_owned()));
    let styles = part(&row, "xl/styles.xml");
    assert!(styles.contains("[h]:mm:ss"), "{styles}");
    let csv = row.to_csv();
    let line = "1:30:00,1:30:05,100:00:00,0:00:00,5400,5405,360000,0,1.5,";
    assert!(csv.contains(line), "{csv}");
}

#[test]
fn no_text_is_a_formula() {
    let evil = [
        "=1+1",
        "=HYPERLINK(\"http://x\",\"y\")",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "＝1",
        "{=1}",
        "http://example.com",
        "mailto:a@example.com",
        "1.5",
        "TRUE",
        "<f>1</f>",
    ];
    let row = table(evil.into_iter().map(Cell::text).collect());
    for (cell, text) in read(&row).iter().zip(evil) {
        assert_eq!(*cell, Data::String(text.to_owned()));
    }
    let sheet = part(&row, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
    assert!(!sheet.contains("hyperlink"), "{sheet}");
    // In CSV they are guarded.
    assert!(row.to_csv().contains("\n'=1+1,"));
}

#[test]
fn what_a_workbook_cannot_keep_exactly_is_a_text() {
    let row = table(vec![
        money("9999999999999.99 EUR"),
        money("99999999999999.99 EUR"),
        Cell::Day(Day::from_date(jiff::civil::date(1900, 2, 28))),
        Cell::Day(Day::from_date(jiff::civil::date(1900, 3, 1))),
    ]);
    let cells = read(&row);
    assert_eq!(cells[0], Data::Float(9_999_999_999_999.99));
    assert_eq!(cells[1], Data::String("99999999999999.99".to_owned()));
    assert_eq!(cells[2], Data::String("1900-02-28".to_owned()));
    assert_eq!(number_of(&cells[3]), Some(61.0));
}

#[test]
fn the_same_table_is_the_same_file() {
    let row = table(vec![money("1 USD"), Cell::text("x")]);
    assert_eq!(row.to_xlsx(NOW).unwrap(), row.to_xlsx(NOW).unwrap());
}

#[test]
fn too_long_a_text_is_said() {
    let row = table(vec![Cell::text("x".repeat(32_768))]);
    let error = row.to_xlsx(NOW).unwrap_err();
    assert_eq!(error.code, "write.workbook");
}
