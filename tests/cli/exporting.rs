//! `export`, and the forms of `summary`.

use super::world::{count, list, tellall, text, world};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder for one export.
fn folder(name: &str) -> PathBuf {
    world().home.path().join(name)
}

fn manifest(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("manifest.json")).expect("a manifest")).expect("JSON")
}

#[test]
fn all_records_are_written_once_with_a_manifest_that_counts_them() {
    let to = folder("export-all");
    let ran = tellall(&["export", "--format", "jsonl", "-o", to.to_str().expect("UTF-8"), "--json"]).ended(0);
    let lines = fs::read_to_string(to.join("records.jsonl")).expect("records");
    let records = lines.lines().count() as u64;
    let all: u64 = ["facebook", "whatsapp"].iter().map(|company| count(&format!("company:{company}"))).sum();
    assert!(records >= all && all > 0);
    assert_eq!(manifest(&to)["records"], records);
    assert_eq!(ran.json(), manifest(&to));
    assert_eq!(manifest(&to)["values"], "masked");
}

#[test]
fn other_people_are_numbers_masked_values_are_not_readable_and_reveal_shows_them() {
    let query = "company:whatsapp";
    let written = |name: &str, more: &[&str]| {
        let to = folder(name);
        let args = [&["export", "--format", "jsonl", "-o", to.to_str().expect("UTF-8"), query][..], more].concat();
        tellall(&args).ended(0);
        fs::read_to_string(to.join("records.jsonl")).expect("records")
    };
    let names: Vec<String> =
        super::world::hits(query).iter().filter_map(|hit| hit["who"].as_str().map(str::to_owned)).collect();
    let other = names.iter().find(|name| !name.contains("Rosa")).expect("somebody else wrote too");
    let masked = written("export-masked", &[]);
    assert!(masked.contains("Person 1") && !masked.contains(other.as_str()) && !masked.contains("Rosa Quill"));
    let dropped = written("export-dropped", &["--others", "drop"]);
    assert!(!dropped.contains("Person 1") && !dropped.contains(other.as_str()));
    let full = written("export-full", &["--others", "keep", "--reveal"]);
    assert!(full.contains(other.as_str()));
    let bare = written("export-bare", &["--no-values"]);
    assert!(!bare.contains("\"value\"") && bare.contains("\"field\""));
}

#[test]
fn tables_have_a_row_for_each_record_and_value() {
    let to = folder("export-csv");
    tellall(&["export", "--format", "csv", "-o", to.to_str().expect("UTF-8")]).ended(0);
    let (records, values) = (fs::read_to_string(to.join("records.csv")), fs::read_to_string(to.join("values.csv")));
    assert!(
        records.expect("records").starts_with("record,export,company,section,kind,time,who,thread,entry,locator\r\n")
    );
    assert!(values.expect("values").starts_with("record,field,category,origin,value\r\n"));
    let manifest = manifest(&to);
    let rows: Vec<u64> = list(&manifest, "files").iter().map(|file| file["rows"].as_u64().expect("a number")).collect();
    assert_eq!(
        rows,
        [manifest["records"].as_u64().expect("a number"), manifest["written_values"].as_u64().expect("a number")]
    );
}

/// Each row of a table as texts; an absent cell is empty.
#[cfg(any(feature = "sqlite", feature = "parquet"))]
type Rows = Vec<Vec<String>>;

#[cfg(feature = "sqlite")]
fn rows_of_sqlite(file: &Path, query: &str) -> Rows {
    let open = rusqlite::Connection::open_with_flags(file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY);
    let open = open.expect("a database");
    let mut statement = open.prepare(query).expect("SQL");
    let columns = statement.column_count();
    let row = |row: &rusqlite::Row<'_>| {
        let cell = |at| match row.get_ref(at)? {
            rusqlite::types::ValueRef::Integer(number) => Ok(number.to_string()),
            other => Ok(other.as_str_or_null()?.unwrap_or_default().to_owned()),
        };
        (0..columns).map(cell).collect::<rusqlite::Result<Vec<String>>>()
    };
    statement.query_map([], row).expect("rows").map(|row| row.expect("a row")).collect()
}

#[cfg(feature = "parquet")]
fn rows_of_parquet(file: &Path) -> Rows {
    use arrow_array::Array as _;
    use arrow_array::cast::AsArray as _;
    let file = fs::File::open(file).expect("a file");
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    let mut rows = Rows::new();
    for batch in reader.build().expect("a reader") {
        let batch = batch.expect("rows");
        for at in 0..batch.num_rows() {
            let cell = |column: &arrow_array::ArrayRef| match column.as_string_opt::<i32>() {
                Some(text) if text.is_null(at) => String::new(),
                Some(text) => text.value(at).to_owned(),
                None => column.as_primitive::<arrow_array::types::UInt64Type>().value(at).to_string(),
            };
            rows.push(batch.columns().iter().map(cell).collect());
        }
    }
    rows
}

/// The records and values of the same export in JSON Lines, as rows of the two tables.
#[cfg(any(feature = "sqlite", feature = "parquet"))]
fn rows_of_lines(file: &Path) -> (Rows, Rows) {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let cell = |from: &Value, key: &str| from.get(key).filter(|value| !value.is_null()).map(text).unwrap_or_default();
    let (mut records, mut values) = (Rows::new(), Rows::new());
    for line in fs::read_to_string(file).expect("records").lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        let keys = ["record", "export", "company", "section", "kind", "time", "who", "thread", "entry", "locator"];
        records.push(keys.map(|key| cell(&record, key)).to_vec());
        for value in list(&record, "values") {
            let keys = ["field", "category", "origin", "value"];
            values.push([vec![cell(&record, "record")], keys.map(|key| cell(value, key)).to_vec()].concat());
        }
    }
    (records, values)
}

/// Exports the same records, masked, as JSON Lines and in a form; gives both folders.
#[cfg(any(feature = "sqlite", feature = "parquet"))]
fn twice(format: &str) -> (PathBuf, PathBuf) {
    let (lines, other) = (folder(&format!("twin-{format}")), folder(&format!("export-{format}")));
    for (format, to) in [("jsonl", &lines), (format, &other)] {
        tellall(&["export", "--format", format, "-o", to.to_str().expect("UTF-8")]).ended(0);
    }
    assert_eq!(manifest(&lines)["written_values"], manifest(&other)["written_values"]);
    (lines.join("records.jsonl"), other)
}

#[cfg(feature = "sqlite")]
#[test]
fn a_database_holds_the_same_rows_as_the_lines() {
    let (lines, folder) = twice("sqlite");
    let file = folder.join("records.sqlite");
    let (records, values) = rows_of_lines(&lines);
    assert!(!values.is_empty());
    assert_eq!(rows_of_sqlite(&file, "SELECT * FROM records ORDER BY record"), records);
    assert_eq!(rows_of_sqlite(&file, "SELECT * FROM record_values ORDER BY rowid"), values);
    assert_eq!(rows_of_sqlite(&file, "PRAGMA integrity_check"), [["ok"]]);
    assert!(!fs::read(&file).expect("the file").windows(10).any(|bytes| bytes == b"Rosa Quill"), "values are masked");
    assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 2, "the database and its manifest, no journal");
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_holds_the_same_rows_as_the_lines() {
    let (lines, folder) = twice("parquet");
    let (records, values) = rows_of_lines(&lines);
    assert!(!values.is_empty());
    assert_eq!(rows_of_parquet(&folder.join("records.parquet")), records);
    assert_eq!(rows_of_parquet(&folder.join("values.parquet")), values);
    let files = manifest(&folder);
    for file in list(&files, "files") {
        let length = fs::metadata(folder.join(text(file, "name"))).expect("it is there").len();
        assert_eq!(file["bytes"], length, "{file}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_written_is_for_its_owner_alone_and_never_over_something() {
    use std::os::unix::fs::PermissionsExt as _;
    let to = folder("export-rights");
    let args = ["export", "--format", "csv", "-o", to.to_str().expect("UTF-8")];
    tellall(&args).ended(0);
    let mode = |path: &PathBuf| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(&to), 0o700);
    for name in ["manifest.json", "records.csv", "values.csv"] {
        assert_eq!(mode(&to.join(name)), 0o600, "{name}");
    }
    let refused = tellall(&args).ended(2);
    assert!(refused.err.contains("exists already"), "{}", refused.err);
}

#[test]
fn nothing_found_and_a_mistake_write_nothing() {
    let to = folder("export-nothing");
    let path = to.to_str().expect("UTF-8");
    tellall(&["export", "--format", "csv", "-o", path, "zzzzqqqq"]).ended(1);
    tellall(&["export", "--format", "csv", "-o", path, "after:x"]).ended(2);
    assert!(!to.exists());
}

#[test]
fn a_summary_as_a_page_has_no_script_and_fetches_nothing() {
    let page = tellall(&["summary", "--format", "html", "--reproducible"]).ended(0).out;
    assert!(page.starts_with("<!doctype html>") && page.contains("default-src 'none'"));
    for mark in ["<script", "<img", "<link", "src=", "href=", "@import", "url("] {
        assert!(!page.contains(mark), "{mark}");
    }
    assert!(page.contains("Shared identifiers") && page.contains("facebook") && !page.contains("Rosa Quill"));
    assert_eq!(page, tellall(&["summary", "--format", "html", "--reproducible"]).ended(0).out);
}

#[test]
fn a_summary_in_markdown_has_a_table_for_each_answer() {
    let out = tellall(&["summary", "--format", "markdown", "--reproducible"]).ended(0).out;
    assert!(out.starts_with("# What companies hold"));
    for title in
        ["Companies", "Kinds of data", "Shared identifiers", "Businesses", "Choices", "What is missing", "Fields"]
    {
        assert!(out.contains(&format!("\n## {title}\n")), "{title}");
    }
}

#[test]
fn a_summary_in_dpv_terms_links_only_what_it_holds() {
    let value = tellall(&["summary", "--format", "jsonld", "--reproducible"]).ended(0).json();
    let graph = list(&value, "@graph");
    let ids: Vec<&str> = graph.iter().map(|node| text(node, "@id")).collect();
    assert!(value["@context"]["dpv"] == "https://w3id.org/dpv#");
    let handled = graph.iter().filter(|node| node["@type"] == "dpv:PersonalDataHandling");
    for node in handled {
        for key in ["hasPersonalData", "hasRecipientThirdParty"] {
            let links = list(node, key);
            assert!(links.iter().all(|link| link.as_str().is_some_and(|id| ids.contains(&id))), "{key}");
        }
        assert!(ids.contains(&text(node, "hasDataController")));
    }
    let email = graph.iter().find(|node| node["broader"] == "pd:EmailAddress").expect("an e-mail address");
    assert!(email["value"].as_str().is_some_and(|value| value.contains('•')), "{email}");
}
