//! Windows names of time zones and the display names of Exchange, with the IANA zone of the territory they are for.
//!
//! The pairs are facts of the Unicode CLDR (windowsZones, territory 001) and of Windows' own lists.

/// Windows key without ` Standard Time`, IANA zone, and display names without the offset, joined by `|`.
const TABLE: &[(&str, &str, &str)] = &[
    ("Dateline", "Etc/GMT+12", "International Date Line West"),
    ("UTC-11", "Etc/GMT+11", "Coordinated Universal Time-11"),
    ("Aleutian", "America/Adak", "Aleutian Islands"),
    ("Hawaiian", "Pacific/Honolulu", "Hawaii"),
    ("Marquesas", "Pacific/Marquesas", "Marquesas Islands"),
    ("Alaskan", "America/Anchorage", "Alaska"),
    ("UTC-09", "Etc/GMT+9", "Coordinated Universal Time-09"),
    (
        "Pacific Standard Time (Mexico)",
        "America/Tijuana",
        "Baja California",
    ),
    ("UTC-08", "Etc/GMT+8", "Coordinated Universal Time-08"),
    (
        "Pacific",
        "America/Los_Angeles",
        "Pacific Time (US & Canada)|Pacific Time (US and Canada)|Pacific Time (US & Canada); Tijuana",
    ),
    ("US Mountain", "America/Phoenix", "Arizona"),
    (
        "Mountain Standard Time (Mexico)",
        "America/Mazatlan",
        "La Paz, Mazatlan|Chihuahua, La Paz, Mazatlan",
    ),
    (
        "Mountain",
        "America/Denver",
        "Mountain Time (US & Canada)|Mountain Time (US and Canada)",
    ),
    ("Yukon", "America/Whitehorse", "Yukon"),
    ("Central America", "America/Guatemala", "Central America"),
    (
        "Central",
        "America/Chicago",
        "Central Time (US & Canada)|Central Time (US and Canada)",
    ),
    ("Easter Island", "Pacific/Easter", "Easter Island"),
    (
        "Central Standard Time (Mexico)",
        "America/Mexico_City",
        "Guadalajara, Mexico City, Monterrey",
    ),
    ("Canada Central", "America/Regina", "Saskatchewan"),
    (
        "SA Pacific",
        "America/Bogota",
        "Bogota, Lima, Quito|Bogota, Lima, Quito, Rio Branco",
    ),
    (
        "Eastern Standard Time (Mexico)",
        "America/Cancun",
        "Chetumal",
    ),
    (
        "Eastern",
        "America/New_York",
        "Eastern Time (US & Canada)|Eastern Time (US and Canada)",
    ),
    ("Haiti", "America/Port-au-Prince", "Haiti"),
    ("Cuba", "America/Havana", "Havana"),
    (
        "US Eastern",
        "America/Indiana/Indianapolis",
        "Indiana (East)",
    ),
    ("Turks And Caicos", "America/Grand_Turk", "Turks and Caicos"),
    ("Paraguay", "America/Asuncion", "Asuncion"),
    ("Atlantic", "America/Halifax", "Atlantic Time (Canada)"),
    ("Venezuela", "America/Caracas", "Caracas"),
    ("Central Brazilian", "America/Cuiaba", "Cuiaba"),
    (
        "SA Western",
        "America/La_Paz",
        "Georgetown, La Paz, Manaus, San Juan",
    ),
    ("Pacific SA", "America/Santiago", "Santiago"),
    ("Newfoundland", "America/St_Johns", "Newfoundland"),
    ("Tocantins", "America/Araguaina", "Araguaina"),
    ("E. South America", "America/Sao_Paulo", "Brasilia"),
    ("SA Eastern", "America/Cayenne", "Cayenne, Fortaleza"),
    (
        "Argentina",
        "America/Argentina/Buenos_Aires",
        "City of Buenos Aires|Buenos Aires",
    ),
    ("Greenland", "America/Nuuk", "Greenland"),
    ("Montevideo", "America/Montevideo", "Montevideo"),
    ("Magallanes", "America/Punta_Arenas", "Punta Arenas"),
    (
        "Saint Pierre",
        "America/Miquelon",
        "Saint Pierre and Miquelon",
    ),
    ("Bahia", "America/Bahia", "Salvador"),
    ("UTC-02", "Etc/GMT+2", "Coordinated Universal Time-02"),
    ("Azores", "Atlantic/Azores", "Azores"),
    (
        "Cape Verde",
        "Atlantic/Cape_Verde",
        "Cabo Verde Is.|Cape Verde Is.",
    ),
    (
        "UTC",
        "Etc/UTC",
        "Coordinated Universal Time|Universal Coordinated Time",
    ),
    (
        "GMT",
        "Europe/London",
        "Dublin, Edinburgh, Lisbon, London|Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London",
    ),
    ("Greenwich", "Atlantic/Reykjavik", "Monrovia, Reykjavik"),
    ("Sao Tome", "Africa/Sao_Tome", "Sao Tome"),
    ("Morocco", "Africa/Casablanca", "Casablanca"),
    (
        "W. Europe",
        "Europe/Berlin",
        "Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna|Amsterdam, Berlin, Bern, Rom, Stockholm, Wien",
    ),
    (
        "Central Europe",
        "Europe/Budapest",
        "Belgrade, Bratislava, Budapest, Ljubljana, Prague",
    ),
    (
        "Romance",
        "Europe/Paris",
        "Brussels, Copenhagen, Madrid, Paris",
    ),
    (
        "Central European",
        "Europe/Warsaw",
        "Sarajevo, Skopje, Warsaw, Zagreb",
    ),
    ("W. Central Africa", "Africa/Lagos", "West Central Africa"),
    ("Jordan", "Asia/Amman", "Amman"),
    (
        "GTB",
        "Europe/Bucharest",
        "Athens, Bucharest|Athens, Bucharest, Istanbul",
    ),
    ("Middle East", "Asia/Beirut", "Beirut"),
    ("Egypt", "Africa/Cairo", "Cairo"),
    ("E. Europe", "Europe/Chisinau", "Chisinau"),
    ("Syria", "Asia/Damascus", "Damascus"),
    ("West Bank", "Asia/Hebron", "Gaza, Hebron"),
    ("South Africa", "Africa/Johannesburg", "Harare, Pretoria"),
    (
        "FLE",
        "Europe/Kyiv",
        "Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius",
    ),
    ("Israel", "Asia/Jerusalem", "Jerusalem"),
    ("South Sudan", "Africa/Juba", "Juba"),
    ("Kaliningrad", "Europe/Kaliningrad", "Kaliningrad"),
    ("Sudan", "Africa/Khartoum", "Khartoum"),
    ("Libya", "Africa/Tripoli", "Tripoli"),
    ("Namibia", "Africa/Windhoek", "Windhoek"),
    ("Arabic", "Asia/Baghdad", "Baghdad"),
    ("Turkey", "Europe/Istanbul", "Istanbul"),
    ("Arab", "Asia/Riyadh", "Kuwait, Riyadh"),
    ("Belarus", "Europe/Minsk", "Minsk"),
    (
        "Russian",
        "Europe/Moscow",
        "Moscow, St. Petersburg|Moscow, St. Petersburg, Volgograd",
    ),
    ("E. Africa", "Africa/Nairobi", "Nairobi"),
    ("Volgograd", "Europe/Volgograd", "Volgograd"),
    ("Iran", "Asia/Tehran", "Tehran"),
    ("Arabian", "Asia/Dubai", "Abu Dhabi, Muscat"),
    ("Astrakhan", "Europe/Astrakhan", "Astrakhan, Ulyanovsk"),
    ("Azerbaijan", "Asia/Baku", "Baku"),
    ("Russia Time Zone 3", "Europe/Samara", "Izhevsk, Samara"),
    ("Mauritius", "Indian/Mauritius", "Port Louis"),
    ("Saratov", "Europe/Saratov", "Saratov"),
    ("Georgian", "Asia/Tbilisi", "Tbilisi"),
    ("Caucasus", "Asia/Yerevan", "Yerevan"),
    ("Afghanistan", "Asia/Kabul", "Kabul"),
    ("West Asia", "Asia/Tashkent", "Ashgabat, Tashkent"),
    ("Ekaterinburg", "Asia/Yekaterinburg", "Ekaterinburg"),
    ("Pakistan", "Asia/Karachi", "Islamabad, Karachi"),
    ("Qyzylorda", "Asia/Qyzylorda", "Qyzylorda|Astana"),
    (
        "India",
        "Asia/Kolkata",
        "Chennai, Kolkata, Mumbai, New Delhi",
    ),
    ("Sri Lanka", "Asia/Colombo", "Sri Jayawardenepura"),
    ("Nepal", "Asia/Kathmandu", "Kathmandu"),
    ("Central Asia", "Asia/Bishkek", "Bishkek"),
    ("Bangladesh", "Asia/Dhaka", "Dhaka"),
    ("Omsk", "Asia/Omsk", "Omsk"),
    ("Myanmar", "Asia/Yangon", "Yangon (Rangoon)"),
    ("SE Asia", "Asia/Bangkok", "Bangkok, Hanoi, Jakarta"),
    ("Altai", "Asia/Barnaul", "Barnaul, Gorno-Altaysk"),
    ("W. Mongolia", "Asia/Hovd", "Hovd"),
    ("North Asia", "Asia/Krasnoyarsk", "Krasnoyarsk"),
    ("N. Central Asia", "Asia/Novosibirsk", "Novosibirsk"),
    ("Tomsk", "Asia/Tomsk", "Tomsk"),
    (
        "China",
        "Asia/Shanghai",
        "Beijing, Chongqing, Hong Kong, Urumqi|Beijing, Chongqing, Hong Kong SAR, Urumqi",
    ),
    ("North Asia East", "Asia/Irkutsk", "Irkutsk"),
    ("Singapore", "Asia/Singapore", "Kuala Lumpur, Singapore"),
    ("W. Australia", "Australia/Perth", "Perth"),
    ("Taipei", "Asia/Taipei", "Taipei"),
    ("Ulaanbaatar", "Asia/Ulaanbaatar", "Ulaanbaatar"),
    ("Aus Central W.", "Australia/Eucla", "Eucla"),
    ("Transbaikal", "Asia/Chita", "Chita"),
    ("Tokyo", "Asia/Tokyo", "Osaka, Sapporo, Tokyo"),
    ("North Korea", "Asia/Pyongyang", "Pyongyang"),
    ("Korea", "Asia/Seoul", "Seoul"),
    ("Yakutsk", "Asia/Yakutsk", "Yakutsk"),
    ("Cen. Australia", "Australia/Adelaide", "Adelaide"),
    ("AUS Central", "Australia/Darwin", "Darwin"),
    ("E. Australia", "Australia/Brisbane", "Brisbane"),
    (
        "AUS Eastern",
        "Australia/Sydney",
        "Canberra, Melbourne, Sydney",
    ),
    ("West Pacific", "Pacific/Port_Moresby", "Guam, Port Moresby"),
    ("Tasmania", "Australia/Hobart", "Hobart"),
    ("Vladivostok", "Asia/Vladivostok", "Vladivostok"),
    ("Lord Howe", "Australia/Lord_Howe", "Lord Howe Island"),
    (
        "Bougainville",
        "Pacific/Bougainville",
        "Bougainville Island",
    ),
    ("Russia Time Zone 10", "Asia/Srednekolymsk", "Chokurdakh"),
    ("Magadan", "Asia/Magadan", "Magadan"),
    ("Norfolk", "Pacific/Norfolk", "Norfolk Island"),
    ("Sakhalin", "Asia/Sakhalin", "Sakhalin"),
    (
        "Central Pacific",
        "Pacific/Guadalcanal",
        "Solomon Is., New Caledonia",
    ),
    (
        "Russia Time Zone 11",
        "Asia/Kamchatka",
        "Anadyr, Petropavlovsk-Kamchatsky",
    ),
    ("New Zealand", "Pacific/Auckland", "Auckland, Wellington"),
    ("UTC+12", "Etc/GMT-12", "Coordinated Universal Time+12"),
    ("Fiji", "Pacific/Fiji", "Fiji"),
    ("Chatham Islands", "Pacific/Chatham", "Chatham Islands"),
    ("UTC+13", "Etc/GMT-13", "Coordinated Universal Time+13"),
    ("Tonga", "Pacific/Tongatapu", "Nuku'alofa"),
    ("Samoa", "Pacific/Apia", "Samoa"),
    ("Line Islands", "Pacific/Kiritimati", "Kiritimati Island"),
];

/// The IANA zone of a Windows name: a key such as `Eastern Standard Time`, or a display name without its offset.
pub fn iana(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let bare = strip(name, " Standard Time").or_else(|| strip(name, " Daylight Time"));
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    // A key without its ending counts only where it has it: "Central" alone might be anywhere.
    let is_key = |key: &str| {
        let is_whole = key.contains("Standard Time")
            || key.starts_with("UTC")
            || key.starts_with("Russia Time");
        (is_whole && is(key)) || bare.is_some_and(|bare| bare.eq_ignore_ascii_case(key))
    };
    TABLE
        .iter()
        .find(|(key, _, _)| is_key(key))
        .or_else(|| TABLE.iter().find(|(_, _, shown)| shown.split('|').any(is)))
        .map(|(_, iana, _)| *iana)
}

fn strip<'n>(name: &'n str, ending: &str) -> Option<&'n str> {
    let at = name.len().checked_sub(ending.len())?;
    let (front, back) = name.split_at_checked(at)?;
    back.eq_ignore_ascii_case(ending).then_some(front)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_is_known_and_every_name_leads_to_it() {
        for (key, zone, shown) in TABLE {
            assert!(jiff::tz::TimeZone::get(zone).is_ok(), "{zone}");
            let whole = if key.contains("Time") || key.starts_with("UTC") {
                (*key).to_owned()
            } else {
                format!("{key} Standard Time")
            };
            assert_eq!(iana(&whole), Some(*zone), "{whole}");
            for name in shown.split('|') {
                assert_eq!(iana(name), Some(*zone), "{name}");
            }
        }
        assert_eq!(iana("eastern daylight time"), Some("America/New_York"));
        assert_eq!(iana("Customized Time Zone"), None);
        assert_eq!(iana("Central"), None);
    }
}
