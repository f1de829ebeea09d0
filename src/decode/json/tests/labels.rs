//! Label–value lists of Meta.

use super::{check, lines, read, read_facebook};
use crate::decode::Decoder;
use crate::emit::collect::Collection;
use crate::sheets::Section;

#[test]
fn labels_become_fields_whatever_comes_first() {
    let json = r#"{"fbid":"1","label_values":[{"label":"City","value":"Utrecht"},{"value":"Rosa","label":"Name"}]}"#;
    check(&[], json, &[".: fbid=1 label_values.City=Utrecht label_values.Name=Rosa"]);
}

#[test]
fn a_list_of_them_is_a_list_of_records() {
    let json = r#"[{"label_values":[{"label":"A","value":"1"}]},{"label_values":[{"label":"A","value":"2"}]}]"#;
    check(&[], json, &["[0]: [].label_values.A=1", "[1]: [].label_values.A=2"]);
}

#[test]
fn the_name_that_is_the_same_in_all_languages_is_preferred_and_the_label_told() {
    let json = r#"[{"label_values":[{"label":"Reactie","value":"Like","ent_field_name":"reaction"}]}]"#;
    let found = read(&[], json);
    assert_eq!(lines(&found), ["[0]: [].label_values.reaction=Like"]);
    assert_eq!(found.labels, [("[].label_values.reaction".to_owned(), "Reactie".to_owned())]);
}

#[test]
fn times_are_values_and_zero_is_none() {
    let json =
        r#"[{"label_values":[{"label":"Seen","timestamp_value":1700000000},{"label":"Left","timestamp_value":0}]}]"#;
    check(&[], json, &["[0]: [].label_values.Seen=1700000000"]);
}

#[test]
fn a_link_is_given_only_where_it_says_more() {
    let json = r#"[{"label_values":[{"label":"A","value":"x","href":"x"},{"label":"B","value":"x","href":"y"}]}]"#;
    check(&[], json, &["[0]: [].label_values.A=x [].label_values.B=x [].label_values.B.href=y"]);
}

#[test]
fn lists_of_values_and_of_labelled_objects_are_flattened() {
    let json = r#"{"label_values":[
        {"label":"Groups","vec":[{"value":"Ads"},{"value":"Pages"}]},
        {"vec":[{"dict":[{"label":"Name","value":"Ben"},{"label":"Time","timestamp_value":5}]}],"label":"Contacts"},
        {"label":"Device","dict":[{"label":"OS","value":"Linux"},{"label":"Net","dict":[{"label":"IP","value":"192.0.2.1"}]}]},
        {"label":"Places","dict":[{"dict":[{"label":"Coordinates","value":"(52.1 , 4.3)"}],"title":"Place tags"}]}]}"#;
    let expected = [
        "label_values.Groups[]=Ads",
        "label_values.Groups[]=Pages",
        "label_values.Contacts[].Name=Ben",
        "label_values.Contacts[].Time=5",
        "label_values.Device.OS=Linux",
        "label_values.Device.Net.IP=192.0.2.1",
        "label_values.Places[].Coordinates=(52.1 , 4.3)",
        "label_values.Places[].title=Place tags",
    ];
    check(&[], json, &[&format!(".: {}", expected.join(" "))]);
}

#[test]
fn what_is_not_known_of_them_is_kept() {
    let json = r#"{"label_values":[{"label":"A","media":[{"uri":"a.jpg"}],"new":{"x":1},"title":"T"},"bare",{"value":"nameless"}]}"#;
    let expected = [
        "label_values.A.media[].uri=a.jpg",
        "label_values.A.new.x=1",
        "label_values.A.title=T",
        "label_values[]=bare",
        "label_values[]=nameless",
    ];
    check(&[], json, &[&format!(".: {}", expected.join(" "))]);
}

#[test]
fn a_sheet_may_take_the_elements_below_a_label_as_records() {
    let json = r#"{"label_values":[{"vec":[{"value":"Shop A","href":"https://a.example"},{"value":"Shop B"},
        {"dict":[{"label":"Name","value":"Shop C"},{"label":"Since","value":"2019"}]}],"label":"List"}],"fbid":"1"}"#;
    check(
        &["label_values.*[]"],
        json,
        &[
            "label_values.List[0]: label_values.List[]=Shop A label_values.List[].href=https://a.example",
            "label_values.List[1]: label_values.List[]=Shop B",
            "label_values.List[2]: label_values.List[].Name=Shop C label_values.List[].Since=2019",
            "~.: fbid=1",
        ],
    );
}

#[test]
fn elements_repeat_what_stands_before_and_behind_their_list() {
    let section =
        Section { inherit: vec!["fbid".to_owned(), "at".to_owned()], ..super::section(&["label_values.*[]"]) };
    let read = |json: &[u8]| Collection::of(Decoder::Json, &section, false, "a/b.json", json);
    let json =
        br#"{"at":5,"label_values":[{"vec":[{"value":"Shop A"},{"value":"Shop B"}],"label":"List"}],"fbid":"1"}"#;
    let expected = ["A", "B"].map(|shop| format!("at=5 fbid=1 label_values.List[]=Shop {shop}"));
    let values = |line: &String| line.split_once(": ").map(|(_, values)| values.to_owned());
    assert_eq!(lines(&read(json)).iter().filter_map(values).collect::<Vec<_>>(), expected);
    let cut = read(br#"{"at":5,"label_values":[{"label":"List","vec":[{"value":"Shop A"},{"val"#);
    assert_eq!(lines(&cut), ["label_values.List[0]: at=5 label_values.List[]=Shop A"], "what was whole is kept");
}

#[test]
fn mojibake_of_labels_is_put_right() {
    let json = r#"{"label_values":[{"label":"Pr\u00c3\u00a9nom","value":"Zo\u00c3\u00ab"}]}"#;
    assert_eq!(lines(&read_facebook(&[], json)), [".: label_values.Prénom=Zoë"]);
}

#[test]
fn a_key_of_that_name_with_another_value_is_a_key_like_any() {
    check(&[], r#"[{"label_values":"none","a":1}]"#, &["[0]: [].label_values=none [].a=1"]);
}

#[test]
fn a_cut_inside_keeps_what_was_whole() {
    let found = read(&["[]"], r#"[{"label_values":[{"label":"A","value":"1"},{"label":"B","vec":[{"value":"2"},{"val"#);
    assert_eq!(lines(&found), ["[0]: [].label_values.A=1 [].label_values.B[]=2"]);
    assert_eq!(found.error.as_deref(), Some("cut off at byte 83, inside [0].label_values"));
}

#[test]
fn damage_inside_costs_the_rest_of_its_record() {
    let found = read(&["[]"], r#"[{"label_values":[{"label":"A","value":@}],"b":1},{"b":2}]"#);
    assert_eq!(found.values_of("[].b"), ["2"]);
    assert_eq!(found.problems.first().map(|(place, _)| place.as_str()), Some("[0].label_values"));
}
