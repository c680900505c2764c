//! Every page over real HTTP, as a page and as JSON, with nothing in it that a text could make a browser do.
#![allow(clippy::unwrap_used)] // a panic here is a failed test

mod opened;

use opened::{Answer, Desk, HOSTILE, agent};

/// Every page of the desk, found by following its links.
fn all(desk: &Desk) -> Vec<(String, Answer)> {
    let mut waiting = vec![
        "/".to_owned(),
        "/search?q=report".to_owned(),
        "/search?q=pier&in=articles".to_owned(),
        "/news".to_owned(),
        "/nothing".to_owned(),
        "/queue".to_owned(),
    ];
    let (mut seen, mut out) = (std::collections::BTreeSet::new(), Vec::new());
    while let Some(path) = waiting.pop() {
        let plain = path.split('#').next().unwrap().to_owned();
        // One of a kind is like the others, but for statements and documents, of which a few dozen are looked at.
        let kind: String = plain.split('?').next().unwrap().split('/').take(2).collect::<Vec<_>>().join("/");
        let is_alike = |known: &str| known.strip_prefix(&kind).is_some_and(|rest| rest.starts_with(['/', '?']));
        let many = out.iter().filter(|(known, _): &&(String, Answer)| is_alike(known)).count();
        if many > 40 || !seen.insert(plain.clone()) {
            continue;
        }
        let answer = desk.get(&plain);
        if answer.header("content-type").starts_with("text/html") {
            for link in answer.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                if link.starts_with('/') && !link.contains(".json") {
                    waiting.push(link.replace("&#38;", "&").replace("&amp;", "&"));
                }
            }
        }
        out.push((plain, answer));
    }
    out
}

#[test]
fn every_page_opens_and_every_link_leads_somewhere() {
    let desk = Desk::open();
    let pages = all(&desk);
    assert!(pages.len() > 60, "{}", pages.len());
    for kind in ["/stories/", "/documents/", "/people/", "/statements/"] {
        assert!(pages.iter().any(|(path, _)| path.starts_with(kind)), "no page of {kind}");
    }
    for (path, answer) in &pages {
        let wanted = if path == "/nothing" { 404 } else { 200 };
        assert_eq!(answer.status, wanted, "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[test]
fn nothing_a_text_holds_becomes_markup() {
    let desk = Desk::open();
    let pages = all(&desk);
    let mut with_harm = 0;
    for (path, answer) in pages.iter().filter(|(_, answer)| answer.header("content-type").starts_with("text/html")) {
        let body = &answer.body;
        with_harm += usize::from(body.contains("window.harm"));
        for tag in ["<script>", "<img", "<svg onload", "<style", "<iframe", "href=\"javascript", "style=\"", "onload=\"", "onclick"] {
            assert!(!body.contains(tag), "{path} holds {tag}");
        }
        assert_eq!(body.matches("<script").count(), 1 + usize::from(path == "/api"), "{path}");
        assert!(!body.contains("49{"), "{path}");
    }
    assert!(with_harm > 5, "{with_harm}");
    assert!(pages.iter().any(|(_, answer)| answer.body.contains(HOSTILE[6])));
}

/// A page of a kind: the path of the router, with names in it that there are.
fn example(desk: &Desk, path: &str) -> String {
    let story = a_story(desk);
    let person = || desk.json("/people.json")["people"][0]["id"].as_str().unwrap().to_owned();
    let (kind, rest) = path.trim_start_matches('/').split_once('/').unwrap_or((path, ""));
    let id = match kind {
        "stories" | "documents" => story,
        "people" => person(),
        "statements" => format!("{story}.s1"),
        _ if rest.is_empty() => return path.to_owned(),
        other => panic!("say which page of {other} is one of {path}"),
    };
    path.replace("{id}", &id).replace("{question}", "q1").replace("{utterance}", "u1")
}

/// The story of the eight articles.
fn a_story(desk: &Desk) -> String {
    let stories = desk.json("/index.json");
    stories["stories"].as_array().unwrap().iter().find(|story| story["documents"] == 8).unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn every_page_of_the_router_is_json_and_says_where() {
    let desk = Desk::open();
    let pages = onrecord_desk::pages();
    assert!(pages.len() > 15, "{pages:?}");
    for page in pages {
        let path = example(&desk, page);
        assert!(!path.contains('{'), "{path}");
        let json = if path == "/" { "/index.json".to_owned() } else { format!("{path}.json") };
        let answer = desk.get(&json);
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"), "{json}");
        let value: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert!(value.as_object().is_some_and(|fields| !fields.is_empty()), "{json}");
        let html = desk.get(&path);
        assert!(html.header("content-type").starts_with("text/html"), "{path}");
        assert!(html.body.contains("<link rel=\"alternate\" type=\"application/json\""), "{path} does not say where its JSON is");
        let atom = desk.get(&format!("{}.atom", if path == "/" { "/index" } else { &path }));
        assert!(!atom.header("content-type").starts_with("text/html"), "{path}.atom is a page");
    }
}

#[test]
fn what_a_page_shows_stands_in_its_json() {
    let desk = Desk::open();
    let story = a_story(&desk);
    assert_eq!(desk.json("/keys.json")["keys"][0]["keys"][0], "j");
    assert!(desk.json("/api.json")["asks"].as_array().unwrap().iter().any(|ask| ask["path"] == "/api/v1/stories"));
    assert_eq!(desk.json("/sign-in.json"), serde_json::json!({ "is_needed": false, "is_signed_in": false }));
    let fix = desk.json(&format!("/stories/{story}/correct.json"));
    for part in ["documents", "people", "relations", "others"] {
        assert!(!fix[part].as_array().unwrap().is_empty(), "{part}");
    }
    assert!(fix["people"][0]["id"].is_string() && fix["documents"][0]["title"].is_string(), "{fix}");
    let seen = |cookie: &str| {
        let answer = Answer::of(agent().get(desk.at("/index.json")).header("cookie", cookie).call());
        serde_json::from_str::<serde_json::Value>(&answer.body).unwrap()
    };
    let (before, after) = (seen("onrecord_seen=2031-03-01T00:00:00Z"), seen("onrecord_seen=2031-03-11T00:00:00Z"));
    assert_eq!((&before["new"], &before["stories"][0]["is_new"], &before["seen"]), (&before["count"], &true.into(), &"2031-03-01T00:00:00Z".into()));
    assert_eq!((&after["new"], &after["stories"][0]["is_new"]), (&0.into(), &false.into()));
    assert_eq!(desk.json("/index.json")["seen"], serde_json::Value::Null);
}

#[test]
fn another_name_of_a_story_leads_to_its_own() {
    let desk = Desk::open();
    let story = a_story(&desk);
    let documents = desk.json("/api/v1/documents?limit=100")["items"].as_array().unwrap().clone();
    let other = documents.iter().find(|it| it["story"] == story.as_str() && it["id"] != story.as_str()).unwrap()["id"].as_str().unwrap();
    for ending in ["", ".json", ".atom", ".feed.json", "?a=b"] {
        let answer = desk.get(&format!("/stories/{other}{ending}"));
        assert_eq!((answer.status, answer.header("location")), (308, format!("/stories/{story}{ending}").as_str()), "{ending}");
    }
    let answer = desk.get(&format!("/api/v1/stories/{other}"));
    assert_eq!((answer.status, answer.header("location"), answer.header("cache-control")), (308, format!("/api/v1/stories/{story}").as_str(), "no-store"));
    assert!(answer.body.contains("\"renamed\""), "{}", answer.body);
}

#[test]
fn every_page_is_json_at_the_same_address() {
    let desk = Desk::open();
    let stories = desk.json("/index.json");
    assert_eq!(desk.json("/stories.json"), stories);
    let story = stories["stories"].as_array().unwrap().iter().find(|story| story["documents"] == 8).unwrap();
    let id = story["id"].as_str().unwrap();
    let record = desk.json(&format!("/stories/{id}.json"));
    assert_eq!(record["schema"], "onrecord.record/1");
    assert_eq!(desk.json(&format!("/stories/{id}/questions/q1.json")), record["questions"][0]);
    assert_eq!(desk.json(&format!("/stories/{id}/utterances/u1.json"))["id"], "u1");
    assert_eq!(desk.json(&format!("/documents/{id}.json"))["document"]["text"], record["documents"][0]["text"]);
    assert_eq!(desk.json(&format!("/documents/{id}/versions.json"))["revisions"].as_array().unwrap().len(), 0);
    assert_eq!(desk.json(&format!("/statements/{id}.s1.json"))["document"], "d1");
    let people = desk.json("/people.json");
    let person = people["people"][0]["id"].as_str().unwrap();
    assert_eq!(desk.json(&format!("/people/{person}.json"))["person"]["id"], person);
    assert!(desk.json("/questions.json")["questions"].as_array().unwrap().len() > 3);
    assert!(!desk.json("/search.json?q=horn")["statements"].as_array().unwrap().is_empty());
    let like = desk.json("/search.json?like=did%20anybody%20hear%20horns%3F");
    assert!(like["statements"].to_string().contains("heard no horn") && like["order"] == "best", "{like}");
    assert!(desk.json("/news.json")["watches"].as_array().unwrap().is_empty());
    assert!(desk.json("/corrections.json")["corrections"].as_array().unwrap().is_empty());
}

#[test]
fn what_is_not_there_is_told_in_one_shape() {
    let desk = Desk::open();
    for (path, status) in [("/stories/dzzzz.json", 404), ("/people/pzzzz.json", 404), ("/search.json?act=dance", 400), ("/search.json?since=soon", 400)] {
        let answer = desk.get(path);
        assert_eq!(answer.status, status, "{path}");
        let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(json["error"]["status"], status, "{path}");
        assert!(json["error"]["message"].as_str().unwrap().len() > 10);
        assert!(!answer.body.contains(&desk.archive.display().to_string()), "{path} tells where the archive lies");
    }
    assert!(desk.get("/stories/dzzzz").body.contains("<h1>Not here</h1>"));
}

#[test]
fn a_page_that_is_known_is_not_sent_again() {
    let desk = Desk::open();
    for path in ["/people", "/assets/desk.css"] {
        let first = desk.get(path);
        let tag = first.header("etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        let again = Answer::of(agent().get(desk.at(path)).header("if-none-match", &tag).call());
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
    }
}

#[test]
fn a_statement_is_underlined_in_its_place() {
    let desk = Desk::open();
    let stories = desk.json("/index.json");
    let id = stories["stories"].as_array().unwrap().iter().find(|story| story["documents"] == 8).unwrap()["id"].as_str().unwrap().to_owned();
    let page = desk.get(&format!("/documents/{id}")).body;
    assert!(page.contains("id=\"s5\""), "the fifth statement has no anchor");
    assert!(desk.get(&format!("/documents/{id}/lit.css")).body.contains("body:has(#s5:target) .s5{"));
    let story = desk.get(&format!("/stories/{id}")).body;
    for part in
        ["id=\"brief\"", "id=\"questions\"", "id=\"days\"", "class=\"timeline\"", "class=\"chain\"", "id=\"conflicts\"", "id=\"cast\"", "id=\"documents\""]
    {
        assert!(story.contains(part), "{part}");
    }
}

#[test]
fn feeds_hold_what_is_new_each_with_its_place() {
    let desk = Desk::open();
    let stories = desk.json("/index.json");
    let story = stories["stories"].as_array().unwrap().iter().find(|story| story["documents"] == 8).unwrap()["id"].as_str().unwrap().to_owned();
    let person = desk.json("/people.json")["people"][0]["id"].as_str().unwrap().to_owned();
    for page in [format!("/stories/{story}"), format!("/people/{person}"), format!("/stories/{story}/questions/q1"), "/search".to_owned()] {
        let asked = if page == "/search" { "?q=horn" } else { "" };
        let html = desk.get(&format!("{page}{asked}")).body;
        assert!(html.contains("type=\"application/atom+xml\"") && html.contains(&format!("<a href=\"{page}.atom{asked}\">Atom</a>")), "{page}");
        let atom = desk.get(&format!("{page}.atom{asked}"));
        assert_eq!((atom.status, atom.header("content-type")), (200, "application/atom+xml; charset=utf-8"), "{page}");
        assert!(atom.body.starts_with("<?xml") && atom.body.contains("<entry>"), "{}", atom.body);
        assert!(atom.body.contains(&format!("href=\"http://{}{page}.atom{asked}\" rel=\"self\"", desk.address)), "{}", &atom.body[..600]);
        let feed = desk.json(&format!("{page}.feed.json{asked}"));
        let items = feed["items"].as_array().unwrap();
        assert!(!items.is_empty() && feed["version"] == "https://jsonfeed.org/version/1.1", "{page}");
        let mut ids: Vec<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), items.len(), "{page}: two entries have one name");
        for item in items {
            let to = item["url"].as_str().unwrap().strip_prefix(&format!("http://{}", desk.address)).unwrap();
            assert_eq!(desk.get(to.split('#').next().unwrap()).status, 200, "{to}");
            assert_eq!(item["date_published"], "2031-03-10T18:00:00Z", "{page}");
        }
    }
    assert_eq!(desk.get("/news.atom").status, 200);
    for (path, status) in [("/people.atom", 404), ("/queue.atom", 404), ("/search.atom", 400), ("/stories/dzzzz.feed.json", 404)] {
        assert_eq!(desk.get(path).status, status, "{path}");
    }
}

#[test]
fn what_means_harm_is_text_in_feeds_too() {
    let desk = Desk::open();
    let atom = desk.get("/search.atom?q=told").body;
    assert!(atom.contains("window.harm") && !atom.contains("<script>") && !atom.contains("<img"), "{atom}");
    assert!(desk.json("/search.feed.json?q=told").to_string().contains("window.harm"));
}

#[test]
fn long_lists_are_leafed_and_narrowed() {
    let desk = Desk::open();
    let all = desk.json("/api/v1/people?limit=200")["items"].as_array().unwrap().clone();
    let (mut leafed, mut cursor) = (Vec::new(), String::new());
    loop {
        let part = desk.json(&format!("/api/v1/people?limit=7&cursor={cursor}"));
        leafed.extend(part["items"].as_array().unwrap().clone());
        let Some(next) = part["next"].as_str() else { break };
        cursor = next.replace(' ', "%20");
    }
    assert_eq!(leafed, all);
    let page = desk.get("/people?after=1~A~p").body;
    assert!(page.contains("class=\"before\"") && page.contains("href=\"/people?before="), "{page}");
    let named = desk.json("/people.json?begins=mar");
    assert!(
        named["count"].as_i64().unwrap() > 0
            && named["people"].as_array().unwrap().iter().all(|it| it["name"].as_str().unwrap().to_lowercase().contains("mar"))
    );
    for status in ["open", "answered", "disputed"] {
        let questions = desk.json(&format!("/questions.json?status={status}"));
        assert!(questions["questions"].as_array().unwrap().iter().all(|question| question["status"] == status));
        assert_eq!(questions["count"], desk.json(&format!("/api/v1/questions?limit=200&status={status}"))["items"].as_array().unwrap().len());
    }
    assert_eq!(desk.get("/questions?status=dance").status, 400);
}

/// The words of an article that are lit, as they stand on its page.
fn lit(page: &str) -> String {
    let bits = page.split("<span class=\"bit ").skip(1).filter(|bit| bit.split('"').next().unwrap().split(' ').any(|class| class == "wanted"));
    // Anchors of statements that begin there stand before the words.
    let text = |bit: &str| {
        let mut rest = bit.split_once('>').unwrap().1;
        while let Some(after) = rest.strip_prefix("<span id=") {
            rest = after.split_once("</span>").unwrap().1;
        }
        rest.split("</span>").next().unwrap().to_owned()
    };
    let all: String = bits.map(text).collect();
    let plain = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")].iter().fold(all, |all, (sign, c)| all.replace(sign, c));
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_entry_of_the_days_is_drawn_or_told_and_opens_its_words() {
    let desk = Desk::open();
    let stories = desk.json("/index.json");
    let id = stories["stories"].as_array().unwrap().iter().find(|story| story["documents"] == 8).unwrap()["id"].as_str().unwrap().to_owned();
    let (page, record) = (desk.get(&format!("/stories/{id}")).body, desk.json(&format!("/stories/{id}.json")));
    let days = page.split("id=\"days\"").nth(1).unwrap().split("The days as a list").next().unwrap();
    let told: usize = days.split("<details").skip(1).map(|fold| fold.matches("<li").count()).sum();
    let marks = days.matches("class=\"said\"").count() + days.matches("class=\"happened\"").count()
        - days.split("<ul").skip(1).collect::<String>().matches("class=\"happened\"").count();
    let untold = days.split("speaks of: ").nth(1).map_or(0, |rest| rest.split(' ').next().unwrap().parse::<usize>().unwrap());
    assert_eq!(told + marks + untold, record["timeline"].as_array().unwrap().len());
    let happened = days.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).filter(|to| to.contains("?words=")).collect::<Vec<_>>();
    assert!(!happened.is_empty(), "nothing that happened opens its words");
    for to in happened {
        let (address, bytes) = (to.split('#').next().unwrap(), to.split("?words=").nth(1).unwrap().split('#').next().unwrap());
        let (start, end) = bytes.split_once('-').map(|(start, end)| (start.parse::<usize>().unwrap(), end.parse::<usize>().unwrap())).unwrap();
        let document = desk.json(&format!("{}.json", address.split('?').next().unwrap()));
        let words = &document["document"]["text"].as_str().unwrap()[start..end];
        let opened = desk.get(address).body;
        assert!(opened.contains("id=\"place\""), "{to}");
        assert_eq!(lit(&opened), words.split_whitespace().collect::<Vec<_>>().join(" "), "{to}");
    }
    let document = format!("/documents/{id}");
    for wrong in ["soon", "9-3", "0-99999999"] {
        assert_eq!(desk.get(&format!("{document}?words={wrong}")).status, 400, "{wrong}");
    }
}

#[test]
fn a_rendering_is_shown_word_by_word_beside_the_fullest() {
    let desk = Desk::open();
    let stories = desk.json("/index.json");
    let id = stories["stories"].as_array().unwrap().iter().find(|story| story["documents"] == 8).unwrap()["id"].as_str().unwrap().to_owned();
    let utterances = desk.json(&format!("/stories/{id}.json"))["utterances"].clone();
    let several = utterances.as_array().unwrap().iter().filter(|it| it["statements"].as_array().unwrap().len() > 1);
    let pages: Vec<String> = several.map(|it| desk.get(&format!("/stories/{id}/utterances/{}", it["id"].as_str().unwrap())).body).collect();
    assert!(pages.iter().any(|page| page.contains("<del><span class=\"aside\"> (left out: </span>")), "nothing is shown as left out");
    assert!(
        pages.iter().any(|page| page.contains("<mark><span class=\"aside\"> (added: </span>") || page.contains("(in its place: </span>")),
        "nothing is added"
    );
    assert!(pages.iter().any(|page| page.contains("words left out")));
}

#[test]
fn a_search_marks_its_words_and_says_how_it_can_be_narrowed() {
    let desk = Desk::open();
    let page = desk.get("/search?q=horn").body;
    let (marks, hits) = (page.to_lowercase().matches("<mark>horn").count(), page.matches("<li class=\"item").count());
    assert!(hits > 2 && marks >= hits, "{marks} marks in {hits} hits");
    let narrowed: Vec<&str> = page.split("id=\"narrow\"").nth(1).unwrap().split("</aside>").next().unwrap().split("<li>").skip(1).collect();
    assert!(narrowed.len() > 6, "{narrowed:?}");
    for choice in narrowed {
        let to = choice.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&");
        let count: usize = choice.split("class=\"note\">").nth(1).unwrap().split('<').next().unwrap().parse().unwrap();
        let found = desk.json(&to.replacen("/search", "/search.json", 1))["statements"].as_array().unwrap().len();
        assert_eq!(found, count, "{to}");
        assert!(desk.get(&to).body.contains("class=\"wider\""), "{to} cannot be made wider again");
    }
    let articles = desk.get("/search?q=horn&in=articles").body;
    let place = articles.split("class=\"cite open\" href=\"").nth(1).unwrap().split('#').next().unwrap();
    assert!(articles.contains("<mark>horn</mark>") && place.contains("?words="), "{place}");
    assert_eq!(lit(&desk.get(place).body).to_lowercase(), "horn");
}

#[test]
fn somebody_is_shown_with_titles_answers_topics_and_months() {
    let desk = Desk::open();
    let people = desk.json("/api/v1/people?limit=200")["items"].as_array().unwrap().clone();
    let of = |name: &str| people.iter().find(|it| it["name"] == name).unwrap()["id"].as_str().unwrap().to_owned();
    let page = desk.get(&format!("/people/{}", of("Piers Stroudley"))).body;
    for part in ["id=\"titles\"", "id=\"spread\"", "id=\"answers\"", "id=\"said\"", "id=\"about\"", "id=\"correct\"", ">March 2031</a>", ">question</span>"] {
        assert!(page.contains(part), "{part}");
    }
    let titles = page.split("id=\"titles\"").nth(1).unwrap().split("</section>").next().unwrap();
    for to in titles.split("href=\"").skip(1).map(|rest| rest.split('#').next().unwrap()) {
        let words = lit(&desk.get(to).body).to_lowercase();
        assert!(words.contains("chief"), "{to}: {words}");
    }
    let answers = page.split("id=\"answers\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(answers.contains("class=\"side\"") && (answers.contains("<blockquote") || answers.contains("class=\"told\"")), "answers have no words");
}

#[test]
fn a_story_of_the_list_unfolds_its_documents_and_why_they_are_in_it() {
    let desk = Desk::open();
    let page = desk.get("/").body;
    let members = page.split("class=\"plain members\"").skip(1).map(|list| list.split("</ul>").next().unwrap()).find(|list| list.contains("mayor")).unwrap();
    assert!(members.matches("<li>").count() == 8 && members.matches("shares").count() == 8 && members.contains("10 March 2031"), "{members}");
}

#[test]
fn keys_that_work_somewhere_have_something_to_press_there() {
    let desk = Desk::open();
    let stories = desk.json("/index.json");
    let id = stories["stories"].as_array().unwrap().iter().find(|story| story["documents"] == 8).unwrap()["id"].as_str().unwrap().to_owned();
    let keys = desk.get("/keys").body;
    for key in ["g u", "g b", "[", "]", "c", "q", "v"] {
        assert!(keys.contains(&format!("<kbd>{key}</kbd>")), "{key}");
    }
    let document = desk.get(&format!("/documents/{id}")).body;
    let number = document.split("cite follow").next().unwrap().rsplit("data-statement=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let statement = desk.get(&format!("/statements/{id}.{number}")).body;
    let story = desk.get(&format!("/stories/{id}")).body;
    for (page, targets) in [
        (&document, ["said-before", "said-next", "compare", "follow"].as_slice()),
        (&statement, &["compare", "follow", "cite open"]),
        (&story, &["compare", "follow"]),
        (&desk.get("/questions").body, &["follow"]),
    ] {
        for target in targets {
            assert!(page.contains(target), "{target}");
        }
        for step in ["id=\"step\"", "id=\"back\"", "id=\"into\""] {
            assert!(page.contains(step), "{step}");
        }
    }
}
