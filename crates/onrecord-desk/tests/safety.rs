//! Who may ask and who may not: hosts, other sites, forms without a token, sizes, tokens.
#![allow(clippy::unwrap_used)] // a panic here is a failed test

mod opened;

use opened::{Answer, Desk, agent};

/// A form of a page, with the cookie it came with.
fn form(desk: &Desk, page: &str) -> (String, String) {
    let answer = desk.get(page);
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    let token = answer.body.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (cookie, token)
}

fn post(desk: &Desk, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    Answer::of(agent().post(desk.at(path)).header("cookie", cookie).send_form(fields.iter().copied()))
}

#[test]
fn a_foreign_host_is_refused() {
    let desk = Desk::open();
    for (host, status) in [
        ("evil.example", 421),
        ("evil.example:4180", 421),
        ("localhost.evil.example", 421),
        ("10.0.0.1", 421),
        ("localhost", 200),
        ("DESK.example:80", 200),
        ("[::1]:9", 200),
    ] {
        let answer = Answer::of(agent().get(desk.at("/")).header("host", host).call());
        assert_eq!(answer.status, status, "{host}");
    }
}

#[test]
fn a_form_needs_its_token_and_its_own_site() {
    let desk = Desk::open();
    let (cookie, token) = form(&desk, "/news");
    let log = || desk.json("/corrections.json")["corrections"].as_array().unwrap().len();
    let statement = a_statement(&desk);
    let fields = [("fix", "act"), ("statement", statement.as_str()), ("value", "promise")];
    let with = |token| fields.iter().copied().chain([("token", token)]).collect::<Vec<_>>();
    assert_eq!(post(&desk, "/corrections", &cookie, &fields).status, 403);
    assert_eq!(post(&desk, "/corrections", &cookie, &with("guessed")).status, 403);
    assert_eq!(post(&desk, "/corrections", "", &with(&token)).status, 403);
    for (name, value) in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
        let answer = agent().post(desk.at("/corrections")).header("cookie", &cookie).header(name, value).send_form(with(&token));
        assert_eq!(Answer::of(answer).status, 403, "{name}: {value}");
    }
    assert_eq!(log(), 0);
    assert_eq!(post(&desk, "/corrections", &cookie, &with(&token)).status, 303);
    assert_eq!(log(), 1);
    let set = desk.get("/corrections").header("set-cookie").to_owned();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
}

/// The status of a form that is announced to be this long. It is refused before a byte of it is sent.
fn announced(desk: &Desk, length: usize) -> u16 {
    use std::io::{BufRead, BufReader, Write};
    let address = desk.at("");
    let host = address.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    let head = format!("POST /corrections HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    line.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn what_is_too_large_or_asked_wrongly_is_refused() {
    let desk = Desk::open();
    let (cookie, token) = form(&desk, "/news");
    assert_eq!(announced(&desk, 300_000), 413);
    assert_eq!(Answer::of(agent().delete(desk.at("/people")).call()).status, 405);
    assert_eq!(post(&desk, "/corrections", &cookie, &[("token", &token), ("fix", "colour")]).status, 400);
}

#[test]
fn what_a_library_refuses_has_the_one_shape_of_errors() {
    let desk = Desk::open();
    for path in ["/api/v1/stories/%ff", "/people/%ff.json", "/stories/%ff.json"] {
        let answer = desk.get(path);
        let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
        assert!((400..500).contains(&answer.status) && body["error"]["code"].is_string(), "{path}: {} {}", answer.status, answer.body);
    }
    let page = desk.get("/people/%ff");
    assert!(page.status == 400 && page.body.contains("<h1"), "{}", page.body);
}

#[test]
fn nobody_is_made_one_with_himself() {
    let desk = Desk::open();
    let (cookie, token) = form(&desk, "/news");
    let story = desk.json("/stories.json")["stories"][0]["id"].as_str().unwrap().to_owned();
    let person = desk.json("/people.json")["people"][0]["id"].as_str().unwrap().to_owned();
    let same = [("fix", "same"), ("keep", person.as_str()), ("who", person.as_str()), ("token", token.as_str())];
    assert_eq!(post(&desk, "/corrections", &cookie, &same).status, 400);
    let join = [("fix", "join"), ("story", story.as_str()), ("other", story.as_str()), ("token", token.as_str())];
    assert_eq!(post(&desk, "/corrections", &cookie, &join).status, 400);
    assert!(desk.json("/corrections.json")["corrections"].as_array().unwrap().is_empty());
}

#[test]
fn a_token_keeps_others_out() {
    let secret = "a-token-of-some-length";
    let desk = Desk::with(Some(secret));
    assert_eq!(desk.get("/").status, 303);
    let refused = desk.get("/index.json");
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, "Bearer"));
    let shown = |token: &str| Answer::of(agent().get(desk.at("/index.json")).header("authorization", format!("Bearer {token}")).call()).status;
    assert_eq!((shown(secret), shown("another")), (200, 401));
    let (cookie, token) = form(&desk, "/sign-in");
    assert_eq!(post(&desk, "/sign-in", &cookie, &[("token", &token), ("shown", "wrong")]).status, 403);
    let signed = post(&desk, "/sign-in", &cookie, &[("token", &token), ("shown", secret)]);
    assert_eq!(signed.status, 303);
    let cookie = signed.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_eq!(Answer::of(agent().get(desk.at("/")).header("cookie", &cookie).call()).status, 200);
}

#[test]
fn who_guesses_is_told_to_wait_and_who_is_signed_in_is_not() {
    let secret = "a-token-of-some-length";
    let desk = Desk::with(Some(secret));
    let (cookie, token) = form(&desk, "/sign-in");
    let signed = post(&desk, "/sign-in", &cookie, &[("token", &token), ("shown", secret)]);
    let signed = signed.header("set-cookie").split(';').next().unwrap().to_owned();
    let bearer = |token: &str| Answer::of(agent().get(desk.at("/api/v1/stories")).header("authorization", format!("Bearer {token}")).call());
    assert_eq!(bearer(secret).status, 200);
    let statuses: Vec<u16> = (0..12).map(|at| bearer(&format!("guess {at}")).status).collect();
    assert_eq!((statuses[0], statuses[9], statuses[10], statuses[11]), (401, 401, 429, 429));
    let told = bearer(secret);
    let wait: u64 = told.header("retry-after").parse().unwrap();
    assert!(told.status == 429 && (1..=61).contains(&wait), "{} {wait}", told.status);
    let body: serde_json::Value = serde_json::from_str(&told.body).unwrap();
    assert_eq!((&body["error"]["status"], &body["error"]["code"]), (&429.into(), &"too_many".into()));
    let page = post(&desk, "/sign-in", &cookie, &[("token", &token), ("shown", secret)]);
    assert!(page.status == 429 && page.body.contains("<h1>Not so often</h1>") && !page.header("retry-after").is_empty(), "{}", page.body);
    assert_eq!(Answer::of(agent().get(desk.at("/")).header("cookie", &signed).call()).status, 200);
}

#[test]
fn who_signs_out_is_out_whoever_has_the_cookie() {
    let secret = "a-token-of-some-length";
    let desk = Desk::with(Some(secret));
    let (cookie, token) = form(&desk, "/sign-in");
    let shown = [("token", token.as_str()), ("shown", secret)];
    let encrypted = Answer::of(agent().post(desk.at("/sign-in")).header("cookie", &cookie).header("x-forwarded-proto", "https").send_form(shown));
    let set = encrypted.header("set-cookie").to_owned();
    assert!(["; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"].iter().all(|attribute| set.contains(attribute)), "{set}");
    let set = post(&desk, "/sign-in", &cookie, &shown).header("set-cookie").to_owned();
    assert!(!set.contains("Secure"), "{set}");
    let signed = set.split(';').next().unwrap();
    let asked = |path: &str| Answer::of(agent().get(desk.at(path)).header("cookie", signed).call());
    let page = asked("/sign-in").body;
    assert!(page.contains("<h1>You are signed in</h1>"), "{page}");
    let token = page.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(post(&desk, "/sign-out", signed, &[("token", "guessed")]).status, 403);
    assert_eq!((asked("/people").status, Answer::of(agent().get(desk.at("/sign-out")).header("cookie", signed).call()).status), (200, 405));
    let out = post(&desk, "/sign-out", signed, &[("token", token)]);
    assert_eq!((out.status, out.header("location")), (303, "/sign-in"));
    assert!(!out.header("set-cookie").contains(signed), "{}", out.header("set-cookie"));
    assert_eq!(asked("/people").status, 303);
    assert_eq!(desk.get("/sign-in.json").status, 200);
}

#[test]
fn who_was_made_one_with_another_is_found_under_the_old_address() {
    let desk = Desk::open();
    let (cookie, token) = form(&desk, "/news");
    let people = desk.json("/people.json")["people"].as_array().unwrap().clone();
    let full =
        |at: usize| people.iter().filter(|it| it["kind"] == "person" && it["name"].as_str().unwrap().contains(' ')).nth(at).unwrap()["id"].as_str().unwrap();
    let (keep, who) = (full(0), full(1));
    assert_eq!(desk.get(&format!("/people/{who}")).status, 200);
    assert_eq!(post(&desk, "/corrections", &cookie, &[("token", &token), ("fix", "same"), ("keep", keep), ("who", who)]).status, 303);
    for ending in ["", ".json", ".atom", ".feed.json", "?after=1~d~1"] {
        let answer = desk.get(&format!("/people/{who}{ending}"));
        assert_eq!((answer.status, answer.header("location")), (308, format!("/people/{keep}{ending}").as_str()), "{ending}");
    }
    assert_eq!(desk.get(&format!("/api/v1/people/{who}")).header("location"), format!("/api/v1/people/{keep}"));
    assert_eq!(post(&desk, "/corrections/last/undo", &cookie, &[("token", &token)]).status, 303);
    assert_eq!(desk.get(&format!("/people/{who}")).status, 200);
}

#[test]
fn what_a_person_says_holds_and_can_be_undone() {
    let desk = Desk::open();
    let (cookie, token) = form(&desk, "/news");
    let statement = a_statement(&desk);
    let page = || desk.get(&format!("/statements/{statement}")).body;
    assert!(!page().contains("Ilse Varga"));
    // A page that is remembered shows at once what the desk itself has written.
    let called = || desk.json("/people.json?begins=ilse%20v")["count"].as_i64();
    assert_eq!(called(), Some(0));
    let back = format!("/statements/{statement}");
    let fields = [("token", token.as_str()), ("fix", "speaker"), ("statement", &statement), ("speaker", "Ilse Varga"), ("back", &back)];
    let answer = post(&desk, "/corrections", &cookie, &fields);
    assert_eq!((answer.status, answer.header("location")), (303, back.as_str()), "{}", answer.body);
    assert!(page().contains("Ilse Varga") && page().contains("corrected by a person, c1"));
    assert!(desk.get("/corrections").body.contains("Mara Ode"));
    assert_eq!(called(), Some(1));
    assert_eq!(post(&desk, "/corrections/c1/undo", &cookie, &[("token", &token)]).status, 303);
    assert!(!page().contains("corrected by a person"));
    assert_eq!(post(&desk, "/corrections/last/redo", &cookie, &[("token", &token)]).status, 303);
    assert!(page().contains("corrected by a person, c1"));
    assert_eq!(post(&desk, "/corrections/last/undo", &cookie, &[("token", &token), ("back", "//evil.example")]).header("location"), "/corrections");
}

#[test]
fn what_is_settled_in_the_queue_is_not_asked_again_until_it_is_undone() {
    let desk = Desk::open();
    let (cookie, token) = form(&desk, "/queue");
    let keys =
        || -> Vec<String> { desk.json("/queue.json")["suggestions"].as_array().unwrap().iter().map(|it| it["key"].as_str().unwrap().to_owned()).collect() };
    let before = keys();
    let key = before.first().expect("the articles that mean harm leave something unsure").clone();
    let fields = [("token", token.as_str()), ("fix", "settled"), ("key", key.as_str()), ("told", "they are two"), ("back", "/queue")];
    assert_eq!(post(&desk, "/corrections", &cookie, &fields).header("location"), "/queue");
    assert!(!keys().contains(&key));
    assert!(desk.get("/corrections").body.contains("left as it is: they are two"));
    post(&desk, "/corrections/last/undo", &cookie, &[("token", &token)]);
    assert_eq!(keys(), before);
}

fn a_statement(desk: &Desk) -> String {
    let found = desk.json("/search.json?q=horn");
    found["statements"][0]["id"].as_str().unwrap().to_owned()
}
