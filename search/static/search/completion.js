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
    let request;
    let active = -1;

    const options = () => [...list.children];

    function close() {
      list.hidden = true;
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

    function show(completions) {
      list.replaceChildren(...completions.map(line));
      activate(-1);
      list.hidden = completions.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = list.hidden ? "" : input.dataset.completionsCount.replace("0", String(completions.length));
    }

    async function ask() {
      request?.abort();
      const text = input.value.trim();
      if (text.length < SHORTEST) {
        close();
        return;
      }
      request = new AbortController();
      const address = new URL(input.dataset.completions, window.location.href);
      address.searchParams.set("q", text);
      try {
        const response = await fetch(address, { signal: request.signal });
        if (response.ok) show((await response.json()).completions);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT_MS);
    });
    input.addEventListener("keydown", (event) => {
      const count = options().length;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        activate(((active + 1 + step + count + 1) % (count + 1)) - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        choose(options()[active]);
      }
    });
    input.addEventListener("blur", () => setTimeout(close, WAIT_MS));
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
  }

  document.querySelectorAll("input[data-completions]").forEach(attach);
})();
