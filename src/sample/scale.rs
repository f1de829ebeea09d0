//! The Facebook sample at any size, for benchmarks: conversations as Facebook writes them, in files of 10,000 messages.

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
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// Writes a Facebook export of `messages` messages to `target`.
pub fn facebook_messages(target: &Path, messages: usize) -> io::Result<()> {
    let mut zip = zip::ZipWriter::new(BufWriter::new(File::create(target)?));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut draw = Draw(7);
    let files = messages.div_ceil(PER_FILE);
    for file in 0..files {
        let name = format!(
            "your_facebook_activity/messages/inbox/friend{}_{}/message_{}.json",
            file % 40,
            1_000 + file % 40,
            1 + file / 40
        );
        zip.start_file(name, options).map_err(io::Error::other)?;
        chat(&mut zip, &mut draw, file, PER_FILE.min(messages - file * PER_FILE))?;
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
