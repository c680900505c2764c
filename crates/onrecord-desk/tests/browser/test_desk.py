"""The desk in a real browser: every page without a breach of WCAG A or AA, every key, correcting, no script, 360 pixels, print."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[4]
PROGRAM = os.environ.get("ONRECORD", str(ROOT / "target/debug/onrecord"))
# What a level A or AA breach goes by in axe.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HARM = "<script>window.harm=1</script><img src=x onerror=window.harm=2>"


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """The address of a desk over the example story, a second version of an article, and one that means harm."""
    folder = tmp_path_factory.mktemp("desk")
    archive = folder / "desk.onrecord"
    pier = folder / "pier.txt"
    run = lambda *words: subprocess.run([PROGRAM, *map(str, words), "--archive", str(archive)], check=True, capture_output=True)
    pier.write_text('Pier at Oster shut\n\nOSTER, 5 May 2031 - "The pier is safe," said Dana Quill, the harbour clerk.\n')
    run("add", ROOT / "examples/sallow-stage", pier)
    run("watch", "said", "--by", "quill")
    pier.write_text(f'Pier at Oster shut {HARM}\n\nOSTER, 5 May 2031 - "The pier is not safe {HARM}," said Dana Quill, the harbour clerk. She asked who knew.\n')
    run("add", pier)
    served = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--archive", str(archive), "--by", "Mara Ode"], stdout=subprocess.PIPE, text=True)
    line = served.stdout.readline()
    yield line.split(" at ")[1].split("/ ")[0]
    served.terminate()
    assert served.wait(timeout=15) == 0


def press(page, key):
    """Presses a key once the page is drawn: before its first frame a browser drops what is typed."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.keyboard.press(key)


class Tab:
    """A page of the browser that keeps what went wrong in it."""

    def __init__(self, browser, desk, **context):
        self.context = browser.new_context(**context)
        self.page, self.desk, self.wrong = self.context.new_page(), desk, []
        self.page.on("console", lambda told: self.wrong.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda asked: self.wrong.append(f"asked {asked.url}") if not asked.url.startswith(desk) else None)

    def open(self, path):
        self.page.goto(self.desk + path)
        return self.page

    def path(self):
        return self.page.url.removeprefix(self.desk)

    def close(self):
        self.context.close()
        assert self.wrong == []


@pytest.fixture
def tab(browser, desk):
    tab = Tab(browser, desk, viewport={"width": 1200, "height": 900})
    yield tab
    tab.close()


@pytest.fixture(scope="session")
def pages(browser, desk):
    """One page of every kind."""
    tab = Tab(browser, desk)
    ask = lambda path: tab.context.request.get(desk + path).json()
    stories = ask("/index.json")["stories"]
    story = next(story["id"] for story in stories if story["documents"] == 8)
    pier = next(story["id"] for story in stories if "Oster" in story["headline"])
    # Names come from addresses, and those from where the example lies: the article is picked by its file. Its s5 and s6 are of one speaker.
    article = next(document["id"] for document in ask("/api/v1/documents?limit=100")["items"] if document["path"].endswith("02-courier-tuesday.txt"))
    people = ask("/api/v1/people?limit=200")["items"]
    person, asked = people[0]["id"], next(it["id"] for it in people if it["name"] == "Piers Stroudley")
    # One that several articles give in different words.
    record = ask(f"/stories/{story}.json")
    several = max(record["utterances"], key=lambda it: (len(set(it["renderings"])), len(it["statements"])))["id"]
    happened = next(it for it in record["timeline"] if "happened" in it and not it["support"])
    words = tab.open(f"/stories/{story}").locator(f'a[href*="?words={happened["place"]["start"]}-{happened["place"]["end"]}#"]').first.get_attribute("href")
    tab.context.close()
    return {
        "stories": "/", "story": f"/stories/{story}", "other story": f"/stories/{pier}", "fix": f"/stories/{story}/correct",
        "question": f"/stories/{story}/questions/q1", "utterance": f"/stories/{story}/utterances/u1", "document": f"/documents/{article}",
        "lit": f"/documents/{article}#s5", "harm": f"/documents/{pier}", "versions": f"/documents/{pier}/versions", "statement": f"/statements/{article}.s5",
        "people": "/people", "person": f"/people/{person}", "questions": "/questions", "search": "/search?q=horn", "empty search": "/search",
        "articles": "/search?q=horn&in=articles", "news": "/news", "corrections": "/corrections", "keys": "/keys", "api": "/api", "queue": "/queue", "people by name": "/people?begins=ma", "open questions": "/questions?status=open", "nothing": "/nothing", "sign in": "/sign-in",
        "asked": f"/people/{asked}", "renderings": f"/stories/{story}/utterances/{several}", "words": words, "narrowed": "/search?q=horn&act=assertion",
    }


@pytest.mark.parametrize("scheme, width", [("light", 1200), ("dark", 1200), ("light", 360)])
def test_no_page_breaks_level_a_or_aa(browser, desk, pages, scheme, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page, axe, broken = context.new_page(), Axe(), []
    for name, path in pages.items():
        page.goto(desk + path)
        if name == "document":
            page.locator("#show-by").check()
        # What is folded is on the page too.
        page.locator("main details:not([open]) > summary").evaluate_all("all => all.forEach(it => it.parentElement.open = true)")
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        broken += [f"{name}: {it['id']}: {it['nodes'][0]['html'][:160]}" for it in found.response["violations"]]
    context.close()
    assert broken == []


def test_pages_fit_a_small_screen_and_load_nothing_from_elsewhere(browser, desk, pages):
    tab = Tab(browser, desk, viewport={"width": 360, "height": 740})
    for name, path in pages.items():
        page = tab.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        assert page.evaluate("window.harm") is None, name
    # A page that is not there is told of in the console, and nothing else is.
    tab.wrong = [told for told in tab.wrong if "404" not in told]
    tab.close()


def test_everything_is_read_without_script(browser, desk, pages):
    tab = Tab(browser, desk, java_script_enabled=False, viewport={"width": 1200, "height": 900})
    for name, path in pages.items():
        assert tab.open(path).locator("h1").count() == 1, name
    page = tab.open(pages["story"])
    page.locator(".brief a.cite").first.click()
    assert "/documents/d" in page.url and "#s" in page.url
    number = page.url.rsplit("#", 1)[1]
    colours = page.locator(f".text .{number}").evaluate_all("all => all.map(it => getComputedStyle(it).backgroundColor)")
    assert len(set(colours)) == 1 and colours[0] != "rgba(0, 0, 0, 0)"
    tab.wrong = [told for told in tab.wrong if "404" not in told]
    tab.close()


def test_keys_walk_a_list_and_open_it(tab, pages):
    page = tab.open("/")
    press(page, "j")
    assert page.locator(".item.here").count() == 1
    press(page, "j")
    press(page, "k")
    opened = page.evaluate("document.activeElement.getAttribute('href')")
    press(page, "o")
    page.wait_for_url("**/stories/*")
    assert tab.path() == opened
    for keys, path in [("gh", "/"), ("gp", "/people"), ("gq", "/questions"), ("gu", "/news"), ("gb", "/news"), ("gh", "/"), ("gc", "/corrections"), ("gs", "/queue"), ("gf", "/search")]:
        press(page, keys[0])
        with page.expect_navigation():
            press(page, keys[1])
        assert page.url == tab.desk + path
    tab.open("/")
    press(page, "/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("j?")
    assert page.locator("#find").input_value() == "j?"
    press(page, "Escape")
    assert page.evaluate("document.activeElement.id") != "find"
    page = tab.open("/people")
    press(page, "j")
    press(page, "j")
    where = page.evaluate("document.activeElement.outerHTML")
    press(page, "/")
    press(page, "Escape")
    assert page.evaluate("document.activeElement.outerHTML") == where


def test_who_comes_back_stands_where_he_stood(tab):
    page = tab.open("/people")
    press(page, "j")
    press(page, "j")
    where = page.evaluate("document.activeElement.outerHTML")
    with page.expect_navigation():
        press(page, "o")
    with page.expect_navigation():
        page.go_back()
    page.wait_for_function("where => document.activeElement.outerHTML === where", arg=where)


def test_e_leads_to_the_form_of_a_statement(tab, pages):
    page = tab.open(pages["statement"])
    press(page, "e")
    assert page.evaluate("document.activeElement.closest('.correct') !== null && document.activeElement.type !== 'hidden'")


def test_keys_and_links_go_first_last_and_load_again(tab):
    page = tab.open("/people")
    here = "document.querySelectorAll('.item').length && [...document.querySelectorAll('.item')].findIndex(it => it.classList.contains('here'))"
    last = page.locator(".item").count() - 1
    for first, end in [(lambda: (press(page, "g"), press(page, "g")), lambda: press(page, "G")), (page.locator("#first").click, page.locator("#last").click)]:
        end()
        assert page.evaluate(here) == last
        first()
        assert page.evaluate(here) == 0
    for again in [lambda: press(page, "R"), page.locator("#again").click]:
        page.evaluate("document.body.dataset.old = 1")
        again()
        page.wait_for_function("!document.body.dataset.old")


def test_keys_leaf_through_a_list(tab):
    page = tab.open("/people?after=1~A~p")
    press(page, "h")
    page.wait_for_url("**/people?before=*")
    press(page, "l")
    page.wait_for_url("**/people?after=*")


def test_people_are_chosen_by_name_and_questions_by_status(tab):
    page = tab.open("/people")
    every = page.locator(".item").count()
    page.fill("#begins", "ma")
    press(page, "Enter")
    page.wait_for_url("**/people?begins=ma")
    assert 0 < page.locator(".item").count() < every
    page = tab.open("/questions")
    page.select_option("#status", "open")
    page.locator(".choose button").click()
    page.wait_for_url("**/questions?status=open")
    assert all(status == "open" for status in page.locator(".status").all_inner_texts())


def test_a_page_leads_to_its_feeds(tab, pages):
    page = tab.open(pages["person"])
    for kind in ["application/atom+xml", "application/feed+json"]:
        href = page.locator(f'head link[type="{kind}"]').get_attribute("href")
        answer = page.request.get(tab.desk + href)
        assert answer.ok and kind in answer.headers["content-type"]
        assert page.locator(f'.foot a[href="{href}"]').is_visible()


def test_a_suggestion_is_settled_with_a_key_and_stays_so(browser, desk):
    for script in [True, False]:
        tab = Tab(browser, desk, java_script_enabled=script)
        page = tab.open("/queue")
        words = ".queue .item :is(h2, .told)"
        asked = page.locator(words).all_inner_texts()
        assert asked, "the example leaves something unsure"
        with page.expect_navigation():
            if script:
                press(page, "j")
                press(page, "x")
            else:
                page.locator(".queue button.dismiss").first.click()
        left = tab.open("/queue").locator(words).all_inner_texts()
        assert len(left) < len(asked)
        tab.open("/corrections")
        with page.expect_navigation():
            page.locator("button.undo").click()
        assert tab.open("/queue").locator(words).all_inner_texts() == asked
        tab.close()


def test_keys_are_listed_and_closed_again(tab):
    page = tab.open("/people")
    press(page, "j")
    where = page.evaluate("document.activeElement.outerHTML")
    press(page, "?")
    page.locator("dialog[open]").wait_for()
    assert page.locator("dialog kbd").count() > 20
    press(page, "Escape")
    page.locator("dialog[open]").wait_for(state="detached")
    assert page.evaluate("document.activeElement.outerHTML") == where


def test_keys_of_an_article(tab, pages):
    page = tab.open(pages["lit"])
    press(page, "]")
    page.wait_for_url("**#s6")
    assert page.locator(".card.lit").get_attribute("data-statement") == "s6"
    press(page, "[")
    page.wait_for_url("**#s5")
    press(page, "e")
    page.wait_for_url("**/statements/*.s5")
    press(page, "o")
    page.wait_for_url("**/documents/*#s5")
    press(page, "c")
    page.wait_for_url("**/versions")
    page.go_back()
    page.locator("a.follow").first.evaluate("link => link.closest('.item').querySelector('a').click()")
    press(page, "q")
    page.wait_for_url("**/questions/q*")


def test_a_statement_is_corrected_undone_and_dismissed(tab, pages):
    page = tab.open(pages["statement"])
    page.fill("#speaker", "Ilse Varga")
    page.locator("#speaker + button").click()
    page.locator(".correct p.warn").wait_for()
    assert "Ilse Varga" in page.locator("h1").inner_text()
    other = Tab(page.context.browser, tab.desk)
    assert "Ilse Varga" in other.open("/corrections").inner_text("main")
    page.locator("button.undo").click()
    page.wait_for_load_state()
    assert "Ilse Varga" not in page.locator("h1").inner_text()
    other.page.reload()
    assert "undone by Mara Ode" in other.page.inner_text("main")
    other.close()
    press(page, "x")
    page.wait_for_url("**/documents/*")
    assert page.locator('[data-statement="s5"]').count() == 0
    tab.open("/corrections").locator("button.undo").click()
    page.wait_for_load_state()
    assert tab.open(pages["document"]).locator('[data-statement="s5"]').count() == 1


def undo_the_last(tab):
    page = tab.open("/corrections")
    with page.expect_navigation():
        page.locator("button.undo").click()


def keep(page, field):
    """Sends the form that a field is in."""
    with page.expect_navigation():
        page.locator(f"form:has({field}) button").click()


def test_a_span_and_a_class_are_corrected_and_undone(tab, pages):
    page = tab.open(pages["statement"])
    was = page.locator("#content").input_value()
    words = " ".join(was.split()[1:4])
    page.fill("#content", words)
    keep(page, "#content")
    assert page.locator("#content").input_value() == words
    assert "corrected by a person" in page.inner_text("article > .line").lower()
    with page.expect_navigation():
        page.locator("button.undo").click()
    assert page.locator("#content").input_value() == was
    for field, label in [("#act", "promise"), ("#factuality", "hypothetical"), ("#sourcing", "anonymous")]:
        before = page.locator(field).input_value()
        page.select_option(field, label)
        keep(page, field)
        assert page.locator(field).input_value() == label
        assert page.locator("tr.person").count() > 0
        with page.expect_navigation():
            page.locator("button.undo").click()
        assert page.locator(field).input_value() == before
    assert page.locator("button.undo").count() == 0


def test_somebody_is_renamed_merged_and_split_in_place_and_all_is_undone(tab, pages):
    page = tab.open(pages["asked"])
    name, count = page.locator("h1").inner_text(), page.locator(".head .facts span").first.inner_text()
    press(page, "e")
    assert page.evaluate("location.hash") == "#correct"
    page.fill("#name", "Piers Q. Stroudley")
    keep(page, "#name")
    assert page.locator("h1").inner_text() == "Piers Q. Stroudley" and page.locator(".head .label.person").count() == 1
    with page.expect_navigation():
        page.locator("button.undo").click()
    assert page.locator("h1").inner_text() == name and tab.path().split("?")[0] == pages["asked"]
    page.fill("#same", "Moira Kesh")
    keep(page, "#same")
    assert page.locator(".head .facts span").first.inner_text() != count
    with page.expect_navigation():
        page.locator("button.undo").click()
    assert page.locator(".head .facts span").first.inner_text() == count
    page.fill("#there", "Percy Stroudley")
    keep(page, "#there")
    assert page.locator(".head .facts span").first.inner_text() != count
    found = tab.open("/people?begins=Percy")
    with found.expect_navigation():
        found.locator("a.open").first.click()
    assert found.locator("h1").inner_text() == "Percy Stroudley" and found.locator(".head .label.person").count() == 1
    undo_the_last(tab)
    undo_the_last(tab)
    page = tab.open(pages["asked"])
    assert page.locator(".head .facts span").first.inner_text() == count and page.locator(".label.person").count() == 0


def test_documents_are_moved_and_stories_parted_and_joined_and_all_is_undone(tab, pages):
    stories = lambda: {it["headline"]: it["documents"] for it in tab.context.request.get(tab.desk + "/index.json").json()["stories"]}
    before = stories()
    for form in ["#moved", "#other"]:
        page = tab.open(pages["fix"])
        if form == "#moved":
            page.select_option("#moved", index=1)
        page.select_option("#to" if form == "#moved" else form, index=0)
        keep(page, form)
        assert stories() != before, form
        undo_the_last(tab)
        assert stories() == before, form
    page = tab.open(pages["fix"])
    page.locator("input[name=document]").first.check()
    keep(page, "input[name=document]")
    assert len(stories()) == len(before) + 1
    undo_the_last(tab)
    assert stories() == before


def test_words_that_an_address_names_are_lit_without_script(browser, desk, pages):
    tab = Tab(browser, desk, java_script_enabled=False, viewport={"width": 1200, "height": 900})
    page = tab.open(pages["words"])
    lit = page.locator(".bit.wanted").first
    assert page.url.endswith("#place") and lit.is_visible()
    assert lit.evaluate("it => getComputedStyle(it).backgroundColor") != "rgba(0, 0, 0, 0)"
    expect(lit).to_be_in_viewport()
    tab.close()


def test_an_article_shows_who_says_what_without_script(browser, desk, pages):
    tab = Tab(browser, desk, java_script_enabled=False, viewport={"width": 1200, "height": 900})
    page = tab.open(pages["document"])
    told = "it => getComputedStyle(it, '::before').content"
    named = page.locator("[data-by]").first
    assert named.evaluate(told) == "none" and not page.locator(".voices").is_visible()
    page.locator("#show-by").check()
    assert named.get_attribute("data-by") in named.evaluate(told) and page.locator(".voices").is_visible()
    lines = page.locator(".voices .con").evaluate_all("all => all.map(it => getComputedStyle(it).textDecoration)")
    assert len(set(lines)) == min(len(lines), 7), lines
    tab.close()


def test_steps_are_links_too(tab):
    page = tab.open("/people")
    at = lambda: page.evaluate("[...document.querySelectorAll('.item')].findIndex(it => it.classList.contains('here'))")
    page.locator("#step").click()
    page.locator("#step").click()
    assert at() == 1
    page.locator("#back").click()
    assert at() == 0
    with page.expect_navigation():
        page.locator("#into").click()
    assert "/people/p" in page.url


def test_a_search_is_narrowed_and_made_wider_by_its_counts(tab):
    page = tab.open("/search?q=horn")
    every = page.locator("li.item").count()
    choice = page.locator(".narrow a", has_text="denial")
    count = int(choice.locator("xpath=following-sibling::span").inner_text())
    with page.expect_navigation():
        choice.click()
    assert page.locator("li.item").count() == count < every
    assert page.locator("li.item mark").count() >= count
    with page.expect_navigation():
        page.locator(".narrow a.wider").first.click()
    assert page.locator("li.item").count() == every


def test_new_stories_are_marked_until_they_are_seen(tab):
    page = tab.open("/")
    with page.expect_navigation():
        press(page, "A")
    assert page.locator(".status.open").count() == 0


def test_a_search_by_words_and_filters(tab):
    page = tab.open("/")
    page.fill("#find", "horn")
    press(page, "Enter")
    page.wait_for_url("**/search?q=horn")
    every = page.locator("li.item").count()
    page.locator(".filters summary").click()
    page.select_option("#act", "denial")
    page.locator(".filters button.main").click()
    page.wait_for_url("**act=denial**")
    assert 0 < page.locator("li.item").count() < every


def test_a_watch_is_set_and_dropped(tab):
    page = tab.open("/news")
    assert "Dana Quill" in page.inner_text("main")
    page.select_option("#on", "conflict")
    page.locator("text=Set the watch").click()
    page.locator("text=Drop w2").click()
    page.wait_for_load_state()
    assert page.locator("text=Drop w2").count() == 0


def test_a_page_prints_without_its_controls(tab, pages):
    page = tab.open(pages["story"])
    page.emulate_media(media="print")
    for what in [".mast", ".parts", ".foot"]:
        assert not page.locator(what).is_visible(), what
    assert page.locator(".brief p").first.is_visible()
    assert len(page.pdf()) > 20_000


# The pictures of the guide: a page, and what of it stands at the top.
PICTURES = {"story": "h1", "days": "#days", "questions": "#questions", "conflicts": "#conflicts", "origins": "#origins", "document": "h1", "search": "h1", "queue": "h1"}
ON_STORY = {"days", "questions", "conflicts", "origins"}


def test_pictures_of_the_guide_are_taken(browser, desk, pages, tmp_path):
    folder = Path(os.environ.get("ONRECORD_PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    tab = Tab(browser, desk, viewport={"width": 1000, "height": 640})
    for name, top in PICTURES.items():
        page = tab.open(pages["lit" if name == "document" else "story" if name in ON_STORY else name])
        page.locator(top).first.evaluate("it => { it.scrollIntoView({ block: 'start', behavior: 'instant' }); scrollBy({ top: -24, behavior: 'instant' }); }")
        if name == "document":
            page.locator(".bit.lit").first.evaluate("it => it.scrollIntoView({ block: 'center', behavior: 'instant' })")
        page.screenshot(path=folder / f"{name}.png")
        assert 5_000 < (folder / f"{name}.png").stat().st_size < 400_000, name
    tab.close()


def test_the_api_is_tried_on_its_page(tab):
    page = tab.open("/api")
    page.locator("form.try button").first.click()
    page.locator("li.item pre:not([hidden])", has_text="200").first.wait_for()


def test_the_api_keeps_to_its_description(desk, tmp_path):
    program = Path(sys.executable).parent / "schemathesis"
    asked = [str(program), "run", f"{desk}/api/v1/openapi.json", "--max-examples", "5", "--seed", "1"]
    ran = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[-6000:]
