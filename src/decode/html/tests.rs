use crate::decode::Decoder;
use crate::emit::collect::{Collected, Collection};
use crate::sheets::Section;
use proptest::prelude::*;
use std::fmt::Write as _;

fn read(page: impl AsRef<[u8]>) -> Collection {
    Collection::of(Decoder::Html, &Section::default(), false, "page.html", page.as_ref())
}

/// One line a record: place, then the values.
fn lines(found: &Collection) -> Vec<String> {
    let line = |record: &Collected| {
        let values = record.values.iter().map(|(path, value)| format!(" {path}={}", value.replace('\n', "⏎")));
        format!("{}:{}", record.locator, values.collect::<Vec<_>>().join(" |"))
    };
    found.records.iter().map(line).collect()
}

fn check(page: &str, expected: &[&str]) {
    let found = read(page);
    assert_eq!(lines(&found), expected);
    assert_eq!(found.problems, []);
    assert_eq!(found.error, None);
}

#[test]
fn a_facebook_conversation_of_2022_and_later() {
    check(
        r#"<html><head><title>Ben Zo&euml;</title><style>._a6-g{}</style></head><body><div role="navigation"><a href="../start_here.html">Home</a></div>
        <div class="_a705"><header><h1 class="_a70e">Ben Zoë</h1></header><main class="_a706" role="main">
        <section class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_2ph- _a6-h _a6-i">Rosa Quill</h2>
        <div class="_2ph- _a6-p"><div><div></div><div>Caf&eacute;? &#064;home<br />second line</div><div></div><div></div>
        <div><a href="your_facebook_activity/messages/inbox/benzoe_1/photos/1.jpg"><img src="your_facebook_activity/messages/inbox/benzoe_1/photos/1.jpg" /></a></div>
        <div><ul class="_a6-q"><li><span>❤Ben Zoë</span></li><li><span>👍Rosa Quill</span></li></ul></div></div></div>
        <footer class="_3-94 _a6-o"><div class="_a72d">Mar 15, 2025 3:52 pm</div></footer></section>
        <div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_2ph- _a6-h _a6-i">Ben Zoë</div>
        <div class="_2ph- _a6-p"><div><a href="https://shop.example.com/x">look</a></div></div>
        <div class="_3-94 _a6-o">Mar 15, 2025 3:50 pm</div></div></main></div></body></html>"#,
        &[
            "block 1: heading=Rosa Quill | text=Café? @home⏎second line | reactions[]=❤Ben Zoë | reactions[]=👍Rosa Quill \
             | media[]=your_facebook_activity/messages/inbox/benzoe_1/photos/1.jpg | date=Mar 15, 2025 3:52 pm",
            "block 2: heading=Ben Zoë | text=look | link[]=https://shop.example.com/x | date=Mar 15, 2025 3:50 pm",
            ".: title=Ben Zoë",
        ],
    );
}

#[test]
fn label_and_value_cells_of_a_facebook_block_become_fields() {
    check(
        r#"<title>Your devices</title><div class="_a6-g"><div class="_a6-p"><table style="table-layout: fixed;">
        <tr><td colspan="2" class="_2pin _a6_q">IP Address<div><div class="_a6_r">192.0.2.7</div><div>192.0.2.8</div></div></td></tr>
        <tr><td class="_2pin _a6_q">Phone number</td><td class="_2pin _2piu _a6_r">+44 7700 900123</td></tr>
        <tr><td colspan="2" class="_2pin _a6_q">Device Activity<table><tr><td class="_2pin _a6_q">Device</td><td class="_2piu _a6_r">5</td></tr></table></td></tr>
        </table></div><div class="_a6-o">Jan 01, 2020, 9:59 AM</div></div>"#,
        &[
            "block 1: text=Device Activity | fields.IP Address=192.0.2.7 | fields.IP Address=192.0.2.8 \
             | fields.Phone number=+44 7700 900123 | fields.Device=5 | date=Jan 01, 2020, 9:59 AM",
            ".: title=Your devices",
        ],
    );
}

#[test]
fn a_facebook_conversation_of_2018_to_2021() {
    check(
        r#"<html><head><title>Ben Zoë</title></head><body><div class="_4t5n" role="main">
        <div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder"><div class="_3-96 _2pio _2lek _2lel">Rosa Quill</div>
        <div class="_3-96 _2let"><div><div></div><div>Hi &quot;you&quot;</div><div><ul class="_tqp"><li>👍Ben Zoë</li></ul></div></div></div>
        <div class="_3-94 _2lem">Jan 01, 2020, 9:59 AM</div></div></div></body></html>"#,
        &[
            "block 1: heading=Rosa Quill | text=Hi \"you\" | reactions[]=👍Ben Zoë | date=Jan 01, 2020, 9:59 AM",
            ".: title=Ben Zoë",
        ],
    );
}

#[test]
fn a_block_whose_classes_have_changed_is_heading_body_and_date_last() {
    check(
        r#"<div class="uiBoxWhite"><div class="zz1">Rosa Quill</div><div class="zz2"><div>Hello</div><div>there</div></div>
        <div class="zz3">15 mars 2025, 15:52</div></div>"#,
        &["block 1: heading=Rosa Quill | text=Hello⏎there | date=15 mars 2025, 15:52"],
    );
}

#[test]
fn parts_of_blocks_are_known_though_the_class_of_blocks_has_changed() {
    check(
        r#"<main><div class="zz"><div class="_a6-h">Rosa Quill</div><div class="_a6-p">One</div><div class="_a6-o">Jan 01, 2020, 9:59 AM</div></div>
        <div class="zz"><div class="_a6-h">Ben Zoë</div><div class="_a6-p">Two</div><div class="_a6-o">Jan 01, 2020, 9:58 AM</div></div></main>"#,
        &[
            "block 1: heading=Rosa Quill | text=One | date=Jan 01, 2020, 9:59 AM",
            "block 2: heading=Ben Zoë | text=Two | date=Jan 01, 2020, 9:58 AM",
        ],
    );
}

#[test]
fn facebook_messages_until_2018_know_their_thread() {
    check(
        r#"<html><head><title>Rosa Quill - Messages</title></head><body><div class="nav"><ul><li><a href="../index.htm">Profile</a></li></ul></div>
        <div class="contents"><h1>Rosa Quill</h1><div><div class="thread">Rosa Quill, 1000001@facebook.com
        <div class="message"><div class="message_header"><span class="user">Rosa Quill</span><span class="meta">Monday, January 2, 2017 at 3:04PM UTC+01</span></div></div><p>Hello<br/>you</p>
        <div class="message"><div class="message_header"><span class="user">1000001@facebook.com</span><span class="meta">lundi 2 janvier 2017, 15:03</span></div></div><p><p>doubly nested</p></p>
        </div><div class="thread"><h3>Conversation with Ben Zoë</h3>Participants: Ben Zoë, Rosa Quill
        <div class="message"><div class="message_header"><span class="user">Ben Zoë</span><span class="meta">2 January 2017 at 15:02 UTC</span></div></div><p><img src="photos/2.jpg"></p></div>
        <div class="thread">Rosa Quill, Nobody Yet</div></div></div></body></html>"#,
        &[
            "block 1: thread=Rosa Quill, 1000001@facebook.com | section=Rosa Quill | heading=Rosa Quill | text=Hello⏎you \
             | date=Monday, January 2, 2017 at 3:04PM UTC+01",
            "block 2: thread=Rosa Quill, 1000001@facebook.com | section=Rosa Quill | heading=1000001@facebook.com \
             | text=doubly nested | date=lundi 2 janvier 2017, 15:03",
            "block 3: thread=Ben Zoë, Rosa Quill | section=Conversation with Ben Zoë | heading=Ben Zoë | media[]=photos/2.jpg \
             | date=2 January 2017 at 15:02 UTC",
            "block 4: thread=Rosa Quill, Nobody Yet | section=Conversation with Ben Zoë | text=Rosa Quill, Nobody Yet",
            ".: title=Rosa Quill - Messages",
        ],
    );
}

#[test]
fn a_facebook_profile_until_2018_is_labels_and_lists() {
    check(
        r#"<title>Rosa Quill - Contact Info</title><div class="contents"><h1>Rosa Quill</h1><div><h2>Contact Info</h2><table>
        <tr><th>Email</th><td><ul><li>rosa@example.com</li><li>quill@example.org</li></ul></td></tr>
        <tr><th>Phone</th><td>+44 7700 900123</td></tr></table><h2>Friends</h2><ul><li>Ben Zoë (2 Jan 2017)</li><li>Ida Rook</li></ul>
        <h2>Wall</h2><p><div class="meta">Monday, January 2, 2017 at 3:04PM UTC+01</div>Rosa Quill wrote:<div class="comment">A post</div></p></div></div>"#,
        &[
            "block 1: section=Contact Info | fields.Email=rosa@example.com | fields.Email=quill@example.org | fields.Phone=+44 7700 900123",
            "block 2: section=Friends | text=Ben Zoë (2 Jan 2017)",
            "block 3: section=Friends | text=Ida Rook",
            "block 4: section=Wall | text=Rosa Quill wrote:⏎A post | date=Monday, January 2, 2017 at 3:04PM UTC+01",
            ".: title=Rosa Quill - Contact Info",
        ],
    );
}

#[test]
fn a_google_activity_page_is_blocks_with_captions() {
    check(
        r#"<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell mdl-cell"><p class="mdl-typography--title">YouTube<br></p></div>
        <div class="content-cell mdl-cell mdl-typography--body-1">Watched&nbsp;<a href="https://video.example.com/1">Made-up title</a><br>Jan 2, 2026, 3:04:05&#8239;PM CET</div>
        <div class="content-cell mdl-typography--body-1 mdl-typography--text-right"></div>
        <div class="content-cell mdl-typography--caption"><b>Products:</b><br>&emsp;YouTube<br><b>Details:</b><br>&emsp;From Google Ads<br></div></div></div>"#,
        &[
            "block 1: heading=YouTube | text=Watched Made-up title | fields.Products=YouTube | fields.Details=From Google Ads \
           | link[]=https://video.example.com/1 | date=Jan 2, 2026, 3:04:05 PM CET",
        ],
    );
}

#[test]
fn a_page_that_states_times_for_machines_is_believed() {
    check(
        r#"<div class="hChatLog"><div class="message"><abbr class="dt" title="2011-12-16T01:08:08.000Z">Dec 15</abbr>:
        <cite class="sender"><a class="tel" href="tel:+12025550101">Ben Zoë</a></cite>: <q>See you</q></div></div>"#,
        &["block 1: heading=Ben Zoë | text=See you | link[]=tel:+12025550101 | date=2011-12-16T01:08:08.000Z"],
    );
}

#[test]
fn a_table_with_a_header_gives_a_record_a_row() {
    check(
        "<h2>Log-ins</h2><table><thead><tr><th>When</th><th>IP</th><th></th></tr></thead><tbody>\
         <tr><td>2024-01-02<td>192.0.2.1<td>phone<tr><td>2024-01-03<td><a href='https://example.com/'>192.0.2.2</a></table>",
        &[
            "block 1: section=Log-ins | When=2024-01-02 | IP=192.0.2.1 | column 3=phone",
            "block 2: section=Log-ins | When=2024-01-03 | IP=192.0.2.2 | link[]=https://example.com/",
        ],
    );
}

#[test]
fn a_first_row_of_words_over_rows_of_figures_is_a_header() {
    check(
        "<table><tr><td>Date</td><td>Amount</td></tr><tr><td>2024-01-02</td><td>5</td></tr></table>\
         <table><tr><td>a</td><td>b</td><td>c</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>",
        &["block 1: Date=2024-01-02 | Amount=5", "block 2: a=1 | b=2 | c=3"],
    );
}

#[test]
fn labels_and_values_of_any_form_become_one_record() {
    check(
        "<table><tr><td>Name</td><td>Rosa Quill</td></tr><tr><td>City</td><td>Leeds</td></tr></table>\
         <dl><dt>Email</dt><dd>rosa@example.com</dd><dd>quill@example.org</dd><dt>Alone</dl>\
         <h3>IP</h3><ul><li>Last IP: 192.0.2.1</li><li><b>Device:</b> Example 5</li></ul>\
         <p>Carrier: Example Mobile</p><p>Country: GB</p>",
        &[
            "block 1: fields.Name=Rosa Quill | fields.City=Leeds",
            "block 2: text=Alone",
            "block 3: fields.Email=rosa@example.com | fields.Email=quill@example.org",
            "block 4: section=IP | fields.Last IP=192.0.2.1 | fields.Device=Example 5",
            "block 5: section=IP | fields.Carrier=Example Mobile | fields.Country=GB",
        ],
    );
}

#[test]
fn lists_and_paragraphs_are_records() {
    check(
        "<h2>Notes</h2><ul><li>First <i>one</i><li>Second</ul><p>A paragraph<br>of two lines</p>trailing text",
        &[
            "block 1: section=Notes | text=First one",
            "block 2: section=Notes | text=Second",
            "block 3: section=Notes | text=A paragraph⏎of two lines",
            "block 4: section=Notes | text=trailing text",
        ],
    );
}

#[test]
fn bookmarks_keep_folder_link_and_date() {
    check(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><H1>Bookmarks</H1><DL><p><DT><H3>Boats</H3><DL><p>\
         <DT><A HREF=\"https://boat.example.com/\" ADD_DATE=\"1700000000\">A boat</A></DL><p></DL><p>",
        &[
            "block 1: section=Boats | text=A boat | link[]=https://boat.example.com/ | date=1700000000",
            ".: title=Bookmarks",
        ],
    );
}

#[test]
fn the_title_comes_before_the_records_so_that_it_can_name_their_thread() {
    let section = Section {
        thread: vec![crate::sheets::ThreadName::Field(
            crate::sheets::FieldPattern::parse("^title").expect("well formed"),
        )],
        who: vec![crate::sheets::FieldPattern::parse("heading").expect("well formed")],
        time: vec![(
            crate::sheets::FieldPattern::parse("date").expect("well formed"),
            crate::decode::time::Clock::Auto,
        )],
        ..Section::default()
    };
    let page = "<title>Ben Zoë</title><div class=_a6-g><div class=_a6-h>Rosa Quill</div>Hi<div class=_a6-o>Jan 01, 2020, 9:59 AM</div></div>";
    let found = Collection::of(Decoder::Html, &section, false, "message_1.html", page.as_bytes());
    let message = &found.records[0];
    assert_eq!(message.thread.as_deref(), Some("Ben Zoë"));
    assert_eq!(message.who.as_deref(), Some("Rosa Quill"));
    assert_eq!(message.time.map(|time| time.to_string()).as_deref(), Some("2020-01-01T09:59:00"));
}

#[test]
fn the_title_shown_once_more_above_the_records_is_none() {
    check(
        "<title>Likes</title><div><div class=_a70e>Likes</div></div><div class=_a6-g><div class=_a6-h>Ben</div><div class=_a6-p>One</div></div><p>Likes</p>",
        &["block 1: heading=Ben | text=One", "block 2: text=Likes", ".: title=Likes"],
    );
}

#[test]
fn the_only_value_that_is_a_moment_is_the_time_of_a_block_without_a_date() {
    let block = |rows: &str| {
        let row =
            |(label, value): (&str, &str)| format!("<tr><td class=_a6_q>{label}</td><td class=_a6_r>{value}</td></tr>");
        let rows = rows.split(';').filter_map(|row_| row_.split_once('=')).map(row).collect::<String>();
        let page = format!("<div class=_a6-g><div class=_a6-p><table>{rows}</table></div></div>");
        read(page).records[0].time.map(|time| time.to_string())
    };
    assert_eq!(block("IP-adres=192.0.2.7;Tijd=18 feb. 2025 10:48").as_deref(), Some("2025-02-18T10:48:00"));
    assert_eq!(block("Born=1987-04-12;City=Bath;Number=1700000000"), None);
    assert_eq!(block("Last log-in=Feb 18, 2025 10:48 am;Last log-out=Feb 17, 2025 9:00 am"), None);
}

#[test]
fn scripts_and_styles_say_nothing() {
    check(
        "<script>var a = '<p>no</p>';</script><style>p{}</style><noscript><p>yes</p></noscript><svg><text>no</text></svg><!-- no -->",
        &["block 1: text=yes"],
    );
}

#[test]
fn a_page_in_utf_16_or_in_a_declared_code_page_is_read() {
    let utf16: Vec<u8> = "\u{feff}<p>Zoë</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(lines(&read(utf16)), ["block 1: text=Zoë"]);
    assert_eq!(lines(&read(b"<meta charset=iso-8859-2><p>\xb3</p>")), ["block 1: text=ł"]);
}

#[test]
fn forty_thousand_nested_elements_cost_no_more_than_flat_ones() {
    let deep = format!("{}<p>deep</p>{}", "<div>".repeat(40_000), "</div>".repeat(40_000));
    let deeper = format!("{}deeper", "<table><tr><td>".repeat(100_000));
    let stray = format!("<table>{}{}", "<div>".repeat(30_000), "</span><td></li></p>".repeat(30_000));
    let started = std::time::Instant::now();
    assert_eq!(lines(&read(deep)), ["block 1: text=deep"]);
    assert_eq!(read(deeper).records.len(), 1);
    let _ = read(stray);
    // A quadratic walk takes minutes; the bound only has to tell the two apart on a slow machine.
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn a_tag_of_a_hundred_thousand_attributes_and_one_of_many_megabytes_are_survived() {
    let mut page = String::from("<p ");
    for at in 0..100_000 {
        let _ = write!(page, "a{at}=b ");
    }
    let _ =
        write!(page, ">many</p><img src='data:{}'><p class='{}'>long</p>", "A".repeat(9 << 20), "x".repeat(9 << 20));
    let found = read(page);
    assert_eq!(lines(&found), ["block 1: text=many", "block 2: text=long"]);
    assert_eq!(found.problems.len(), 1);
    assert!(found.problems[0].1.contains("8 MiB"));
}

#[test]
fn a_page_that_is_never_closed_still_gives_what_it_holds() {
    check(
        "<div class=_a6-g><h2>Rosa Quill</h2><div class=_a6-p>Hello <b>there<table><tr><td>Label<td>value",
        &["block 1: heading=Rosa Quill | text=Hello there | fields.Label=value"],
    );
    check("<h2>Open heading<table><tr><th>A<td>1</table>", &["block 1: section=Open heading | fields.A=1"]);
}

#[test]
fn a_table_of_very_many_labels_is_given_in_pieces_and_loses_nothing() {
    let row = |at: usize| format!("<tr><td class=_a6_q>Contact</td><td class=_a6_r>+44 7700 {at:06}</td></tr>");
    let rows: String = (0..10_000).map(row).collect();
    for page in [
        format!("<div class=_a6-g><h2>Contacts</h2><table>{rows}</table></div>"),
        format!("<table>{rows}</table>"),
        format!("<dl><dt>Contact</dt>{}</dl>", "<dd>x</dd>".repeat(10_000)),
    ] {
        let found = read(page);
        assert!(found.records.len() > 1);
        let contacts =
            found.records.iter().flat_map(|record| &record.values).filter(|(path, _)| path == "fields.Contact");
        assert_eq!(contacts.count(), 10_000);
    }
}

#[test]
fn a_page_that_ends_inside_its_navigation_says_so() {
    let found = read("<p>seen</p><div class=nav><p>not seen</p>");
    assert_eq!(lines(&found), ["block 1: text=seen"]);
    assert!(found.problems[0].1.contains("navigation"));
}

/// Gives its bytes in pieces of the given sizes.
struct Pieces<'a> {
    bytes: &'a [u8],
    sizes: Vec<usize>,
}

impl std::io::Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let size = self.sizes.pop().unwrap_or(7).clamp(1, out.len());
        let (now, later) = self.bytes.split_at(size.min(self.bytes.len()));
        out[..now.len()].copy_from_slice(now);
        self.bytes = later;
        Ok(now.len())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_stop_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_soup_of_tags_stops_the_reader(tags in prop::collection::vec(prop::sample::select(vec![
        "<div class=_a6-g>", "<div class=thread>", "<div class=message>", "<span class=user>", "<div class=_a6-o>", "<div class=_a6-h>",
        "<table>", "<tr>", "<td>", "<th>", "<thead>", "<td colspan=2>", "</table>", "</tr>", "</td>", "<ul>", "<li>", "</ul>", "<dl>",
        "<dt>", "<dd>", "</dl>", "<h1>", "<h2>", "</h2>", "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<a href=x.jpg>", "<br>",
        "<title>", "</title>", "<script>", "</script>", "<ul class=_tqp>", "text", "Label: value", "2 Jan 2017 15:04", "<pre>a\nb",
    ]), 0..60)) {
        let page = tags.concat();
        let whole = read(&page);
        let mut paths = crate::emit::Paths::new(0, 1, false);
        let mut split = Collection::default();
        let section = Section::default();
        let rules = crate::emit::Rules { section: &section, shared: &[] };
        let mut emitter = crate::emit::Emitter::new(rules, &mut paths, &mut split, "page.html");
        super::decode(&mut Pieces { bytes: page.as_bytes(), sizes: Vec::new() }, &mut emitter).expect("nothing to fail");
        emitter.finish();
        prop_assert_eq!(whole.records, split.records);
    }
}

#[test]
fn a_chat_page_of_telegram() {
    check(
        r##"<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title><link href="css/style.css" rel="stylesheet"/></head>
        <body onload="CheckLocation();"><div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">
Ben Zoë
       </div></div></div>
        <div class="page_body chat_page"><div class="history">
        <div class="message service" id="message-1"><div class="body details">
2 January 2024
        </div></div>
        <div class="message default clearfix" id="message101"><div class="pull_left userpic_wrap"><div class="userpic userpic2" style="width: 42px; height: 42px"><div class="initials" style="line-height: 42px">
BZ
        </div></div></div>
        <div class="body"><div class="pull_right date details" title="02.01.2024 15:04:05 UTC+01:00">
15:04
        </div><div class="from_name">
Ben Zoë
        </div><div class="text">
see <a href="https://larkspur.example/">larkspur.example</a><br>second line
        </div><span class="reactions"><span class="reaction"><span class="emoji">👍</span></span></span></div></div>
        <div class="message default clearfix joined" id="message102"><div class="body"><div class="pull_right date details" title="02.01.2024 15:05:05 UTC+01:00">
15:05
        </div><div class="reply_to details">
In reply to <a href="#go_to_message101" onclick="return GoToMessage(101)">this message</a>
        </div><div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/photo_1.jpg"><img class="photo" src="photos/photo_1_thumb.jpg" style="width: 260px"/></a></div></div></div>
        <div class="message default clearfix" id="message103"><div class="body"><div class="pull_right date details" title="02.01.2024 15:06:05">
15:06
        </div><div class="from_name">
Rosa Quill
        </div><div class="forwarded body"><div class="from_name">
Larkspur Garden Shop <span class="date details" title="01.01.2024 10:00:00 UTC+01:00"> 01.01.2024 10:00:00</span>
        </div><div class="text">
Sale!
        </div></div></div></div>
        </div></div></div></body></html>"##,
        &[
            "block 1: heading=Ben Zoë | text=see larkspur.example⏎second line | reactions[]=👍 | link[]=https://larkspur.example/ \
             | date=02.01.2024 15:04:05 UTC+01:00",
            "block 2: heading=Ben Zoë | text=In reply to this message | media[]=photos/photo_1.jpg | media[]=photos/photo_1_thumb.jpg \
             | date=02.01.2024 15:05:05 UTC+01:00",
            "block 3: heading=Rosa Quill | text=Larkspur Garden Shop 01.01.2024 10:00:00⏎Sale! | date=02.01.2024 15:06:05",
            ".: title=Exported Data | header=Ben Zoë",
        ],
    );
}

#[test]
fn lists_and_the_profile_of_telegram() {
    check(
        r#"<title>Exported Data</title><div class="page_wrap"><div class="page_header"><a class="content block_link" href="../export_results.html"><div class="text bold">
Contacts
        </div></a></div><div class="page_body list_page"><div class="page_about details">Telegram keeps these.</div><div class="entry_list">
        <div class="entry clearfix"><div class="pull_left userpic_wrap"><div class="userpic"><div class="initials">BZ</div></div></div>
        <div class="body"><div class="pull_right info details">04.03.2021 05:06:07</div><div class="name bold">Ben Zoë</div><div class="details_entry details">+44 7700 900456</div></div></div>
        </div></div></div>
        <div class="personal_info clearfix"><div class="rows names"><div class="row"><div class="label details">First name</div><div class="value bold">Rosa</div></div></div>
        <div class="rows info"><div class="row"><div class="label details">Phone number</div><div class="value bold">+44 7700 900123</div></div></div></div>"#,
        &[
            "block 1: heading=Ben Zoë | text=+44 7700 900456 | date=04.03.2021 05:06:07",
            "block 2: fields.First name=Rosa | fields.Phone number=+44 7700 900123",
            ".: title=Exported Data | header=Contacts | header=Telegram keeps these.",
        ],
    );
}

#[test]
fn a_call_of_google_voice_is_a_block_with_the_time_it_states() {
    check(
        r#"<title>Missed call</title><div class="haudio"><div class="contributor vcard">Missed call from <a class="tel" href="tel:+12025550188">Dr Ana Ruiz</a></div>
        <abbr class="published" title="2012-02-03T05:20:30.000-05:00">Feb 3, 2012</abbr><abbr class="duration" title="PT1M2S">(00:01:02)</abbr></div>"#,
        &[
            "block 1: text=Missed call from Dr Ana Ruiz⏎(00:01:02) | link[]=tel:+12025550188 | date=2012-02-03T05:20:30.000-05:00",
            ".: title=Missed call",
        ],
    );
}
