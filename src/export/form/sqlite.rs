//! One `SQLite` file with the tables `records` and `record_values`.

use super::{Form, RECORDS, VALUES, cells};
use crate::export::{FileWritten, Format, Record, files};
use anyhow::Context as _;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use std::fs;
use std::path::{Path, PathBuf};

pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
    name: &'static str,
    rows: u64,
}

/// The file is taken back whole if writing fails, so there is no journal beside it. What waits for a disk waits in memory:
/// nothing is written anywhere else.
const SETTINGS: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; BEGIN";
const INDEXES: &str = "CREATE INDEX values_of_record ON record_values (record); \
                       CREATE INDEX records_by_time ON records (time); COMMIT";

impl Sqlite {
    pub fn new(folder: &Path) -> anyhow::Result<Self> {
        let [name] = Format::Sqlite.files() else { anyhow::bail!("this is one file") };
        let path = folder.join(name);
        // Made by us first: SQLite would let others read it.
        files::create(&path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&path, flags).context("opening the database")?;
        connection.execute_batch(SETTINGS)?;
        // The rest of the columns are texts.
        let columns = |columns: &[&str]| columns.iter().skip(1).copied().collect::<Vec<_>>().join(" TEXT, ");
        let (records, values) = (columns(&RECORDS), columns(&VALUES));
        connection.execute_batch(&format!("CREATE TABLE records (record INTEGER PRIMARY KEY, {records} TEXT)"))?;
        let link = "record INTEGER NOT NULL REFERENCES records (record)";
        connection.execute_batch(&format!("CREATE TABLE record_values ({link}, {values} TEXT)"))?;
        Ok(Self { connection, path, name, rows: 0 })
    }
}

impl Form for Sqlite {
    fn write(&mut self, record: &Record) -> anyhow::Result<()> {
        let number = record.record.to_string();
        let row = [Some(number.as_str())].into_iter().chain(cells(record));
        let mut insert = self.connection.prepare_cached("INSERT INTO records VALUES (?,?,?,?,?,?,?,?,?,?)")?;
        insert.execute(params_from_iter(row))?;
        let mut insert = self.connection.prepare_cached("INSERT INTO record_values VALUES (?,?,?,?,?)")?;
        for value in &record.values {
            insert.execute((&number, &value.field, &value.category, value.origin, &value.value))?;
        }
        self.rows += 1;
        Ok(())
    }

    fn finish(self: Box<Self>) -> anyhow::Result<Vec<FileWritten>> {
        self.connection.execute_batch(INDEXES)?;
        self.connection.close().map_err(|(_, error)| error).context("closing the database")?;
        let bytes = fs::metadata(&self.path)?.len();
        Ok(vec![FileWritten { name: self.name.to_owned(), rows: self.rows, bytes }])
    }
}
