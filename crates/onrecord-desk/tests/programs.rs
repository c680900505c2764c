//! What programs ask of the desk: the API reads and changes what the pages do, and feeds tell what is new.
#![allow(clippy::unwrap_used)] // a panic here is a failed test

mod opened;

use opened::{Answer, Desk, agent};
use serde_json::{Value, json};

/// What came back of something sent as JSON.
fn sent(desk: &Desk, path: &str, body: &Value) -> (u16, Value) {
    told(agent().post(desk.at(path)).header("content-type", "application/json").send(body.to_string()))
}

fn told(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> (u16, Value) {
    let answer = Answer::of(answer);
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

/// The story of the eight articles.
fn a_story(desk: &Desk) -> String {
    let stories = desk.json("/api/v1/stories");
    stories["items"].as_array().unwrap().iter().find(|story| story["documents"] == 8).unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn one_thing_of_a_record_is_asked_for_by_its_name() {
    let desk = Desk::open();
    let story = a_story(&desk);
    let record = desk.json(&format!("/api/v1/stories/{story}"));
    assert_eq!(desk.json(&format!("/api/v1/questions/{story}.q1")), record["questions"][0]);
    assert_eq!(desk.json(&format!("/api/v1/utterances/{story}.u2")), record["utterances"][1]);
    let listed = desk.json(&format!("/api/v1/questions?story={story}"))["items"][0].clone();
    assert_eq!(desk.json(&format!("/api/v1/questions/{}", listed["id"].as_str().unwrap()))["text"], listed["text"]);
    for path in [format!("/api/v1/questions/{story}.q999"), "/api/v1/questions/q1".to_owned(), "/api/v1/utterances/dzzzz.u1".to_owned()] {
        let answer = desk.get(&path);
        assert!(answer.status == 404 && answer.body.contains("\"not_found\""), "{path}: {}", answer.body);
    }
    let listed = desk.json("/api/v1/stories")["items"][0].clone();
    assert!(!listed["outlets"].as_array().unwrap().is_empty() && listed["latest"] == "2031-03-10T18:00:00Z", "{listed}");
}

#[test]
fn what_others_said_of_somebody_and_asked_them_comes_in_parts() {
    let desk = Desk::open();
    let people = desk.json("/api/v1/people?limit=200")["items"].as_array().unwrap().clone();
    let (mut about, mut asked) = (0, 0);
    for person in &people {
        let id = person["id"].as_str().unwrap();
        let all = desk.json(&format!("/api/v1/people/{id}/about?limit=200"))["items"].as_array().unwrap().clone();
        assert!(all.iter().all(|statement| statement["speaker"] != person["name"]), "{person}");
        let page = desk.json(&format!("/people/{id}.json"))["about"].as_array().unwrap().clone();
        assert!(page.iter().all(|on_page| all.iter().any(|it| it["id"] == on_page["id"])), "{person}");
        let first = desk.json(&format!("/api/v1/people/{id}/about?limit=1"));
        assert_eq!((first["items"].get(0), first["next"].is_string()), (all.first(), all.len() > 1), "{person}");
        about += all.len();
        let questions = desk.json(&format!("/api/v1/people/{id}/questions"))["items"].as_array().unwrap().clone();
        assert!(questions.iter().all(|it| it["askings"].as_array().unwrap().iter().any(|asking| asking["addressee"] == person["name"])), "{person}");
        asked += questions.len();
    }
    assert!(about > 3 && asked > 3, "{about} {asked}");
    assert_eq!(desk.get("/api/v1/people/pzzzz/about").status, 404);
}

#[test]
fn versions_of_a_document_tell_what_each_changed() {
    let desk = Desk::open();
    let article = |words: &str| json!({ "text": format!("\"{words},\" said Dana Quill, the harbour clerk.\n"), "url": "https://skerry.example/pier", "published": "2031-05-05" });
    let (status, added) = sent(&desk, "/api/v1/documents", &article("The pier is safe"));
    assert_eq!(status, 201, "{added}");
    assert_eq!(sent(&desk, "/api/v1/documents", &article("The pier is not safe")).1["version"], 2);
    let id = added["id"].as_str().unwrap();
    let versions = desk.json(&format!("/api/v1/documents/{id}/versions"))["items"].as_array().unwrap().clone();
    assert_eq!((versions.len(), &versions[0]["version"], &versions[0]["changes"]), (2, &1.into(), &json!([])));
    assert!(versions[1]["text"].as_str().unwrap().contains("not safe"));
    assert_eq!((&versions[1]["changes"][0]["matter"], &versions[1]["changes"][0]["how"]), (&"quotation".into(), &"altered".into()), "{}", versions[1]);
    let first = desk.json(&format!("/api/v1/documents/{id}/versions?limit=1"));
    assert_eq!(desk.json(&format!("/api/v1/documents/{id}/versions?cursor={}", first["next"].as_str().unwrap()))["items"], json!([versions[1]]));
}

#[test]
fn an_article_of_three_megabytes_is_looked_at() {
    let (status, told) = sent(&Desk::open(), "/api/v1/documents", &json!({ "text": " ".repeat(3 << 20) }));
    assert_eq!((status, &told["error"]["message"]), (422, &"there is no text".into()), "{told}");
}

#[test]
fn a_program_sets_watches_lists_and_drops_them() {
    let desk = Desk::open();
    let (status, set) = sent(&desk, "/api/v1/watches", &json!({ "on": "said", "by": "Quill", "story": a_story(&desk), "words": " " }));
    assert_eq!((status, &set["id"], &set["by"], &set["words"], &set["told"]), (201, &"w1".into(), &"Quill".into(), &Value::Null, &0.into()), "{set}");
    assert_eq!(desk.json("/api/v1/watches")["items"], json!([set]));
    assert_eq!(desk.json("/news.json")["watches"][0]["id"], "w1");
    for (body, status) in [
        (json!({ "on": "dance" }), 422),
        (json!({ "by": "Quill" }), 422),
        (json!({ "on": "said", "colour": "red" }), 422),
        (json!({ "on": "said", "story": "dzzzz" }), 404),
        (json!({ "on": "altered", "words": "pier" }), 409),
    ] {
        let (answered, told) = sent(&desk, "/api/v1/watches", &body);
        assert!(answered == status && told["error"]["code"].is_string(), "{body}: {answered} {told}");
    }
    let plain = Answer::of(agent().post(desk.at("/api/v1/watches")).send("{}"));
    assert!(plain.status == 415 && plain.body.contains("\"error\""), "{}", plain.body);
    let dropped = |id: &str| told(agent().delete(desk.at(&format!("/api/v1/watches/{id}"))).call()).0;
    assert_eq!((dropped("w1"), dropped("w1"), dropped("w9")), (204, 404, 404));
    assert_eq!(desk.json("/api/v1/watches")["items"], json!([]));
    let foreign = agent().delete(desk.at("/api/v1/watches/w1")).header("origin", "https://evil.example").call();
    assert_eq!(told(foreign).0, 403);
}

#[test]
fn an_address_fills_in_a_watch_that_a_person_then_sets() {
    let desk = Desk::open();
    let story = a_story(&desk);
    let page = desk.get(&format!("/news?on=answered&by=Dana%20%22Q%22&words=pier&story={story}"));
    let form = page.body.split("id=\"watch\"").nth(1).unwrap();
    for part in [
        "<option value=\"answered\" selected>",
        "name=\"by\" value=\"Dana &#34;Q&#34;\"",
        "name=\"words\" value=\"pier\"",
        &format!("name=\"story\" value=\"{story}\" checked"),
    ] {
        assert!(form.contains(part), "{part}: {form}");
    }
    assert!(!desk.get("/news").body.contains("name=\"story\""));
    for (page, filled) in [
        (format!("/stories/{story}"), "name=\"story\" value="),
        ("/search?q=horn&act=denial".to_owned(), "name=\"act\" value=\"denial\" checked"),
        ("/search?q=horn&about=Stroudley".to_owned(), "name=\"about\" value=\"Stroudley\" checked"),
    ] {
        let there = desk.get(&page).body;
        let way = there.split("href=\"/news?").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&").replace("#watch", "");
        assert!(desk.get(&format!("/news?{way}")).body.contains(filled), "{page} leads to {way}");
    }
}

#[test]
fn a_program_corrects_undoes_and_does_again() {
    let desk = Desk::open();
    let statement = desk.json("/api/v1/statements?q=horn")["items"][0]["id"].as_str().unwrap().to_owned();
    let speaker = || desk.json("/api/v1/statements?q=horn&by=varga")["items"].as_array().map_or(0, Vec::len);
    let instead = |instead: Value| json!({ "instead": instead, "why": "the minutes name her" });
    let (status, made) = sent(&desk, "/api/v1/corrections", &instead(json!({ "fix": "speaker", "statement": statement, "speaker": "Ilse Varga" })));
    assert_eq!((status, &made), (201, &json!({ "id": "c1" })));
    assert_eq!(speaker(), 1);
    let logged = desk.json("/api/v1/corrections")["items"][0].clone();
    assert_eq!(
        (&logged["id"], &logged["why"], &logged["by"], &logged["holds"]),
        (&"c1".into(), &"the minutes name her".into(), &"Mara Ode".into(), &true.into())
    );
    let turned = |path: &str| told(agent().post(desk.at(path)).send_empty());
    assert_eq!(turned("/api/v1/corrections/c1/undo"), (200, json!({ "id": "c1" })));
    assert_eq!(turned("/api/v1/corrections/c1/undo").0, 409);
    assert_eq!(turned("/api/v1/corrections/last/redo"), (200, json!({ "id": "c1" })));
    assert_eq!(turned("/api/v1/corrections/c9/undo").0, 404);
    for (wrong, status) in [
        (json!({ "fix": "colour" }), 422),
        (json!({ "fix": "act", "statement": statement, "value": "dance" }), 422),
        (json!({ "fix": "act", "statement": statement }), 422),
        (json!({ "fix": "dismiss", "statement": "dzzzz.s1" }), 404),
        (json!({ "fix": "content", "statement": statement, "content": ["no such words"] }), 400),
        (json!({ "fix": "content", "statement": statement, "content": [] }), 400),
    ] {
        let (answered, told) = sent(&desk, "/api/v1/corrections", &instead(wrong.clone()));
        assert!(answered == status && told["error"]["message"].is_string(), "{wrong}: {answered} {told}");
    }
    let words = desk.json("/api/v1/statements?q=horn")["items"][0]["content"][0].as_str().unwrap().to_owned();
    assert_eq!(sent(&desk, "/api/v1/corrections", &instead(json!({ "fix": "content", "statement": statement, "content": [words] }))).0, 201);
}

#[test]
fn who_is_told_apart_is_named_at_once() {
    let desk = Desk::open();
    let story = a_story(&desk);
    let people = desk.json("/api/v1/people?limit=200")["items"].as_array().unwrap().clone();
    let told_apart = people.iter().filter(|it| it["kind"] == "person" && it["stories"] == json!([story])).find_map(|person| {
        let said = desk.json(&format!("/api/v1/people/{}", person["id"].as_str().unwrap()))["said"].as_array().unwrap().clone();
        let document = said.first()?["id"].as_str()?.split_once('.')?.0.to_owned();
        let instead = json!({ "instead": { "fix": "apart", "who": person["id"], "document": document, "name": "Orla Vane" } });
        Some(sent(&desk, "/api/v1/corrections", &instead))
    });
    assert_eq!(told_apart.unwrap(), (201, json!({ "id": "c2" })));
    assert_eq!(desk.json("/api/v1/people?begins=orla%20vane")["items"].as_array().unwrap().len(), 1);
}

#[test]
fn what_nobody_is_sure_of_is_listed_and_settled() {
    let desk = Desk::open();
    let items = || desk.json("/api/v1/queue?limit=200")["items"].as_array().unwrap().clone();
    let before = items();
    let first = &before[0];
    assert!(first["what"]["kind"].is_string() && first["told"].is_string(), "{first}");
    let settled = json!({ "instead": { "fix": "settled", "key": first["key"], "told": first["told"] } });
    assert_eq!(sent(&desk, "/api/v1/corrections", &settled).0, 201);
    assert!(!items().iter().any(|it| it["key"] == first["key"]));
}

#[test]
fn the_description_asks_for_a_token_where_the_desk_does() {
    let open = Desk::open().json("/api/v1/openapi.json");
    assert_eq!((open["security"].is_null(), &open["components"]["securitySchemes"]["token"]["scheme"]), (true, &"bearer".into()));
    let secret = "a-token-of-some-length";
    let desk = Desk::with(Some(secret));
    let path = desk.at("/api/v1/openapi.json");
    assert_eq!(told(agent().get(&path).call()).0, 401);
    let (status, closed) = told(agent().get(&path).header("authorization", format!("Bearer {secret}")).call());
    assert_eq!((status, &closed["security"]), (200, &json!([{ "token": [] }])));
}

#[test]
fn new_stories_and_questions_are_feeds() {
    let desk = Desk::open();
    for (path, asked) in [("/stories", ""), ("/questions", ""), ("/questions", "?status=open")] {
        let html = desk.get(&format!("{path}{asked}")).body;
        assert!(html.contains(&format!("<a href=\"{path}.atom{asked}\">Atom</a>")), "{path}{asked}");
        let atom = desk.get(&format!("{path}.atom{asked}"));
        assert_eq!((atom.status, atom.header("content-type")), (200, "application/atom+xml; charset=utf-8"), "{path}");
        assert!(atom.body.contains("<entry>") && !atom.body.contains("<script>"), "{path}");
        let items = desk.json(&format!("{path}.feed.json{asked}"))["items"].as_array().unwrap().clone();
        let mut ids: Vec<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert!(!items.is_empty() && ids.len() == items.len(), "{path}: two entries have one name");
        for item in items {
            let to = item["url"].as_str().unwrap().strip_prefix(&format!("http://{}", desk.address)).unwrap();
            assert_eq!(desk.get(to).status, 200, "{to}");
            assert_eq!(item["date_published"], "2031-03-10T18:00:00Z", "{path}");
            assert!(asked.is_empty() || item["_onrecord"]["status"] == "open", "{item}");
        }
    }
    let stories = desk.json("/index.json");
    assert_eq!(desk.json("/stories.feed.json")["items"].as_array().unwrap().len() as i64, stories["count"].as_i64().unwrap());
    assert_eq!(desk.get("/index.atom").body, desk.get("/stories.atom").body);
}
