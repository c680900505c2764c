// Keys, in the dialect of Miniflux. Each does what a button or a link on the page does: it clicks it.
"use strict";
(() => {
  const all = (what) => [...document.querySelectorAll(what)];
  const isShown = (it) => it.getClientRects().length > 0;
  const items = () => all(".item").filter((it) => isShown(it) && it.querySelector("a, button"));
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  let first = "";

  // The item where we are: the one that holds the focus, else the one last stood at.
  const here = () => {
    const focused = document.activeElement && document.activeElement.closest(".item");
    return focused || document.querySelector(".item.here");
  };
  const stand = (it) => {
    if (!it) return;
    all(".here").forEach((old) => old.classList.remove("here"));
    it.classList.add("here");
    const to = it.querySelector("a.open") || it.querySelector("a, button, summary");
    if (to) to.focus({ preventScroll: true });
    it.scrollIntoView({ block: "center", behavior: reduced.matches ? "auto" : "smooth" });
  };
  const step = (by) => {
    const list = items();
    const at = list.indexOf(here());
    stand(at < 0 ? list[by > 0 ? 0 : list.length - 1] : list[Math.min(list.length - 1, Math.max(0, at + by))]);
  };
  // In the item where we are, else on the page.
  const press = (what) => {
    const it = here();
    const to = (it && it.querySelector(what)) || document.querySelector("main " + what);
    if (to) to.click();
    // The browser tells of a new place on the page only later.
    if (to && to.hash) light();
    return Boolean(to);
  };
  const type = (into) => {
    const field = document.querySelector("main " + into);
    const folded = field && field.closest("details:not([open])");
    if (folded) folded.open = true;
    if (field) field.focus();
  };
  const go = (to) => location.assign(to);
  const help = async () => {
    let dialog = document.querySelector("dialog");
    if (!dialog) {
      const page = await fetch("/keys");
      if (!page.ok) return go("/keys");
      const list = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("dl.keys");
      dialog = document.createElement("dialog");
      dialog.setAttribute("aria-label", "Keys");
      const close = document.createElement("button");
      close.textContent = "Close";
      close.addEventListener("click", () => dialog.close());
      dialog.append(list, close);
      document.body.append(dialog);
    }
    dialog.showModal();
  };

  const keys = {
    j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1),
    o: () => press("a.open"), v: () => press("a.web"), e: () => press("a.fix") || type(".correct input:not([type=hidden])"),
    c: () => press("a.compare"), q: () => press("a.follow"), "[": () => press("a.said-before"), "]": () => press("a.said-next"),
    y: () => press("button.confirm"), x: () => press("button.dismiss"), A: () => press("#seen"),
    h: () => press("a.before"), l: () => press("a.next"), G: () => stand(items().at(-1)),
    R: () => location.reload(), "/": () => document.querySelector("#words, #find").focus(), "?": help,
  };
  const after = { g: () => stand(items()[0]), h: () => go("/"), p: () => go("/people"), q: () => go("/questions"), u: () => go("/news"), b: () => go("/news"), f: () => go("/search"), s: () => go("/queue"), c: () => go("/corrections") };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const into = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape") {
      if (into) {
        into.blur();
        stand(here());
      }
      first = "";
      return;
    }
    if (into || document.querySelector("dialog[open]")) return;
    const work = first === "g" ? after[event.key] : keys[event.key];
    if (first !== "g" && event.key === "g") {
      first = "g";
      setTimeout(() => { first = ""; }, 1500);
      return;
    }
    first = "";
    if (work) {
      event.preventDefault();
      work();
    }
  });

  const instead = (what, work) => {
    const link = document.querySelector(what);
    if (link) link.addEventListener("click", (event) => { event.preventDefault(); work(); });
  };
  instead("#step", keys.j);
  instead("#back", keys.k);
  instead("#into", keys.o);
  instead("#first", after.g);
  instead("#last", keys.G);
  instead("#again", keys.R);
  const shown = document.querySelector("#keys");
  if (shown) shown.addEventListener("click", (event) => { event.preventDefault(); help(); });

  // The statement that the address names is lit in the text and beside it, and the focus goes with it.
  const light = () => {
    all(".lit").forEach((it) => it.classList.remove("lit"));
    const name = location.hash.slice(1);
    if (!/^s\d+$/.test(name)) return;
    all(".bit." + name).forEach((it) => it.classList.add("lit"));
    const card = document.querySelector('[data-statement="' + name + '"]');
    if (card) {
      card.classList.add("lit");
      all(".here").forEach((old) => old.classList.remove("here"));
      card.classList.add("here");
      card.querySelector("a").focus({ preventScroll: true });
    }
  };
  addEventListener("hashchange", light);
  light();

  // Whoever comes back to a page, by the browser's own button or after a form was sent, stands where he stood.
  const stood = "stood at " + location.pathname + location.search;
  addEventListener("pagehide", () => {
    const at = items().indexOf(here());
    if (at >= 0) sessionStorage.setItem(stood, at);
  });
  addEventListener("pageshow", () => {
    const at = sessionStorage.getItem(stood);
    sessionStorage.removeItem(stood);
    const list = items();
    if (at !== null && list.length > 0 && !location.hash) stand(list[Math.min(at, list.length - 1)]);
  });
})();
