//! `offdesk facts`: import, list, remove, and what it does to prices.

use crate::program::Folder;

const OEWS: &str = "AREA,AREA_TYPE,PRIM_STATE,NAICS,OCC_CODE,O_GROUP,H_PCT10,H_PCT25,H_MEDIAN,H_PCT75,H_PCT90\n\
    99,1,US,000000,43-3031,detailed,21,24,30,36,42\n\
    48,2,TX,000000,43-3031,detailed,20,23,27,33,39\n\
    99,1,US,000000,27-2011,detailed,*,*,*,*,*\n";

fn likely(folder: &Folder, place: &str) -> f64 {
    let args = [
        "price",
        "bookkeeping",
        "--json",
        "--place",
        place,
        "--currency",
        "USD",
    ];
    let json = folder.run(&args).exits(0).json();
    json["items"][0]["likely"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap()
}

#[test]
fn imported_figures_go_before_those_in_the_program_until_they_are_removed() {
    let folder = Folder::new();
    folder.run(&["facts", "list"]).exits(3);
    let before = likely(&folder, "US");
    folder.file("national_M2025_dl.csv", OEWS);
    let ran = folder
        .run(&["facts", "import", "national_M2025_dl.csv"])
        .exits(0);
    for part in [
        "OEWS, May 2025",
        "2 figures",
        "places: US, US-TX",
        "1 are held back",
        "offdesk facts remove 1",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert!(likely(&folder, "US") > before + 4.0);
    assert!((26.0..28.0).contains(&likely(&folder, "US-TX")));
    let poland = likely(&folder, "PL");
    folder.file("eurofxref.csv", "Date,USD,PLN\n2026-10-30,1.25,4.5\n");
    folder.run(&["facts", "import", "eurofxref.csv"]).exits(0);
    // With a rate the level of prices narrows it.
    assert!(likely(&folder, "PL") < poland * 0.8);
    let list = folder.run(&["facts", "list", "--json"]).exits(0).json();
    assert_eq!(list["schema"], "offdesk.facts/1");
    let counts = |at: usize| {
        (
            list["imports"][at]["pay"].clone(),
            list["imports"][at]["rates"].clone(),
        )
    };
    assert_eq!(
        (counts(0), counts(1)),
        ((2.into(), 0.into()), (0.into(), 2.into()))
    );
    folder.run(&["facts", "remove", "1"]).exits(0);
    assert!((likely(&folder, "US") - before).abs() < 1e-9);
    // A state without figures has those of the nation.
    assert!((likely(&folder, "US-TX") - before).abs() < 1.0);
    folder
        .run(&["facts", "remove", "1"])
        .refused(3, "facts.none");
    let list = folder.run(&["facts", "list"]).exits(0);
    assert!(
        list.out.contains("European Central Bank") && !list.out.contains("OEWS"),
        "{}",
        list.out
    );
}

#[test]
fn an_audit_uses_them() {
    let folder = Folder::new();
    folder.file("national_M2025_dl.csv", OEWS);
    folder
        .run(&["facts", "import", "national_M2025_dl.csv"])
        .exits(0);
    folder.file(
        "x.csv",
        "Date,Description,Hours\n2026-01-05,bookkeeping,3\n2026-02-12,bookkeeping,4\n",
    );
    let json = folder
        .run(&["audit", "x.csv", "--rate", "75", "--json"])
        .exits(0)
        .json();
    let price = &json["activities"][0]["price"];
    let likely: f64 = price["likely"].as_str().unwrap().parse().unwrap();
    assert!((29.5..30.5).contains(&likely), "{price}");
    assert!(
        price["source"].as_str().unwrap().contains("May 2025"),
        "{price}"
    );
}

#[test]
fn files_of_no_use_change_nothing() {
    let folder = Folder::new();
    folder.file("x.csv", "a,b\n1,2\n");
    folder
        .run(&["facts", "import", "x.csv"])
        .refused(5, "facts.unknown");
    folder.file("national.csv", OEWS);
    folder
        .run(&["facts", "import", "national.csv"])
        .refused(5, "facts.year");
    folder.file("M2025.csv", "OCC_CODE,H_MEDIAN\n43-3031,25\n");
    folder
        .run(&["facts", "import", "M2025.csv"])
        .refused(5, "facts.columns");
    folder.file("M2025.csv", OEWS.lines().next().unwrap());
    folder
        .run(&["facts", "import", "M2025.csv"])
        .refused(5, "facts.empty");
    folder.file("M2025.xlsx", b"PK\x03\x04nothing".as_slice());
    folder.run(&["facts", "import", "M2025.xlsx"]).exits(5);
    folder.run(&["facts", "import", "none.csv"]).exits(1);
    folder.run(&["facts", "list"]).exits(3);
    folder
        .run(&["facts", "import", "national.csv", "--year", "2025"])
        .exits(0);
    folder.file("data/facts/1.csv", "changed");
    folder
        .run(&["price", "bookkeeping"])
        .refused(5, "facts.damaged");
    folder.run(&["facts", "remove", "1"]).exits(0);
    folder.run(&["price", "bookkeeping"]).exits(0);
}

#[test]
fn a_release_of_onet_tells_what_its_titles_stand_for() {
    let folder = Folder::new();
    let titles = "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n\
        43-3031.00\tZorblat Quillifier\t\t02\n43-3031.00\tBookkeeper\t\t02\n";
    folder.file("titles.txt", titles);
    folder.run(&["price", "zorblat quillifier"]).exits(3);
    folder
        .run(&["facts", "import", "titles.txt"])
        .refused(5, "facts.release");
    folder
        .run(&["facts", "import", "titles.txt", "--release", "thirty"])
        .exits(2);
    let args = [
        "facts",
        "import",
        "titles.txt",
        "--release",
        "30.0",
        "--json",
    ];
    let json = folder.run(&args).exits(0).json();
    assert_eq!(json["imports"][0]["texts"], 1);
    assert_eq!(json["read_so"], 1);
    let priced = folder
        .run(&["price", "Zorblat Quillifier", "--explain"])
        .exits(0);
    assert!(priced.out.contains("Bookkeeping"), "{}", priced.out);
    assert!(priced.out.contains("from O*NET 30.0"), "{}", priced.out);
    let list = folder.run(&["facts", "list"]).exits(0);
    assert!(
        list.out.contains("1 texts, from titles.txt"),
        "{}",
        list.out
    );
    folder.run(&["facts", "remove", "1"]).exits(0);
    folder.run(&["price", "zorblat quillifier"]).exits(3);
    folder.file("titles-2010.txt", titles.replace("43-3031", "15-1132"));
    folder
        .run(&["facts", "import", "titles-2010.txt", "--release", "22.0"])
        .refused(5, "facts.classification");
}
