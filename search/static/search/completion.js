/* Completion under search fields: the combobox pattern of the WAI-ARIA Authoring Practices (list, manual selection).
   Without this script the field is a plain search field. */
(() => {
  "use strict";
  const WAIT_MS = 150;
  const SHORTEST = 2;

  function attach(input) {
    const list = document.createElement("ul");
    list.id = `${input.id}-completions`;
    list.className = "completions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.completionsLabel);
    list.hidden = true;
    const status = document.createElement("span");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    input.after(list, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    let timer;
    let leaving;
    let request;
    let answered = "";
    let active = -1;

    const options = () => [...list.children];

    function close() {
      clearTimeout(timer);
      request?.abort();
      list.hidden = true;
      status.textContent = "";
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function activate(index) {
      options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
      active = index;
      if (index < 0) {
        input.removeAttribute("aria-activedescendant");
      } else {
        input.setAttribute("aria-activedescendant", options()[index].id);
        options()[index].scrollIntoView({ block: "nearest" });
      }
    }

    function choose(option) {
      close();
      if (option.dataset.url) {
        window.location.assign(option.dataset.url);
      } else {
        input.value = option.dataset.text;
        input.form.requestSubmit();
      }
    }

    function line(completion, index) {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = completion.text;
      option.dataset.url = completion.url;
      const text = document.createElement("span");
      text.textContent = completion.text;
      if (completion.lang) text.lang = completion.lang;
      const kind = document.createElement("span");
      kind.className = "completions__kind";
      kind.textContent = completion.kind_label;
      option.append(text, " ", kind);
      return option;
    }

    function show(completions, text) {
      answered = text;
      list.replaceChildren(...completions.map(line));
      open();
    }

    function open() {
      activate(-1);
      const count = options().length;
      list.hidden = count === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = list.hidden ? "" : input.dataset.completionsCount.replace("0", String(count));
    }

    async function ask() {
      clearTimeout(timer);
      request?.abort();
      const text = input.value.trim();
      if (text.length < SHORTEST) {
        show([], text);
        return;
      }
      request = new AbortController();
      const { signal } = request;
      const address = new URL(input.dataset.completions, window.location.href);
      address.searchParams.set("q", text);
      try {
        const response = await fetch(address, { signal });
        const completions = response.ok ? (await response.json()).completions : [];
        if (!signal.aborted) show(completions, text);
      } catch (error) {
        if (error.name !== "AbortError") show([], "");
      }
    }

    /* A closed list opens again as it was; words that nobody asked for yet, as after coming to a page of results, are
       asked for. */
    async function reopen() {
      if (answered === input.value.trim()) open();
      else await ask();
      if (!list.hidden) activate(0);
    }

    input.addEventListener("input", () => {
      // What was chosen among the former lines is not what is typed now.
      activate(-1);
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT_MS);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (step && !list.hidden) {
        event.preventDefault();
        const places = options().length + 1;
        activate(((active + 1 + step + places) % places) - 1);
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        reopen();
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        choose(options()[active]);
      }
    });
    input.addEventListener("focus", () => clearTimeout(leaving));
    input.addEventListener("blur", () => {
      leaving = setTimeout(close, WAIT_MS);
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
  }

  document.querySelectorAll("input[data-completions]").forEach(attach);
})();
