/** Opens whatever is folded around an element. */
export function openAround(element: Element | null): void {
  for (let at = element; at !== null; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
  }
}

/** The chapters of the page, which fold. */
function chapters(): readonly HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>(".chapter > details")];
}

/**
 * A link into a folded chapter opens it, from within the page and from outside; so does the browser's
 * own search (by the rules of the details element). A button opens and folds all chapters.
 */
export function openByLinks(): void {
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id === "" ? null : document.getElementById(id);
    if (target === null) return;
    openAround(target);
    for (const own of target.querySelectorAll<HTMLDetailsElement>(":scope > details"))
      own.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", follow);
  document.addEventListener("click", ({ target }) => {
    const link =
      target instanceof Element ? target.closest<HTMLAnchorElement>("a[href^='#']") : null;
    // Where the page is there already, no change of the address tells of the click.
    if (link !== null && link.hash === location.hash) follow();
  });
  follow();
  const button = document.querySelector<HTMLButtonElement>("button.fold");
  if (button === null) return;
  const isAnyFolded = () => chapters().some(({ open }) => !open);
  const name = () => {
    button.textContent = isAnyFolded() ? "Open all chapters" : "Fold all chapters";
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = isAnyFolded();
    for (const chapter of chapters()) chapter.open = open;
  });
  for (const chapter of chapters()) chapter.addEventListener("toggle", name);
  name();
}
