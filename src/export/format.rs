//! The forms that records are written in: how each is called, what it is good for, which files it makes.

use serde::Serialize;

/// The form records are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One JSON object a line
    Jsonl,
    /// Two tables: records, and their values
    Csv,
    /// The two tables as columns, for data tools
    #[cfg(feature = "parquet")]
    Parquet,
    /// The two tables in one database file
    #[cfg(feature = "sqlite")]
    Sqlite,
}

impl Format {
    /// As on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
            #[cfg(feature = "sqlite")]
            Self::Sqlite => "sqlite",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Jsonl => "JSON Lines",
            Self::Csv => "CSV",
            #[cfg(feature = "parquet")]
            Self::Parquet => "Parquet",
            #[cfg(feature = "sqlite")]
            Self::Sqlite => "SQLite",
        }
    }

    pub fn meaning(self) -> &'static str {
        match self {
            Self::Jsonl => "One JSON object a line, in a new folder.",
            Self::Csv => "Two tables for a spreadsheet, in a new folder.",
            #[cfg(feature = "parquet")]
            Self::Parquet => "Two tables for DuckDB, pandas and the like, in a new folder.",
            #[cfg(feature = "sqlite")]
            Self::Sqlite => "Two tables in one database file, in a new folder.",
        }
    }

    /// The files it makes in the folder of an export.
    pub fn files(self) -> &'static [&'static str] {
        match self {
            Self::Jsonl => &["records.jsonl"],
            Self::Csv => &["records.csv", "values.csv"],
            #[cfg(feature = "parquet")]
            Self::Parquet => &["records.parquet", "values.parquet"],
            #[cfg(feature = "sqlite")]
            Self::Sqlite => &["records.sqlite"],
        }
    }
}
