"use strict";

// Maps: pointing at a region, its twin below or its row in the table shows what there is to say of it. All of that stands in the table.
const wireMap = section => {
  const regions = [...section.querySelectorAll("[data-region]")];
  const twins = [...section.querySelectorAll("[data-twin]")];
  const rows = [...section.querySelectorAll(".regions tbody tr")];
  const heads = [...section.querySelectorAll(".regions th")].map(head => head.textContent);
  const detail = section.querySelector(".detail");
  let pinned = -1;

  const show = index => {
    for (const list of [regions, twins, rows]) {
      list.forEach((element, at) => element.classList.toggle("here", at === index));
    }
    if (index < 0) {
      return;
    }
    const title = document.createElement("p");
    const facts = document.createElement("dl");
    const cells = [...rows[index].cells];
    title.textContent = cells[0].textContent + " " + cells[1].textContent;
    for (let at = 2; at < cells.length; at++) {
      const fact = document.createElement("div");
      const name = document.createElement("dt");
      const value = document.createElement("dd");
      name.textContent = heads[at];
      value.textContent = cells[at].textContent;
      fact.append(name, value);
      facts.append(fact);
    }
    detail.replaceChildren(title, facts);
  };

  const pin = index => {
    pinned = pinned === index ? -1 : index;
    show(index);
  };

  detail.hidden = false;
  detail.textContent = "Point at a region, or reach it with the Tab key, to read about it; Enter or a click keeps it.";
  for (const list of [regions, twins, rows]) {
    list.forEach((element, index) => {
      element.addEventListener("mouseenter", () => show(index));
      element.addEventListener("mouseleave", () => show(pinned));
      element.addEventListener("click", () => pin(index));
    });
  }
  regions.forEach((region, index) => {
    region.addEventListener("focus", () => show(index));
    region.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        pin(index);
      } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
        event.preventDefault();
        const next = regions[index + (event.key === "ArrowRight" ? 1 : -1)];
        if (next) {
          next.focus();
        }
      }
    });
  });
};

// What is in an image of a collection waits until that is opened.
const wire = (selector, job) => document.querySelectorAll(selector).forEach(part => {
  const fold = part.closest("details.image");
  if (fold && !fold.open) {
    fold.addEventListener("toggle", () => job(part), { once: true });
  } else {
    job(part);
  }
});
wire(".mapped", wireMap);

// What is wider than its place can be scrolled by keyboard.
const scrollers = new ResizeObserver(changes => {
  for (const { target } of changes) {
    if (target.scrollWidth > target.clientWidth) {
      target.tabIndex = 0;
    } else {
      target.removeAttribute("tabindex");
    }
  }
});
wire(".scroll, .mapbox, .module", box => scrollers.observe(box));

// Tables of a collection: sorted by a column, filtered by words.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sign = down ? -1 : 1;
      const text = row => row.cells[column].textContent;
      // What has nothing to say in this column comes last either way.
      const empty = row => text(row) === "-" || text(row) === "";
      body.append(...rows.slice().sort((a, b) => empty(a) - empty(b) || sign * order.compare(text(a), text(b))));
    });
  });

  const filter = table.closest("section").querySelector(".filter");
  const input = filter.querySelector("input");
  const count = filter.querySelector("output");
  const apply = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every(word => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = words.length ? shown + " of " + rows.length : "";
  };
  filter.hidden = false;
  input.addEventListener("input", apply);
}

// A link to an image opens its page.
const openTarget = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView();
  }
};
addEventListener("hashchange", openTarget);
openTarget();
// Pages print whole.
addEventListener("beforeprint", () => document.querySelectorAll("section details").forEach(fold => {
  fold.open = true;
}));
