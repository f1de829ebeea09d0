use super::*;
use proptest::prelude::*;

/// Reads every spelling with [`Clock::Auto`] and compares with how the time prints; "-" for none.
fn check(spellings: &[(&str, &str)]) {
    for (text, expected) in spellings {
        let read = Clock::Auto.read(text).map_or_else(|| "-".to_owned(), |time| time.to_string());
        assert_eq!(read, *expected, "{text:?}");
    }
}

#[test]
fn numbers_are_read_by_their_magnitude() {
    check(&[
        ("1700000000", "2023-11-14T22:13:20Z"),
        ("1700000000123", "2023-11-14T22:13:20.123Z"),
        ("1700000000123456", "2023-11-14T22:13:20.123Z"),
        ("1700000000123456789", "2023-11-14T22:13:20.123Z"),
        ("1700000000.123", "2023-11-14T22:13:20.123Z"),
        ("1700000000.5", "2023-11-14T22:13:20.500Z"),
        ("1.7E9", "2023-11-14T22:13:20Z"),
        ("1.700000000123E12", "2023-11-14T22:13:20.123Z"),
        ("13344473600000000", "2023-11-14T22:13:20Z"),
        ("20150630", "2015-06-30"),
        ("20150630143015", "2015-06-30T14:30:15"),
        ("0", "-"),
        ("2019", "-"),
        ("-62169958800", "-"),
        ("99999999999", "-"),
        ("99999999999999999999999999", "-"),
        ("17 000", "-"),
    ]);
}

#[test]
fn dates_of_machines_are_read() {
    check(&[
        ("2019-05-03", "2019-05-03"),
        ("2019-05-03T14:07:09Z", "2019-05-03T14:07:09Z"),
        ("2019-05-03t14:07:09z", "2019-05-03T14:07:09Z"),
        ("2019-05-03T14:07Z", "2019-05-03T14:07:00Z"),
        ("2019-05-03 14:07:09", "2019-05-03T14:07:09"),
        ("2019-05-03, 14:07", "2019-05-03T14:07:00"),
        ("2019-05-03T14:07:09.123456789Z", "2019-05-03T14:07:09.123Z"),
        ("2019-05-03 14:07:09,5", "2019-05-03T14:07:09.500"),
        ("2019-05-03T14:07:09+02:00", "2019-05-03T14:07:09+02:00"),
        ("2019-05-03T14:07:09-0530", "2019-05-03T14:07:09-05:30"),
        ("2019-05-03T14:07:09+02", "2019-05-03T14:07:09+02:00"),
        ("2019-05-03 14:07:09 UTC", "2019-05-03T14:07:09Z"),
        ("2019-05-03 14:07:09UTC", "2019-05-03T14:07:09Z"),
        ("2019-05-03 14:07:09 Z", "2019-05-03T14:07:09Z"),
        ("2019-05-03 14:07:09 +0000 UTC", "2019-05-03T14:07:09Z"),
        ("2019-05-03T14:07:09+02:00[Europe/Paris]", "2019-05-03T14:07:09+02:00"),
        ("2019/05/03 14:07:09 JST", "2019-05-03T14:07:09+09:00"),
        ("2019/5/3", "2019-05-03"),
        ("2019.05.03", "2019-05-03"),
        ("20190503T140709Z", "2019-05-03T14:07:09Z"),
        ("2019-05-03 14:07:60", "2019-05-03T14:07:59"),
        ("\"2020-01-02T03:04:05.678000+00:00\"", "2020-01-02T03:04:05.678Z"),
        ("  2019-05-03  ", "2019-05-03"),
        ("2019-02-30", "-"),
        ("2019-05-03T25:00:00Z", "-"),
        ("1969-12-31T23:59:59Z", "-"),
        ("2101-01-01T00:00:00Z", "-"),
        ("2019-05-03 soon", "-"),
        ("2019-05", "-"),
        ("Fri, 03 May 2019 14:07:09 +0200", "2019-05-03T14:07:09+02:00"),
        ("Fri, 03 May 2019 14:07:09 GMT", "2019-05-03T14:07:09Z"),
        ("3 May 2019 14:07:09 -0400 (EDT)", "2019-05-03T14:07:09-04:00"),
        ("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24Z"),
        ("Fri Sep 24 12:35:41 UTC 2021", "2021-09-24T12:35:41Z"),
    ]);
}

#[test]
fn english_dates_are_read_in_every_order() {
    check(&[
        ("mar. 15, 2025 3:52 pm", "2025-03-15T15:52:00"),
        ("Jan 01, 2020, 9:59 AM", "2020-01-01T09:59:00"),
        ("Jan 01, 2020 12:05 AM", "2020-01-01T00:05:00"),
        ("Jan 01, 2020 12:05 p.m.", "2020-01-01T12:05:00"),
        ("01 Jan 2020, 09:59", "2020-01-01T09:59:00"),
        ("Monday, January 2, 2017 at 3:04PM UTC+01", "2017-01-02T15:04:00+01:00"),
        ("Monday, 2 January 2017 at 15:04 UTC", "2017-01-02T15:04:00Z"),
        ("Friday, October 4, 2013 at 10:05pm PDT", "2013-10-04T22:05:00-07:00"),
        ("Jan 2, 2026, 3:04:05\u{202f}PM CET", "2026-01-02T15:04:05+01:00"),
        ("Sunday August 13,2023 4:01 PM GMT", "2023-08-13T16:01:00Z"),
        ("16 mai 2026, 00:58:09 UTC\u{2212}7", "2026-05-16T00:58:09-07:00"),
        ("17 Nov 2021", "2021-11-17"),
        ("November 17th, 2021", "2021-11-17"),
        ("22-JAN-2018", "2018-01-22"),
        ("01-Oct-95", "1995-10-01"),
        ("15:04, 2 January 2017", "2017-01-02T15:04:00"),
        ("Sep 2019", "-"),
        ("see you on 3 May at noon", "-"),
        ("Rosa Quill joined on the 3 May 2019", "-"),
    ]);
}

#[test]
fn a_zone_name_that_means_several_zones_leaves_the_zone_unknown() {
    check(&[
        ("Jan 2, 2026, 3:04:05 PM BST", "2026-01-02T15:04:05"),
        ("Jan 2, 2026, 3:04:05 PM CST", "2026-01-02T15:04:05"),
        ("2026-01-02 15:04:05 IST", "2026-01-02T15:04:05"),
    ]);
}

#[test]
fn bst_is_british_where_the_company_means_that_and_what_means_several_zones_stays_without() {
    let read = |text: &str| Clock::Bst.read(text).map(|time| time.to_string()).unwrap_or_default();
    assert_eq!(
        read("Jan 15, 2021, 6:54:12 PM BST"),
        "2021-01-15T18:54:12+01:00",
        "the zone of the export, not of January"
    );
    assert_eq!(read("2 Jan 2026, 15:04:05 CST"), "2026-01-02T15:04:05", "Chicago, Havana or Shanghai");
    assert_eq!(read("2 Jan 2026, 15:04:05 IST"), "2026-01-02T15:04:05", "India or Ireland");
    assert_eq!(read("2 Jan 2026, 15:04:05 MEZ"), "2026-01-02T15:04:05+01:00");
}

#[test]
fn digits_of_other_scripts_are_digits() {
    check(&[
        ("١٥ يناير ٢٠٢١، ٦:٥٤:١٢ م غرينتش+١", "2021-01-15T18:54:12+01:00"),
        ("٠٢\u{200f}/٠١\u{200f}/٢٠٢٦، ٣:٠٤:٠٥ ص UTC", "2026-01-02T03:04:05Z"),
        ("٣١\u{200f}/١٢\u{200f}/٢٠٢٣، ٣:٠٤ م", "2023-12-31T15:04:00"),
        ("२०१७-०१-०२ १५:०४", "2017-01-02T15:04:00"),
        ("２０１７年１月２日 １５:０４", "2017-01-02T15:04:00"),
    ]);
}

#[test]
fn dates_are_read_in_the_languages_of_exports() {
    check(&[
        ("Montag, 2. Januar 2017 um 15:04", "2017-01-02T15:04:00"),
        ("28. Feb. 2023, 10:15:06 MEZ", "2023-02-28T10:15:06+01:00"),
        ("02.01.2026, 15:04:05 MESZ", "2026-01-02T15:04:05+02:00"),
        ("lundi 2 janvier 2017, 15:04", "2017-01-02T15:04:00"),
        ("1er août 2020 à 15h04", "2020-08-01T15:04:00"),
        ("mar. 3 mai 2017 15:04", "2017-05-03T15:04:00"),
        ("lunes, 2 de enero de 2017 a las 15:04", "2017-01-02T15:04:00"),
        ("2 ene 2017, 3:04 p. m.", "2017-01-02T15:04:00"),
        ("lunedì 2 gennaio 2017 alle ore 15:04", "2017-01-02T15:04:00"),
        ("segunda-feira, 2 de janeiro de 2017 às 15:04", "2017-01-02T15:04:00"),
        ("maandag 2 januari 2017 om 15:04", "2017-01-02T15:04:00"),
        ("måndag 2 januari 2017 kl. 15:04", "2017-01-02T15:04:00"),
        ("mandag den 2. januar 2017 kl. 15.04", "2017-01-02T15:04:00"),
        ("mandag 2. desember 2017 kl. 15:04", "2017-12-02T15:04:00"),
        ("maanantai 2. tammikuuta 2017 klo 15.04", "2017-01-02T15:04:00"),
        ("poniedziałek, 2 stycznia 2017 o 15:04", "2017-01-02T15:04:00"),
        ("pondělí 2. ledna 2017 v 15:04", "2017-01-02T15:04:00"),
        ("luni, 2 ianuarie 2017 la 15:04", "2017-01-02T15:04:00"),
        ("2017. január 2., hétfő 15:04", "2017-01-02T15:04:00"),
        ("2 Ocak 2017 Pazartesi, 15:04", "2017-01-02T15:04:00"),
        ("понедельник, 2 января 2017 г. в 15:04", "2017-01-02T15:04:00"),
        ("понеділок, 2 січня 2017 р. о 15:04", "2017-01-02T15:04:00"),
        ("Δευτέρα, 2 Ιανουαρίου 2017 στις 3:04 μ.μ.", "2017-01-02T15:04:00"),
        ("dilluns, 2 d’abril de 2017 a les 15:04", "2017-04-02T15:04:00"),
        ("Senin, 2 Januari 2017 pukul 15.04", "2017-01-02T15:04:00"),
        ("Thứ Hai, 2 tháng 1, 2017 lúc 15:04", "2017-01-02T15:04:00"),
        ("2017年1月2日(月) 15:04", "2017-01-02T15:04:00"),
        ("2017年1月2日 下午3:04", "2017-01-02T15:04:00"),
        ("2017年1月2日15時04分", "2017-01-02T15:04:00"),
        ("2017년 1월 2일 월요일 오후 3:04", "2017-01-02T15:04:00"),
        ("2017. 1. 2. 오전 12:04", "2017-01-02T00:04:00"),
        ("2019年5月3日", "2019-05-03"),
    ]);
}

#[test]
fn day_and_month_in_figures_are_read_only_where_they_cannot_be_mistaken() {
    check(&[
        ("05/03/2019", "-"),
        ("05/23/2019", "2019-05-23"),
        ("23/05/2019", "2019-05-23"),
        ("05/05/2019", "2019-05-05"),
        ("23-05-2019 14:07", "2019-05-23T14:07:00"),
        ("03.05.2019", "2019-05-03"),
        ("11/16/21, 9:40 AM", "2021-11-16T09:40:00"),
        ("21/11/16", "-"),
        ("05/23/2019 14:07:09 UTC", "2019-05-23T14:07:09Z"),
        ("2021-03-04 3:04:05 PM", "2021-03-04T15:04:05"),
        ("192.0.2.1", "-"),
        ("1.2.3", "-"),
    ]);
}

#[test]
fn a_sheet_may_say_the_format() {
    let read = |format: &str, text: &str| {
        let clock = Clock::parse(&format!("text:{format}")).expect("a clock");
        clock.read(text).map(|time| time.to_string())
    };
    assert_eq!(read("%m/%d/%Y %H:%M:%S", "05/03/2019 14:07:09").as_deref(), Some("2019-05-03T14:07:09"));
    assert_eq!(read("%d/%m/%Y", "05/03/2019").as_deref(), Some("2019-03-05"));
    assert_eq!(read("%Y-%m-%d %H:%M:%S %z", "2019-05-03 14:07:09 +0200").as_deref(), Some("2019-05-03T14:07:09+02:00"));
    assert_eq!(read("%d/%m/%Y", "soon"), None);
    assert_eq!(read("%m/%d/%y, %I:%M %p", "1/2/21, 9:40 AM").as_deref(), Some("2021-01-02T09:40:00"));
    assert_eq!(read("%d/%m/%Y", "17 Nov 2021").as_deref(), Some("2021-11-17"), "another form that cannot be mistaken");
}

#[test]
fn named_clocks_count_from_their_own_beginning() {
    let read = |clock: &str, text: &str| {
        Clock::parse(clock).expect("a clock").read(text).map_or_else(|| "-".to_owned(), |time| time.to_string())
    };
    assert_eq!(read("s", "1700000000"), "2023-11-14T22:13:20Z");
    assert_eq!(read("s", "1700000000.25"), "2023-11-14T22:13:20.250Z");
    assert_eq!(read("ms", "1700000000123"), "2023-11-14T22:13:20.123Z");
    assert_eq!(read("us", "1700000000123456"), "2023-11-14T22:13:20.123Z");
    assert_eq!(read("ns", "1700000000123456789"), "2023-11-14T22:13:20.123Z");
    assert_eq!(read("webkit", "13344473600000000"), "2023-11-14T22:13:20Z");
    assert_eq!(read("cocoa", "721692800"), "2023-11-14T22:13:20Z");
    assert_eq!(read("snowflake:1420070400000", "1173000000000000000"), "2023-11-11T20:43:13.286Z");
    assert_eq!(read("utc", "2023-11-14 22:13:20"), "2023-11-14T22:13:20Z");
    assert_eq!(
        read("utc", "2023-11-14T22:13:20+01:00"),
        Clock::Auto.read("2023-11-14T22:13:20+01:00").expect("a time").to_string()
    );
    assert_eq!(read("utc", "2023-11-14"), Clock::Auto.read("2023-11-14").expect("a day").to_string());
    assert_eq!(read("tid", "3jzfcijpj2z2a"), "2023-06-30T15:03:01.887Z");
    for clock in ["s", "ms", "us", "ns", "webkit", "cocoa", "tid", "snowflake:9223372036854775807"] {
        assert_eq!(read(clock, "9223372036854775807"), "-", "{clock}");
        assert_eq!(read(clock, "soon"), "-", "{clock}");
    }
    assert!(Clock::parse("snowflake:x").is_err());
    assert!(Clock::parse("sundial").is_err());
}

proptest! {
    #[test]
    fn no_text_stops_a_clock(text in ".{0,60}", near in "[0-9]{1,4}[-/.: 年]{0,2}[0-9]{0,4}[ T]?[0-9:.]{0,12}[ +-]?[A-Za-z0-9]{0,5}") {
        for text in [&text, &near] {
            let _ = Clock::Auto.read(text);
            let _ = Clock::Seconds.read(text);
            let _ = Clock::Cocoa.read(text);
        }
    }

    #[test]
    fn every_second_reads_back_as_it_prints(seconds in 100_000_000i64..4_133_980_799) {
        let time = Time::utc_s(seconds);
        let printed = time.map(|time| time.to_string()).unwrap_or_default();
        prop_assert_eq!(Clock::Auto.read(&printed), time);
        prop_assert_eq!(Clock::Auto.read(&seconds.to_string()), time);
    }
}
