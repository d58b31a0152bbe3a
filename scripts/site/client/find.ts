/** Shows the names of the library that hold what is typed, in their own words or in what is said of them. */
function findNames(): void {
  const form = document.querySelector<HTMLFormElement>("form.find");
  const input = form?.querySelector("input");
  const counted = form?.querySelector("output");
  if (form == null || input == null || counted == null) return;
  const entries = [...document.querySelectorAll<HTMLElement>("article.name")].map((element) => ({
    element,
    name: element.id.toLowerCase(),
    text: (element.textContent ?? "").toLowerCase(),
  }));
  const rooms = [...document.querySelectorAll<HTMLElement>("section.room")];
  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { element, name, text } of entries) {
      const holds = words.every((word) => name.includes(word) || text.includes(word));
      element.hidden = !holds;
      if (holds) shown++;
    }
    for (const room of rooms) room.hidden = room.querySelector("article:not([hidden])") === null;
    counted.textContent = words.length === 0 ? "" : `${shown} of ${entries.length}`;
  };
  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  // A link to a name that is not shown shows all again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.closest("[hidden]") == null) return;
    input.value = "";
    show();
    target.scrollIntoView();
  });
  form.hidden = false;
  show();
}

findNames();
