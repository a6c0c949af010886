//! Publishers' tables in small: what is read, kept and refused.

use offdesk_domain::Place;
use offdesk_pricing::Terms;

use super::*;

fn read_text(name: &str, text: &str) -> Result<Imported, Problem> {
    let input = Input::memory(name, text.as_bytes().to_vec())?;
    read(&mut [input], &Stated::default())
}

const OEWS: &str = "\
AREA,AREA_TITLE,AREA_TYPE,PRIM_STATE,NAICS,NAICS_TITLE,I_GROUP,OWN_CODE,OCC_CODE,OCC_TITLE,O_GROUP,TOT_EMP,H_MEAN,A_MEAN,H_PCT10,H_PCT25,H_MEDIAN,H_PCT75,H_PCT90,A_PCT10,A_PCT25,A_MEDIAN,A_PCT75,A_PCT90,ANNUAL,HOURLY
99,U.S.,1,US,000000,Cross-industry,cross-industry,1235,00-0000,All Occupations,total,1,1,1,14,18,24,39,61,,,,,,,
99,U.S.,1,US,000000,Cross-industry,cross-industry,1235,43-3031,Bookkeeping,detailed,\"1,500\",25,52000,17.50,21.00,25.00,30.10,36.20,36400,43680,52000,62608,75296,,
99,U.S.,1,US,000000,Cross-industry,cross-industry,1235,25-1011,Teachers,detailed,1,*,90000,*,*,*,*,*,52000,62400,83200,104000,124800,TRUE,
99,U.S.,1,US,000000,Cross-industry,cross-industry,1235,11-1011,Chief Executives,detailed,1,120,250000,38,64,99.5,#,#,80000,130000,206960,#,#,,
99,U.S.,1,US,000000,Cross-industry,cross-industry,1235,27-2011,Actors,detailed,1,30,*,**,**,**,**,**,*,*,*,*,*,,TRUE
6,California,2,CA,000000,Cross-industry,cross-industry,1235,43-3031,Bookkeeping,detailed,1,27,1,19,23,27.5,33,40,,,,,,,
42660,Seattle,4,WA,000000,Cross-industry,cross-industry,1235,43-3031,Bookkeeping,detailed,1,29,1,21,25,29.2,35,42,,,,,,,
0100001,Nowhere,6,AL,000000,Cross-industry,cross-industry,1235,43-3031,Bookkeeping,detailed,1,29,1,21,25,29.2,35,42,,,,,,,
99,U.S.,1,US,000000,Cross-industry,cross-industry,5,43-3031,Bookkeeping,detailed,1,99,1,91,95,99.2,105,112,,,,,,,
99,U.S.,1,US,541000,Professional,sector,1235,43-3031,Bookkeeping,detailed,1,29,1,21,25,29.2,35,42,,,,,,,
";

#[test]
fn wages_of_nation_states_and_cities_go_before_those_in_the_program() {
    let imported = read_text("national_M2025_dl.csv", OEWS).unwrap();
    assert_eq!(
        imported.publisher,
        "U.S. Bureau of Labor Statistics, OEWS, May 2025"
    );
    assert_eq!(
        (
            imported.said.len(),
            imported.held_back,
            imported.passed_over
        ),
        (5, 1, 4)
    );
    let places: Vec<String> = imported.places().iter().map(ToString::to_string).collect();
    assert_eq!(places, ["US", "US-42660", "US-CA"]);
    let mut figures = Figures::default();
    add(&mut figures, imported.said);
    let kind = offdesk_pricing::kind("bookkeeping").unwrap();
    for (place, likely) in [("US", "25.00"), ("US-CA", "27.50"), ("US-42660", "29.20")] {
        let place: Place = place.parse().unwrap();
        let terms = figures.terms(place, Currency::USD);
        let price = offdesk_pricing::price_of(kind, 90, &terms).unwrap();
        let off = price.range.likely - likely.parse::<rust_decimal::Decimal>().unwrap();
        assert!(
            off.abs() < rust_decimal::Decimal::new(5, 2),
            "{place}: {}",
            price.range.likely
        );
        assert!(price.source.contains("May 2025"), "{}", price.source);
    }
    // Older figures do not.
    let older = read_text("national_M2023_dl.csv", OEWS).unwrap();
    let mut figures = Figures::default();
    add(&mut figures, older.said);
    let terms: Terms<'_> = figures.terms(Place::US, Currency::USD);
    let price = offdesk_pricing::price_of(kind, 90, &terms).unwrap();
    assert_eq!(price.range.likely.to_string(), "23.66");
}

#[test]
fn earnings_rates_and_levels() {
    let ilostat = "ref_area,source,indicator,sex,classif1,classif2,time,obs_value\n\
        POL,X,EAR_4MTH_SEX_OCU_CUR_NB,SEX_T,OCU_ISCO08_4,CUR_TYPE_LCU,2023,6240\n\
        POL,X,EAR_4MTH_SEX_OCU_CUR_NB,SEX_T,OCU_ISCO08_4,CUR_TYPE_LCU,2024,7280\n\
        POL,X,EAR_4MTH_SEX_OCU_CUR_NB,SEX_F,OCU_ISCO08_4,CUR_TYPE_LCU,2024,1\n\
        POL,X,EAR_4MTH_SEX_OCU_CUR_NB,SEX_T,OCU_ISCO08_4,CUR_TYPE_PPP,2024,1\n\
        POL,X,EAR_4MTH_SEX_OCU_CUR_NB,SEX_T,OCU_ISCO08_TOTAL,CUR_TYPE_LCU,2024,8320\n\
        ZZZ,X,EAR_4MTH_SEX_OCU_CUR_NB,SEX_T,OCU_ISCO08_4,CUR_TYPE_LCU,2024,1\n";
    let imported = read_text("EAR.csv", ilostat).unwrap();
    assert_eq!((imported.said.len(), imported.passed_over), (2, 3));
    assert!(
        matches!(&imported.said[1], Said::Group { group: 4, hour, year: 2024, .. } if (hour - 35.0).abs() < 1e-9)
    );
    let ecb = "Date,USD,JPY,PLN,\n2026-10-30,1.25,200,4.5,\n2026-10-29,1.2,1,1,\n";
    let rates = read_text("eurofxref-hist.csv", ecb).unwrap();
    let units = |code: &str| {
        let code: Currency = code.parse().unwrap();
        rates.said.iter().find_map(|said| match said {
            Said::Rate {
                currency, units, ..
            } if *currency == code => Some(*units),
            _ => None,
        })
    };
    assert_eq!(
        (units("PLN"), units("EUR"), units("USD")),
        (Some(3.6), Some(0.8), None)
    );
    let fed = "\"Series Description\",\"a\",\"b\"\n\"Unit:\",\"x\",\"y\"\n\
        \"Time Period\",\"RXI$US_N.B.EU\",\"RXI_N.B.IN\"\n2026-10-29,1.20,95.0\n2026-10-30,1.25,ND\n";
    let imported = read_text("FRB_H10.csv", fed).unwrap();
    assert!(matches!(&imported.said[0], Said::Rate { units, .. } if (units - 0.8).abs() < 1e-9));
    assert!(
        matches!(&imported.said[1], Said::Rate { units, source, .. } if (units - 95.0).abs() < 1e-9 && source.ends_with("2026-10-29"))
    );
    let bank = "Data Source,World Development Indicators,\n\nLast Updated Date,2026-07-01,\n\n\
        Country Name,Country Code,Indicator Name,Indicator Code,2023,2024,\n\
        Poland,POL,PPP conversion factor,PA.NUS.PPP,1.9,2.1,\nAruba,ABW,PPP conversion factor,PA.NUS.PPP,1.4,,\n\
        Poland,POL,Price level ratio,PA.NUS.PPPC.RF,0.4,0.5,\n\
        World,WLD,PPP conversion factor,PA.NUS.PPP,1,1,\n";
    let imported = read_text("API_PA.NUS.PPP.csv", bank).unwrap();
    assert_eq!((imported.said.len(), imported.passed_over), (2, 2));
    assert!(
        matches!(&imported.said[0], Said::Power { units, year, .. } if (units - 2.1).abs() < 1e-9 && year == "2024")
    );
    let ashe = "\"Table 14.5a   Hourly pay - Gross (£) - For all employee jobs: United Kingdom, 2026\",,\n\n\
        Description,Code,(thousand),Median,change,Mean,change,10,20,25,30,40,60,70,75,80,90\n\
        All employees,,1,18,1,20,1,11,12,13,14,15,20,22,25,28,35\n\
        \"Book-keepers, payroll managers and wages clerks\",4122,1,17.5,1,18,1,12,13,14,15,16,19,20,21,22,x\n\
        Actors,3413,1,x,1,x,1,x,x,x,x,x,x,x,x,x,x\n";
    let imported = read_text("table14.csv", ashe).unwrap();
    assert_eq!(
        (imported.publisher.as_str(), imported.held_back),
        ("Office for National Statistics, ASHE 2026, table 14", 1)
    );
    assert!(imported.said.iter().any(|said| matches!(said, Said::Pay(fact) if fact.percentiles[2] == Some(17.5) && fact.percentiles[4].is_none())));
}

#[test]
fn hourly_earnings_are_not_taken_for_monthly_ones() {
    let table = |indicator: &str| {
        format!(
            "ref_area,indicator,sex,classif1,classif2,time,obs_value\n\
             POL,{indicator},SEX_T,OCU_ISCO08_4,CUR_TYPE_LCU,2024,41.6\n"
        )
    };
    let hour = |indicator: &str| match read_text("x.csv", &table(indicator)).ok()?.said.pop() {
        Some(Said::Group { hour, .. }) => Some(hour),
        _ => None,
    };
    assert_eq!(hour("EAR_4HRL_SEX_OCU_CUR_NB"), Some(41.6));
    assert_eq!(hour("EAR_4MTH_SEX_OCU_CUR_NB"), Some(0.2));
    assert_eq!(hour("EAR_GGAP_OCU_RT"), None);
}

#[test]
fn parts_of_ashe_without_pay_are_refused() {
    let part = |title: &str| {
        let table = format!(
            "\"{title}\",,\n\nDescription,Code,(thousand),Median,change\nClerks,4122,1,17.5,1\n"
        );
        read_text("table14.csv", &table).map_err(|problem| problem.code)
    };
    for title in [
        "Table 14.9a   Paid hours worked - Total: United Kingdom, 2026",
        "Table 14.5b   Hourly pay - Gross (£) - For all employee jobs: United Kingdom, 2026",
        "Table 14.5   Hourly pay - coefficients of variation, 2026",
        "Table 14.12   Gender pay gap, 2026",
        "Table 14.4a   Overtime pay (£), 2026",
        "Table 14.8a   Annual pay - Incentive (£), 2026",
    ] {
        assert_eq!(part(title).unwrap_err(), "facts.part", "{title}");
    }
    for title in [
        "Table 14.6a   Hourly pay - Excluding overtime (£), 2026",
        "Table 14.1a   Weekly pay - Gross (£), 2026",
        "Table 14.7a   Annual pay - Gross (£), 2026",
    ] {
        assert!(part(title).is_ok(), "{title}");
    }
}

#[test]
fn files_that_are_of_no_use() {
    let code = |name: &str, text: &str| read_text(name, text).err().map(|problem| problem.code);
    assert_eq!(code("x.csv", "a,b\n1,2\n"), Some("facts.unknown"));
    assert_eq!(code("x.csv", "{}"), Some("facts.unknown"));
    assert_eq!(
        code("M2025.csv", "OCC_CODE,H_MEDIAN\n43-3031,25\n"),
        Some("facts.columns")
    );
    assert_eq!(code("national.csv", OEWS), Some("facts.year"));
    let (head, _) = OEWS.split_once('\n').unwrap();
    assert_eq!(code("M2025.csv", head), Some("facts.empty"));
    let input = Input::memory("national.csv", OEWS.as_bytes().to_vec()).unwrap();
    let stated = Stated {
        year: Some(2026),
        release: None,
    };
    assert!(
        read(&mut [input], &stated)
            .unwrap()
            .publisher
            .ends_with("May 2026")
    );
}

#[test]
fn what_is_kept_reads_back() {
    for (name, text) in [
        ("national_M2025_dl.csv", OEWS),
        ("e.csv", "Date,USD,PLN\n2026-10-30,1.25,4.5\n"),
    ] {
        let imported = read_text(name, text).unwrap();
        let kept = Kept {
            publisher: imported.publisher,
            file: "a \"file\"\n.csv".to_owned(),
            imported: "2026-11-27".to_owned(),
            said: imported.said,
        };
        let back = Kept::parse(&kept.to_text()).unwrap();
        assert_eq!(back.said.len(), kept.said.len());
        assert_eq!(
            (back.publisher, back.imported),
            (kept.publisher, kept.imported)
        );
    }
    for text in [
        "",
        "x",
        "# offdesk facts 1\n# a\n",
        "# offdesk facts 1\n# a\n# b\n# c\nwhat\nrate,,,,,-1,,,EUR,,x\n",
    ] {
        assert!(Kept::parse(text).is_err(), "{text}");
    }
}

const OCCUPATIONS: &str = "O*NET-SOC Code\tTitle\tDescription\n\
    43-3031.00\tBookkeeping, Accounting, and Auditing Clerks\tCompute \"figures\", classify, and record.\n\
    15-1252.00\tSoftware Developers\tResearch, design, and develop.\n";
const TITLES: &str = "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n\
    43-3031.00\tBookkeeper\t\t02\n43-3031.00\tZorblat Quillifier\tZQ\t02\n15-1252.00\tZorblat Quillifier\tZQ\t02\n\
    43-3031.00\tLunch\t\t02\n55-1011.00\tAir Crew Officer\t\t02\n";
const TASKS: &str = "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source\n\
    15-1252.00\t1\tQuillify \"zorblats\", or unquillify them.\tCore\t95\t08/2026\tIncumbent\n";

fn release(files: &[(&str, &str)]) -> Result<Imported, Problem> {
    let inputs = files.iter().map(|(name, text)| {
        Input::memory(format!("db_30_1_text/{name}"), text.as_bytes().to_vec())
    });
    let mut inputs: Vec<Input> = inputs.collect::<Result<_, _>>()?;
    read(&mut inputs, &Stated::default())
}

#[test]
fn of_a_release_those_texts_are_kept_that_would_be_read_otherwise() {
    let imported = release(&[
        ("Occupation Data.txt", OCCUPATIONS),
        ("Alternate Titles.txt", TITLES),
        ("Task Statements.txt", TASKS),
        ("Read Me.txt", "O*NET 30.1\n"),
        ("Job Zones.txt", "O*NET-SOC Code\tJob Zone\n43-3031.00\t3\n"),
    ])
    .unwrap();
    assert!(
        imported.publisher.starts_with("O*NET 30.1,"),
        "{}",
        imported.publisher
    );
    assert_eq!(imported.doubts, Vec::<String>::new());
    let texts: Vec<(&str, usize)> = imported
        .said
        .iter()
        .map(|said| match said {
            Said::Text {
                text, occupations, ..
            } => (text.as_str(), occupations.len()),
            other => panic!("{other:?}"),
        })
        .collect();
    // A bookkeeper is read as one already, lunch is no market work whatever it is called elsewhere.
    assert_eq!(
        texts,
        [
            ("Quillify \"zorblats\", or unquillify them.", 1),
            ("Zorblat Quillifier", 2),
            ("ZQ", 2)
        ]
    );
    assert_eq!(imported.read_so, 4);
    let kept = Kept {
        publisher: imported.publisher.clone(),
        file: "db_30_1_text.zip".to_owned(),
        imported: "2026-11-28".to_owned(),
        said: imported.said,
    };
    let mut figures = Figures::default();
    add(&mut figures, Kept::parse(&kept.to_text()).unwrap().said);
    let priced = |text: &str, figures: &Figures| {
        let corrections = crate::rules::Rules::default().corrections().clone();
        let places = vec![Place::US];
        let pricer = crate::price::Pricer::new(places, None, figures.clone(), corrections);
        pricer.unwrap().prices(text).remove(0).price
    };
    for text in [
        "Quillify zorblats or unquillify them",
        "zorblat quillifier",
        "zq",
    ] {
        assert!(priced(text, &Figures::default()).is_err(), "{text}");
        let estimate = priced(text, &figures).unwrap();
        assert!(
            estimate.basis.last().unwrap().contains("O*NET 30.1"),
            "{estimate:?}"
        );
        let share = estimate.readings.first().unwrap().1;
        assert!(share <= 0.95, "{estimate:?}");
    }
    assert!(priced("quillifier", &figures).is_err());
}

#[test]
fn releases_that_are_of_no_use() {
    let code = |files: &[(&str, &str)]| release(files).err().map(|problem| problem.code);
    // Software developers had other codes in the classification of 2010.
    let of_2010 = TITLES.replace("15-1252", "15-1132");
    assert_eq!(
        code(&[("Alternate Titles.txt", &of_2010)]),
        Some("facts.classification")
    );
    let known = "O*NET-SOC Code\tTitle\tDescription\n\
        43-3031.00\tBookkeeping, Accounting, and Auditing Clerks\tx\n";
    assert_eq!(code(&[("Occupation Data.txt", known)]), Some("facts.empty"));
    assert_eq!(
        code(&[("Job Zones.txt", "O*NET-SOC Code\tJob Zone\n1\t2\n")]),
        Some("facts.unknown")
    );
    assert_eq!(
        read_text("titles.txt", TITLES).err().map(|it| it.code),
        Some("facts.release")
    );
    let part = release(&[("Alternate Titles.txt", TITLES)]).unwrap();
    assert_eq!(part.doubts.len(), 2, "{:?}", part.doubts);
    let input = Input::memory("titles.txt", TITLES.as_bytes().to_vec()).unwrap();
    let stated = Stated {
        year: None,
        release: Some("29.3".to_owned()),
    };
    let same = read(&mut [input], &stated).unwrap();
    assert!(
        same.doubts.last().unwrap().contains("no newer than 29.3"),
        "{:?}",
        same.doubts
    );
}

#[test]
fn archives_and_folders_are_read_as_they_were_downloaded() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("db_30_1_text");
    std::fs::create_dir(&inside).unwrap();
    for (name, text) in [
        ("Alternate Titles.txt", TITLES),
        ("Task Statements.txt", TASKS),
        ("Occupation Data.txt", OCCUPATIONS),
        ("Empty.txt", ""),
        ("notes.pdf", "no table"),
    ] {
        std::fs::write(inside.join(name), text).unwrap();
    }
    // Of ASHE the gross pay of an hour is taken, where several parts say what is paid.
    let ashe = folder.path().join("table14");
    std::fs::create_dir(&ashe).unwrap();
    for part in [
        "1a   Weekly pay - Gross",
        "5a   Hourly pay - Gross",
        "5b   Hourly pay - Gross",
    ] {
        std::fs::write(ashe.join(format!("PROV - Table 14.{part} 2026.xlsx")), "x").unwrap();
    }
    let inputs = open(&ashe).unwrap();
    assert!(
        inputs[0].name().contains("14.5a") && inputs.len() == 1,
        "{inputs:?}"
    );
    let mut inputs = open(&inside).unwrap();
    assert_eq!(inputs.len(), 3);
    let imported = read(&mut inputs, &Stated::default()).unwrap();
    assert_eq!((imported.said.len(), imported.doubts.len()), (3, 0));
    let none = folder.path().join("none");
    assert_eq!(
        open(&none).err().map(|problem| problem.code),
        Some("import.not_found")
    );
    let mut cut = std::fs::read(folder.path().join("db_30_1_text/Task Statements.txt")).unwrap();
    cut.splice(0..0, *b"PK\x03\x04");
    let broken = folder.path().join("db_30_1_text.zip");
    std::fs::write(&broken, cut).unwrap();
    assert_eq!(
        open(&broken).err().map(|problem| problem.code),
        Some("import.zip")
    );
}
