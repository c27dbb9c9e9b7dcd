// The library's filters: where there is room they stand open beside the results, elsewhere they open as a sheet.

const filters = document.querySelector("details.filters");

function asSheet(details) {
  const label = details.querySelector("summary").textContent;
  const contents = [...details.children].slice(1);

  const opener = document.createElement("button");
  opener.type = "button";
  opener.className = "button button--quiet";
  opener.textContent = label;
  opener.setAttribute("aria-haspopup", "dialog");

  const sheet = document.createElement("dialog");
  sheet.className = "filters sheet";
  sheet.setAttribute("aria-labelledby", "filters-title");
  sheet.innerHTML = '<div class="sheet__head"><h2 id="filters-title"></h2><button type="button"></button></div>';
  sheet.querySelector("h2").textContent = label;
  const closer = sheet.querySelector("button");
  closer.textContent = details.dataset.close;

  opener.addEventListener("click", () => sheet.showModal());
  closer.addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  // Whoever comes back to this page finds the results, not the sheet.
  details.closest("form").addEventListener("submit", () => sheet.close());

  return (isWide) => {
    details.hidden = !isWide;
    if (isWide) {
      sheet.close();
      details.append(...contents);
      opener.remove();
      sheet.remove();
    } else {
      sheet.append(...contents);
      details.after(opener, sheet);
    }
  };
}

if (filters) {
  const isWide = window.matchMedia("(min-width: 60em)");
  const place = asSheet(filters);
  const settle = () => {
    filters.open = isWide.matches;
    place(isWide.matches);
  };
  settle();
  isWide.addEventListener("change", settle);
}
