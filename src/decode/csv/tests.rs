use crate::decode::Decoder;
use crate::emit::collect::Collection;
use crate::sheets::Section;
use proptest::prelude::*;

fn read_by(section: &Section, bytes: &[u8]) -> Collection {
    Collection::of(Decoder::Csv, section, false, "table.csv", bytes)
}

fn read(text: impl AsRef<[u8]>) -> Collection {
    read_by(&Section::default(), text.as_ref())
}

/// One line a record: place, then the values.
fn lines(found: &Collection) -> Vec<String> {
    let values = |record: &crate::emit::collect::Collected| {
        let values: Vec<String> =
            record.values.iter().map(|(path, value)| format!("{path}={}", value.replace('\n', "⏎"))).collect();
        format!("{}: {}", record.locator, values.join(" | "))
    };
    found.records.iter().map(values).collect()
}

fn check(text: impl AsRef<[u8]>, expected: &[&str]) {
    let found = read(text);
    assert_eq!(lines(&found), expected);
    assert_eq!(found.problems, []);
    assert_eq!(found.error, None);
}

#[test]
fn a_table_gives_a_record_a_row_without_its_empty_cells() {
    check(
        "Date,IP Address,Note\r\n2024-05-06T07:08:09Z,192.0.2.30,\r\n2024-05-07T07:08:09Z,192.0.2.31,\"two\nlines, \"\"quoted\"\"\"\r\n",
        &[
            "row 1: Date=2024-05-06T07:08:09Z | IP Address=192.0.2.30",
            "row 2: Date=2024-05-07T07:08:09Z | IP Address=192.0.2.31 | Note=two⏎lines, \"quoted\"",
        ],
    );
}

#[test]
fn semicolons_tabs_and_utf_16_are_read() {
    check("Name;Preis\nBoot;1,5\n", &["row 1: Name=Boot | Preis=1,5"]);
    let utf16: Vec<u8> =
        "\u{feff}\"Time\"\t\"Event\"\r\n\"1/2/21\"\t\"Zoë\"\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(utf16, &["row 1: Time=1/2/21 | Event=Zoë"]);
    check(b"Name,City\nZo\xeb,K\xf6ln\n", &["row 1: Name=Zoë | City=Köln"]);
    check("\u{feff}Name,City\nRosa,Leeds\n", &["row 1: Name=Rosa | City=Leeds"]);
}

#[test]
fn what_databases_write_for_nothing_is_nothing() {
    check("id;place;at\n1;\\N;5\n2;Bath;\\N\n", &["row 1: id=1 | at=5", "row 2: id=2 | place=Bath"]);
}

#[test]
fn lines_before_the_header_are_a_preamble() {
    check(
        "Notes:\n\"When exporting, some addresses, may be missing.\"\n\nFirst Name,Last Name,Connected On\nBen,Zoë,17 Nov 2021\n",
        &[
            "row 1: First Name=Ben | Last Name=Zoë | Connected On=17 Nov 2021",
            ".: preamble=Notes:⏎When exporting, some addresses, may be missing.",
        ],
    );
    check("Notes:\n\"Nothing here\"\n\nFirst Name,Last Name,Connected On\n", &[".: preamble=Notes:⏎Nothing here"]);
    check(
        "Report,,,\nA,B,C,D\n1,2,3,4\n5,6,7,8\n",
        &["row 1: A=1 | B=2 | C=3 | D=4", "row 2: A=5 | B=6 | C=7 | D=8", ".: preamble=Report"],
    );
}

#[test]
fn a_list_of_one_column_keeps_its_sentence_as_the_column() {
    check(
        "\u{feff}Advertisers who brought audiences in which you are included\n\nAcme Boats\nQuill & Sons, Ltd\nZoë Foods\n",
        &[
            "row 1: Advertisers who brought audiences in which you are included=Acme Boats",
            "row 2: Advertisers who brought audiences in which you are included=Quill & Sons | column 2=Ltd",
            "row 3: Advertisers who brought audiences in which you are included=Zoë Foods",
        ],
    );
    check("id\na1\nb2\n", &["row 1: id=a1", "row 2: id=b2"]);
    check("a@example.com\nb@example.com\n", &["row 1: column 1=a@example.com", "row 2: column 1=b@example.com"]);
    check("Only a sentence\n", &[".: preamble=Only a sentence"]);
}

#[test]
fn several_tables_in_a_file_keep_their_own_columns() {
    check(
        "Playlist ID,Title,Visibility\nPL1,Boats,Private\n\nVideo ID,Time Added\nv1,2020-07-05 18:27:32 UTC\nv2,2020-07-06 18:27:32 UTC\n",
        &[
            "row 1: Playlist ID=PL1 | Title=Boats | Visibility=Private",
            "row 2: Video ID=v1 | Time Added=2020-07-05 18:27:32 UTC",
            "row 3: Video ID=v2 | Time Added=2020-07-06 18:27:32 UTC",
        ],
    );
    check(
        "Date,Sum\n2020-01-01,5\n\nName,City\nRosa,Leeds\n",
        &["row 1: Date=2020-01-01 | Sum=5", "row 2: Name=Rosa | City=Leeds"],
    );
}

#[test]
fn a_header_of_another_width_begins_a_table_without_an_empty_line() {
    check(
        "Case,Opened,Title\n1,2022-02-03,Charge\n2,2022-02-04,Screen\nAgreement,Product\n97,iPad\n98,Mac\n",
        &[
            "row 1: Case=1 | Opened=2022-02-03 | Title=Charge",
            "row 2: Case=2 | Opened=2022-02-04 | Title=Screen",
            "row 3: Agreement=97 | Product=iPad",
            "row 4: Agreement=98 | Product=Mac",
        ],
    );
    // Words in a short row are a row that is cut, unless figures stand below.
    check(
        "Case,Opened,Title\n1,2022-02-03,Charge\nlost,words\n2,2022-02-04,Screen\nend,here\n",
        &[
            "row 1: Case=1 | Opened=2022-02-03 | Title=Charge",
            "row 2: Case=lost | Opened=words",
            "row 3: Case=2 | Opened=2022-02-04 | Title=Screen",
            "row 4: Case=end | Opened=here",
        ],
    );
}

#[test]
fn an_empty_line_between_rows_does_not_end_a_table() {
    check("Name,City\nRosa,Leeds\n\nBen,York\n", &["row 1: Name=Rosa | City=Leeds", "row 2: Name=Ben | City=York"]);
}

#[test]
fn a_column_may_be_called_like_the_beginning_of_an_address() {
    check("id,http_referer\n7,https://larkspur.example/\n", &["row 1: id=7 | http_referer=https://larkspur.example/"]);
}

#[test]
fn columns_of_the_same_name_and_of_none_are_told_apart() {
    check(
        "Job Titles,Job Titles,,Age\nCook,Baker,x,30\n",
        &["row 1: Job Titles=Cook | Job Titles (2)=Baker | column 3=x | Age=30"],
    );
}

#[test]
fn rows_longer_or_shorter_than_the_header_are_kept() {
    check(
        "A,B,C,D\n1,2,3,4,\nx\n1,2,3,4,5,\n",
        &["row 1: A=1 | B=2 | C=3 | D=4", "row 2: A=x", "row 3: A=1 | B=2 | C=3 | D=4 | column 5=5"],
    );
}

#[test]
fn a_table_without_a_header_numbers_its_columns_or_takes_those_of_the_sheet() {
    check(
        "2024-01-02,192.0.2.1\n2024-01-03,192.0.2.2\n",
        &["row 1: column 1=2024-01-02 | column 2=192.0.2.1", "row 2: column 1=2024-01-03 | column 2=192.0.2.2"],
    );
    let section = Section { columns: vec!["When".to_owned(), "Where".to_owned()], ..Section::default() };
    let expected = ["row 1: When=soon | Where=here"];
    assert_eq!(lines(&read_by(&section, b"soon,here\n")), expected);
    assert_eq!(lines(&read_by(&section, b"When,Where\nsoon,here\n")), expected);
}

#[test]
fn a_table_of_names_and_values_is_one_record() {
    let section = Section { pairs: true, ..Section::default() };
    let found = read_by(&section, b"statistic,value\naccount name,rosaquill\nkarma,5,extra\nempty,\n,nameless\n");
    assert_eq!(lines(&found), [".: account name=rosaquill | karma=5 | karma=extra | column 2=nameless"]);
}

#[test]
fn a_header_of_one_column_without_rows_is_no_remark_if_the_sheet_knows_it() {
    let section = Section { headers: vec![vec!["subreddit".to_owned()]], ..Section::default() };
    assert_eq!(lines(&read_by(&section, b"subreddit\n")), [""; 0]);
    assert_eq!(lines(&read_by(&section, b"subreddit\nbath\n")), ["row 1: subreddit=bath"]);
    assert_eq!(lines(&read(b"subreddit\n")), [".: preamble=subreddit"]);
}

#[test]
fn every_cell_of_a_wide_row_may_be_a_record_at_the_place_of_its_row() {
    let records = vec![crate::sheets::FieldPattern::parse("*").expect("well formed")];
    let section = Section { records, ..Section::default() };
    let found = read_by(&section, b"Age,Interests\n35,boats\n");
    assert_eq!(lines(&found), ["row 1: Age=35", "row 1: Interests=boats"]);
}

#[test]
fn a_list_of_one_column_that_the_sheet_names_keeps_commas_and_leaves_its_sentence_out() {
    let columns = vec!["advertiser".to_owned()];
    let section = Section { columns: columns.clone(), heading: true, ..Section::default() };
    let text = "\u{feff}Those who know you\r\n\r\nAcme, Inc.\r\n\"Quill & Sons, Ltd\"\r\n";
    let expected = ["row 1: advertiser=Acme, Inc.", "row 2: advertiser=Quill & Sons, Ltd"];
    let found = lines(&read_by(&section, text.as_bytes()));
    assert_eq!(found[..2], expected);
    assert_eq!(found[2..], [".: preamble=Those who know you"]);
    assert_eq!(lines(&read_by(&section, b"Those who know you\n")), [".: preamble=Those who know you"]);
    let plain = Section { columns, ..Section::default() };
    assert_eq!(lines(&read_by(&plain, b"advertiser\nAcme, Inc.\n")), ["row 1: advertiser=Acme, Inc."]);
    assert_eq!(lines(&read_by(&plain, b"Acme\n")), ["row 1: advertiser=Acme"]);
}

#[test]
fn only_plain_numbers_are_numbers() {
    use super::kind;
    use crate::record::ValueType::{Number, String};
    let expected = [("5", Number), ("-5.25", Number), ("0", Number), ("0.5", Number), ("007", String), ("+44", String)];
    for (cell, kind_of_it) in
        expected.into_iter().chain([("1,5", String), ("1e5", String), (".5", String), ("-", String)])
    {
        assert_eq!(kind(cell), kind_of_it, "{cell}");
    }
}

#[test]
fn a_quote_that_is_never_closed_is_named_with_its_line() {
    let found = read("A,B\n1,2\n3,\"open\n5,6\n");
    assert_eq!(lines(&found), ["row 1: A=1 | B=2", "row 2: A=3 | B=open⏎5,6"]);
    assert_eq!(found.problems[0].0, "line 3");
    assert!(found.problems[0].1.contains("never closed"));
}

#[test]
fn a_row_larger_than_the_cap_is_cut_and_reading_goes_on() {
    let mut text = b"A,B\n1,2\n3,\"".to_vec();
    text.extend(std::iter::repeat_n(b'x', 33 << 20));
    text.extend_from_slice(b"\n7,8\n9,10\n");
    let found = read(text);
    let given: Vec<&str> = found.values_of("A");
    assert_eq!(given, ["1", "3", "7", "9"]);
    assert_eq!(found.problems[0].0, "line 3");
    assert!(found.problems[0].1.contains("32 MiB"));
    assert!(found.problems.iter().any(|(place, what)| place == "line 3" && what.contains("16 MiB")));
}

#[test]
fn a_row_of_too_many_columns_keeps_the_first_ones() {
    let text = format!("A,B\n{}\n1,2\n", "x,".repeat(200_000));
    let found = read(text);
    assert_eq!(found.values_of("A"), ["x", "1"]);
    assert_eq!(found.records[0].values.iter().filter(|(_, value)| value == "x").count(), 10_000);
    assert_eq!(found.problems.len(), 1);
    assert!(found.problems[0].1.contains("10000 columns"));
}

#[test]
fn nul_bytes_are_left_out_and_said() {
    let found = read(b"A,B\n1\0,2\n");
    assert_eq!(lines(&found), ["row 1: A=1 | B=2"]);
    assert_eq!(found.problems, [(".".to_owned(), "1 NUL bytes were left out".to_owned())]);
}

/// Gives its bytes a few at a time, and breaks at the end if told to.
struct Pieces<'a> {
    bytes: &'a [u8],
    size: usize,
    breaks: bool,
}

impl std::io::Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.bytes.is_empty() && self.breaks {
            return Err(std::io::Error::other("the archive ends here"));
        }
        let (now, later) = self.bytes.split_at(self.size.min(self.bytes.len()).min(out.len()));
        out[..now.len()].copy_from_slice(now);
        self.bytes = later;
        Ok(now.len())
    }
}

fn read_in_pieces(bytes: &[u8], size: usize, breaks: bool) -> Collection {
    let section = Section::default();
    let mut paths = crate::emit::Paths::new(0, 1, false);
    let mut found = Collection::default();
    let rules = crate::emit::Rules { section: &section, shared: &[] };
    let mut emitter = crate::emit::Emitter::new(rules, &mut paths, &mut found, "table.csv");
    let outcome = super::decode(&mut Pieces { bytes, size, breaks }, &mut emitter);
    emitter.finish();
    found.error = outcome.err().map(|error| error.to_string());
    found
}

#[test]
fn a_table_that_breaks_off_keeps_what_came_before() {
    let found = read_in_pieces(b"A,B\n1,2\n3,4", 3, true);
    assert_eq!(lines(&found), ["row 1: A=1 | B=2", "row 2: A=3 | B=4"]);
    assert_eq!(found.error.as_deref(), Some("the archive ends here"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_bytes_stop_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn the_size_of_the_pieces_does_not_matter(text in "[a,\"\r\n;0é ]{0,200}", size in 1usize..9) {
        let whole = read(&text);
        let pieces = read_in_pieces(text.as_bytes(), size, false);
        prop_assert_eq!(whole.records, pieces.records);
        prop_assert_eq!(whole.problems, pieces.problems);
    }
}

#[test]
fn a_translated_header_goes_by_the_names_the_sheet_tells() {
    let headers =
        vec![vec!["Id".to_owned(), "Created".to_owned(), "Text".to_owned()], vec!["Id".to_owned(), "Text".to_owned()]];
    let section = Section { headers, ..Section::default() };
    let check =
        |text: &str, expected: &str| assert_eq!(lines(&read_by(&section, text.as_bytes())), [expected], "{text}");
    check("Nummer,Erstellt,Wortlaut\n1,2024-01-02,soon\n", "row 1: Id=1 | Created=2024-01-02 | Text=soon");
    check("Nummer,Wortlaut\n1,soon\n", "row 1: Id=1 | Text=soon");
    check("ID,created,TEXT\n1,2024-01-02,soon\n", "row 1: Id=1 | Created=2024-01-02 | Text=soon");
    check("Text,Id,Created\nsoon,1,2024-01-02\n", "row 1: Text=soon | Id=1 | Created=2024-01-02");
    check("A,B,C,D\n1,2,3,4\n", "row 1: A=1 | B=2 | C=3 | D=4");
    check("1,2024-01-02,soon\n", "row 1: column 1=1 | column 2=2024-01-02 | column 3=soon");
}
