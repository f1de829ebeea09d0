use crate::decode::Decoder;
use crate::decode::time::Clock;
use crate::emit::{Emitter, Paths, Rules};
use crate::record::{FieldId, Identifier, Row, Sink};
use crate::sheets::{FieldPattern, Section, ThreadName};
use std::io::Read;

#[derive(Default)]
struct Count { rows: u64, bytes: u64, fields: u32 }
impl Sink for Count {
    fn field(&mut self, _: u16, _: &str) -> FieldId { self.fields += 1; self.fields }
    fn thread(&mut self, _: &str) -> u32 { 0 }
    fn name_thread(&mut self, _: u32, _: &str) {}
    fn label(&mut self, _: FieldId, _: &str) {}
    fn row(&mut self, row: &Row<'_>) { self.rows += 1; self.bytes += row.values.len() as u64; }
    fn identifier(&mut self, _: FieldId, _: &Identifier<'_>) {}
    fn problem(&mut self, l: &str, w: &str) { panic!("{l} {w}"); }
}
struct Gen { head: Vec<u8>, body: Vec<u8>, tail: Vec<u8>, left: u64, at: usize, stage: u8 }
impl Read for Gen {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let src = match self.stage { 0 => &self.head, 1 => &self.body, 2 => &self.tail, _ => return Ok(0) };
        let n = (&src[self.at..]).read(out)?;
        self.at += n;
        if self.at == src.len() {
            self.at = 0;
            if self.stage == 1 && self.left > 1 { self.left -= 1 } else { self.stage += 1 }
        }
        Ok(n)
    }
}
fn fp(t: &str) -> FieldPattern { FieldPattern::parse(t).unwrap() }
#[test]
#[ignore]
fn speed() {
    let mut body = String::new();
    for i in 0..1000u64 {
        let c = match i % 4 {
            0 => "ok see you there".to_owned(),
            1 => "caf\\u00c3\\u00a9? \\u00f0\\u009f\\u0098\\u008a shall we meet".to_owned(),
            2 => "I was thinking about the trip we planned last week and \\\"whether\\\" we should leave on Friday or Saturday morning instead".to_owned(),
            _ => "lol".to_owned(),
        };
        body += &format!("    {{\n      \"sender_name\": \"{}\",\n      \"timestamp_ms\": {},\n      \"content\": \"{c}\",\n      \"is_geoblocked_for_viewer\": false,\n      \"is_unsent_image_by_messenger_kid_parent\": false\n    }},\n", if i % 2 == 0 {"Rosa Quill"} else {"Ben Zo\\u00c3\\u00ab"}, 1_700_000_000_123u64 + i * 1000);
    }
    let per = body.len();
    for known in [true, false] {
    let tail = "{\"sender_name\":\"x\"}], \"title\": \"Ben\", \"thread_path\": \"inbox/ben_1\"}";
    let section = if known { Section { records: vec![fp("messages[]")], time: vec![(fp("timestamp_ms"), Clock::Millis)], who: vec![fp("sender_name")], text: vec![fp("content")], thread: vec![ThreadName::Field(fp("^title"))], mojibake: Some(true), fields: vec![(fp("sender_name"), Default::default())], ..Section::default() } } else { Section { mojibake: Some(true), ..Section::default() } };
    for _ in 0..2 {
        let mut paths = Paths::new(0, 1, true);
        let mut sink = Count::default();
        let n = 300_000_000 / per as u64;
        let mut input = Gen { head: b"{\"participants\": [{\"name\": \"Rosa\"}], \"messages\": [\n".to_vec(), body: body.clone().into_bytes(), tail: tail.into(), left: n, at: 0, stage: 0 };
        let t = std::time::Instant::now();
        let mut e = Emitter::new(Rules { section: &section, shared: &[] }, &mut paths, &mut sink, "a/b.json");
        Decoder::Json.decode(&mut input, &mut e).unwrap();
        e.finish();
        let s = t.elapsed().as_secs_f64();
        let rss = std::fs::read_to_string("/proc/self/status").unwrap().lines().find(|l| l.starts_with("VmHWM")).unwrap().to_owned();
        eprintln!("known {known}: {} rows, {:.0} MB, {:.2} s, {:.0} MB/s, {rss} {}", sink.rows, (n * per as u64) as f64 / 1e6, s, (n * per as u64) as f64 / 1e6 / s, sink.bytes);
    }
    }
}
