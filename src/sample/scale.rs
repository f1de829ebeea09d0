//! Exports of any size, for benchmarks: conversations as Facebook writes them, in files of 10,000 messages; events as Discord
//! writes them, one a line.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

/// Messages in one `message_N.json`, as Facebook splits them.
const PER_FILE: usize = 10_000;

/// Words of a message are drawn from these and numbers, so that rare and dense terms both exist.
const WORDS: [&str; 40] = [
    "the",
    "you",
    "and",
    "see",
    "lunch",
    "tomorrow",
    "later",
    "sunday",
    "train",
    "photo",
    "great",
    "thanks",
    "garden",
    "shed",
    "key",
    "caf\\u00c3\\u00a9",
    "M\\u00c3\\u00bcnchen",
    "ma\\u00c3\\u00b1ana",
    "\\u00f0\\u009f\\u0098\\u008a",
    "\\u00e6\\u0097\\u00a5\\u00e6\\u009b\\u009c",
    "where",
    "when",
    "what",
    "home",
    "work",
    "office",
    "call",
    "me",
    "back",
    "yes",
    "no",
    "maybe",
    "really",
    "book",
    "ticket",
    "bus",
    "late",
    "early",
    "rain",
    "sun",
];

const PEOPLE: [&str; 6] = [
    "Rosa Quill",
    "Ben Zo\\u00c3\\u00ab",
    "Marta Quill",
    "Jos\\u00c3\\u00a9 Ibarra",
    "Sam Okafor",
    "\\u00c5\\u0081ukasz \\u00c5\\u00bbak",
];

/// Draws numbers that look random and are the same every time (`SplitMix64`).
pub(super) struct Draw(pub(super) u64);

impl Draw {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// Writes a Facebook export of `messages` messages to `target`.
pub fn facebook_messages(target: &Path, messages: usize) -> io::Result<()> {
    facebook(target, messages, PER_FILE)
}

/// Writes a Facebook export whose `messages` messages stand in one entry, as tools that put the files of a conversation together
/// make it.
pub fn one_conversation(target: &Path, messages: usize) -> io::Result<()> {
    facebook(target, messages, messages.max(1))
}

fn facebook(target: &Path, messages: usize, per_file: usize) -> io::Result<()> {
    let mut zip = zip::ZipWriter::new(BufWriter::new(File::create(target)?));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut draw = Draw(7);
    let files = messages.div_ceil(per_file);
    for file in 0..files {
        let name = format!(
            "your_facebook_activity/messages/inbox/friend{}_{}/message_{}.json",
            file % 40,
            1_000 + file % 40,
            1 + file / 40
        );
        zip.start_file(name, options).map_err(io::Error::other)?;
        chat(&mut zip, &mut draw, file, per_file.min(messages - file * per_file))?;
    }
    zip.finish().map_err(io::Error::other)?.flush()
}

fn chat(out: &mut impl Write, draw: &mut Draw, file: usize, messages: usize) -> io::Result<()> {
    let friend = PEOPLE[1 + file % (PEOPLE.len() - 1)];
    write!(
        out,
        "{{\n  \"participants\": [\n    {{\n      \"name\": \"{friend}\"\n    }},\n    {{\n      \"name\": \"Rosa Quill\"\n    }}\n  ],\n  \"messages\": ["
    )?;
    let mut time = 1_700_000_000_000u64 - file as u64 * 50_000_000;
    let mut content = String::new();
    for at in 0..messages {
        time -= 1_000 + draw.next() % 600_000;
        content.clear();
        for _ in 0..3 + draw.below(14) {
            content.push_str(WORDS[draw.below(WORDS.len())]);
            content.push(' ');
        }
        let sender = if draw.below(2) == 0 { "Rosa Quill" } else { friend };
        let comma = if at == 0 { "" } else { "," };
        write!(
            out,
            "{comma}\n    {{\n      \"sender_name\": \"{sender}\",\n      \"timestamp_ms\": {time},\n      \"content\": \"{content}{}\",\n      \"is_geoblocked_for_viewer\": false,\n      \"is_unsent_image_by_messenger_kid_parent\": false\n    }}",
            draw.below(1_000_000)
        )?;
    }
    write!(
        out,
        "\n  ],\n  \"title\": \"{friend}\",\n  \"is_still_participant\": true,\n  \"thread_path\": \"inbox/friend{}_{}\",\n  \"magic_words\": []\n}}\n",
        file % 40,
        1_000 + file % 40
    )
}

/// Writes a Discord package with `bytes` of events, one JSON object a line, in two folders that overlap: every fourth event of the
/// second stands in the first too.
pub fn discord_events(target: &Path, bytes: u64) -> io::Result<()> {
    let mut zip = zip::ZipWriter::new(BufWriter::new(File::create(target)?));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated).large_file(true);
    let plain = [
        (
            "account/user.json",
            r#"{"id":"400000000000000001","username":"rosaquill","discriminator":0,"email":"rosa.quill@example.com","verified":true}"#,
        ),
        ("messages/index.json", r#"{"400000000000000004":"Direct Message with benzoe"}"#),
        (
            "messages/c400000000000000004/channel.json",
            r#"{"id":"400000000000000004","type":"DM","recipients":["400000000000000001","400000000000000002"]}"#,
        ),
        ("messages/c400000000000000004/messages.json", "[]"),
    ];
    for (name, text) in plain {
        zip.start_file(format!("package/{name}"), options).map_err(io::Error::other)?;
        zip.write_all(text.as_bytes())?;
    }
    let mut draw = Draw(11);
    for (folder, share, step) in [("analytics", bytes * 3 / 4, 1u64), ("reporting", bytes / 4, 4)] {
        zip.start_file(format!("package/activity/{folder}/events-2024-00000-of-00001.json"), options)
            .map_err(io::Error::other)?;
        let (mut written, mut at) = (0, 0u64);
        while written < share {
            // Numbers of the second folder leap over three of four of the first, and go on behind its end.
            written += event(&mut zip, &mut draw, at)?;
            at += step;
        }
    }
    zip.finish().map_err(io::Error::other)?.flush()
}

fn event(out: &mut impl Write, draw: &mut Draw, at: u64) -> io::Result<u64> {
    const KINDS: [&str; 6] =
        ["app_opened", "guild_viewed", "channel_opened", "voice_disconnect", "send_message", "notification_clicked"];
    let (second, kind) = (1_600_000_000 + at * 7, KINDS[draw.below(KINDS.len())]);
    let day = jiff::Timestamp::from_second(second as i64).unwrap_or_default();
    let line = format!(
        concat!(
            r#"{{"event_type":"{kind}","event_id":"{at:032x}","event_source":"client","user_id":"400000000000000001","#,
            r#""domain":"Backend","ip":"203.0.113.{ip}","day":"{at}","chosen_locale":"en-GB","detected_locale":"en-GB","browser":"Firefox","os":"Linux","#,
            r#""device_advertiser_id":"38400000-8cf0-11bd-b23e-10b96e40000d","city":"Bath","country_code":"GB","region_code":"ENG","time_zone":"Europe/London","isp":"Example Net","#,
            r#""channel":"{channel}","message_id":"{message}","client_send_timestamp":"\"{day}\"","timestamp":"\"{day}\"","client_uuid":"{uuid:x}"}}"#,
            "\n"
        ),
        kind = kind,
        at = at,
        ip = draw.below(250),
        channel = 400_000_000_000_000_000 + draw.next() % 40,
        message = 400_000_000_000_000_000u64 + at,
        day = day,
        uuid = draw.next(),
    );
    out.write_all(line.as_bytes())?;
    Ok(line.len() as u64)
}

/// Writes a location history of Google of at least `bytes`, a position every two minutes, as `Records.json` has them: with the
/// movements it is taken for, and every fourth time the networks nearby.
pub fn google_locations(target: &Path, bytes: u64) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(target)?);
    let mut draw = Draw(13);
    let (mut written, mut at) = (0, 0u64);
    out.write_all(b"{\n  \"locations\": [")?;
    while written < bytes {
        written += position(&mut out, &mut draw, at)?;
        at += 1;
    }
    out.write_all(b"]\n}\n")?;
    out.flush()
}

fn position(out: &mut impl Write, draw: &mut Draw, at: u64) -> io::Result<u64> {
    // Writing to a String cannot fail.
    use std::fmt::Write as _;
    const MOVEMENTS: [&str; 5] = ["STILL", "WALKING", "ON_BICYCLE", "IN_VEHICLE", "UNKNOWN"];
    const SOURCES: [&str; 3] = ["WIFI", "CELL", "GPS"];
    let time = jiff::Timestamp::from_millisecond(1_400_000_000_000 + at as i64 * 120_000).unwrap_or_default();
    let comma = if at == 0 { "" } else { ", " };
    let mut text = format!(
        "{comma}{{\n    \"latitudeE7\": {},\n    \"longitudeE7\": {},\n    \"accuracy\": {},\n    \"activity\": [{{\n      \
         \"activity\": [{{\n        \"type\": \"{}\",\n        \"confidence\": {}\n      }}],\n      \"timestamp\": \"{time}\"\n    \
         }}],\n    \"source\": \"{}\",\n    \"deviceTag\": -1978796627,\n",
        513_811_000 + draw.below(800_000),
        draw.below(900_000) as i64 - 23_590_000,
        5 + draw.below(60),
        MOVEMENTS[draw.below(MOVEMENTS.len())],
        draw.below(101),
        SOURCES[draw.below(SOURCES.len())],
    );
    if at.is_multiple_of(4) {
        text.push_str("    \"activeWifiScan\": {\n      \"accessPoints\": [");
        for network in 0..3 {
            let comma = if network == 0 { "" } else { ", " };
            let (mac, strength) = (2_200_601_362_433 + draw.next() % 100_000, draw.below(60));
            let _ = write!(
                text,
                "{comma}{{\n        \"mac\": \"{mac}\",\n        \"strength\": -{},\n        \"frequencyMhz\": 2437\n      }}",
                strength + 30
            );
        }
        text.push_str("]\n    },\n");
    }
    let _ = write!(text, "    \"timestamp\": \"{time}\"\n  }}");
    out.write_all(text.as_bytes())?;
    Ok(text.len() as u64)
}
