//! Every clock of the exports, into one [`Time`] that keeps "zone unknown".

use crate::record::Time;

/// How a field writes time. Sheets name clocks by [`Clock::parse`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clock {
    /// `auto`: a number by its magnitude, a text by the known forms.
    Auto,
    /// `s`: unix seconds.
    Seconds,
    /// `ms`
    Millis,
    /// `us`
    Micros,
    /// `ns`
    Nanos,
    /// `webkit`: microseconds since 1601.
    Webkit,
    /// `cocoa`: seconds since 2001.
    Cocoa,
    /// `snowflake:EPOCH_MS`: the time inside an id, milliseconds in the high bits above 22.
    Snowflake(i64),
    /// `text:FORMAT`: a strptime format of the `jiff` crate; without an offset in it the zone is unknown.
    Text(String),
}

impl Clock {
    /// The clock a sheet names; the error is a sentence for the sheet's author.
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(match text {
            "auto" => Self::Auto,
            "s" => Self::Seconds,
            "ms" => Self::Millis,
            "us" => Self::Micros,
            "ns" => Self::Nanos,
            "webkit" => Self::Webkit,
            "cocoa" => Self::Cocoa,
            _ => match text.split_once(':') {
                Some(("text", format)) => Self::Text(format.to_owned()),
                Some(("snowflake", epoch)) => Self::Snowflake(
                    epoch.parse().map_err(|_| format!("`{text}`: the epoch is a number of milliseconds"))?,
                ),
                _ => {
                    return Err(format!(
                        "`{text}` is no clock: use auto, s, ms, us, ns, webkit, cocoa, snowflake:EPOCH or text:FORMAT"
                    ));
                }
            },
        })
    }

    /// Reads a value. `None` if it is not a time, or none inside 1970–2100.
    pub fn read(&self, value: &str) -> Option<Time> {
        let number = || value.trim().parse::<i64>().ok();
        match self {
            Self::Seconds => number().and_then(Time::utc_s),
            Self::Millis => number().and_then(Time::utc_ms),
            Self::Micros => number().and_then(|n| Time::utc_ms(n.div_euclid(1000))),
            Self::Nanos => number().and_then(|n| Time::utc_ms(n.div_euclid(1_000_000))),
            Self::Webkit => number().and_then(|n| Time::utc_ms(n.div_euclid(1000) - 11_644_473_600_000)),
            Self::Cocoa => number().and_then(|n| Time::utc_s(n + 978_307_200)),
            Self::Snowflake(epoch) => number().and_then(|n| Time::utc_ms((n >> 22) + epoch)),
            Self::Auto | Self::Text(_) => None,
        }
    }
}
