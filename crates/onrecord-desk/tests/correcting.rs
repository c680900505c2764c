//! Correcting in place: who somebody is, and that everything a person said is shown as a person's, until it is undone.
#![allow(clippy::unwrap_used)] // a panic here is a failed test

mod opened;

use opened::{Answer, Desk, agent};

/// Sends a form of a page; gives where it leads.
fn send(desk: &Desk, page: &str, to: &str, fields: &[(&str, &str)]) -> String {
    let answer = desk.get(page);
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    let token = answer.body.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("token", token.as_str()), ("back", page)]).collect();
    let sent = Answer::of(agent().post(desk.at(to)).header("cookie", &cookie).send_form(fields));
    assert_eq!(sent.status, 303, "{}", sent.body);
    sent.header("location").to_owned()
}

/// The page that an address leads to, on or off.
fn followed(desk: &Desk, to: &str) -> (String, String) {
    let answer = desk.get(to);
    if answer.status == 303 {
        let to = answer.header("location").to_owned();
        return (to.clone(), desk.get(&to).body);
    }
    assert_eq!(answer.status, 200, "{to}");
    (to.split('?').next().unwrap().to_owned(), answer.body)
}

fn person(desk: &Desk, name: &str) -> String {
    let people = desk.json("/api/v1/people?limit=200")["items"].as_array().unwrap().clone();
    let id = people.iter().find(|it| it["name"] == name).unwrap_or_else(|| panic!("nobody is called {name}"))["id"].as_str().unwrap().to_owned();
    format!("/people/{id}")
}

const BY_A_PERSON: &str = "corrected by a person, c1";

#[test]
fn somebody_is_named_in_place_and_the_name_is_shown_as_a_persons() {
    let desk = Desk::open();
    let page = person(&desk, "Moira Kesh");
    let who = page.rsplit('/').next().unwrap().to_owned();
    let (now, body) = followed(&desk, &send(&desk, &page, "/corrections", &[("fix", "name"), ("who", &who), ("name", "Moira Keshe")]));
    assert!(body.contains(">Moira Keshe</h1>") && body.contains(BY_A_PERSON), "the page of who was renamed");
    assert!(now != page, "names of people are made of their names");
    assert!(desk.get("/search?by=keshe").body.contains(BY_A_PERSON));
    let stories = desk.json("/index.json");
    let id = stories["stories"].as_array().unwrap().iter().find(|story| story["documents"] == 8).unwrap()["id"].as_str().unwrap().to_owned();
    let story = desk.get(&format!("/stories/{id}")).body;
    let part = |from: &str, to: &str| story.split(from).nth(1).unwrap().split(to).next().unwrap().to_owned();
    assert!(part("id=\"cast\"", "</section>").contains(BY_A_PERSON), "who speaks");
    assert!(part("id=\"questions\"", "id=\"conflicts\"").contains(BY_A_PERSON), "the ledgers");
    assert!(desk.get(&format!("/documents/{id}")).body.contains(BY_A_PERSON), "the notes of an article");
    let (back, body) = followed(&desk, &send(&desk, &now, "/corrections/c1/undo", &[]));
    assert_eq!(back, page);
    assert!(body.contains(">Moira Kesh</h1>") && !body.contains(BY_A_PERSON));
}

#[test]
fn two_are_made_one_and_told_apart_in_place() {
    let desk = Desk::open();
    let (page, other) = (person(&desk, "Moira Kesh"), person(&desk, "Piers Stroudley"));
    let who = page.rsplit('/').next().unwrap().to_owned();
    let count = |page: &str| desk.json(&format!("{page}.json"))["person"]["statements"].as_i64().unwrap();
    let (one, two) = (count(&page), count(&other));
    let (_, body) = followed(&desk, &send(&desk, &page, "/corrections", &[("fix", "same"), ("keep", &who), ("who", "Piers Stroudley")]));
    assert!(body.contains(BY_A_PERSON));
    assert_eq!((count(&page), desk.get(&other).status), (one + two, 308));
    followed(&desk, &send(&desk, &page, "/corrections/c1/undo", &[]));
    assert_eq!((count(&page), count(&other)), (one, two));
    let choice = desk.get(&page).body.split("id=\"apart\"").nth(1).unwrap().split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (_, body) = followed(&desk, &send(&desk, &page, "/corrections", &[("fix", "apart"), ("who", &who), ("document", &choice), ("name", "Maud Kesh")]));
    assert!(body.contains("Undo c2"));
    let apart = person(&desk, "Maud Kesh");
    assert!(count(&apart) > 0 && count(&page) + count(&apart) == one, "{} and {} of {one}", count(&page), count(&apart));
    assert!(desk.get(&apart).body.contains("corrected by a person, c2, c3"));
    followed(&desk, &send(&desk, &apart, "/corrections/c3/undo", &[]));
    followed(&desk, &send(&desk, &page, "/corrections/c2/undo", &[]));
    assert_eq!(count(&page), one);
    assert!(!desk.get(&page).body.contains("corrected by a person"));
}

#[test]
fn a_corrected_statement_is_labelled_wherever_it_is_shown() {
    let desk = Desk::open();
    let hit = desk.json("/search.json?q=gates&by=Stroudley")["statements"][0].clone();
    let name = hit["id"].as_str().unwrap();
    send(&desk, &format!("/statements/{name}"), "/corrections", &[("fix", "act"), ("statement", name), ("value", "promise")]);
    for page in [
        "/search?q=gates".to_owned(),
        person(&desk, "Piers Stroudley"),
        format!("/documents/{}", name.rsplit_once('.').unwrap().0),
        format!("/statements/{name}"),
    ] {
        assert!(desk.get(&page).body.to_lowercase().contains("corrected by a person"), "{page}");
    }
}
