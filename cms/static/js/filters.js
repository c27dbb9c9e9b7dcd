// The library: where there is room beside the results, the filters stand open.

const filters = document.querySelector("details.filters");

if (filters && window.matchMedia("(min-width: 60em)").matches) filters.open = true;
