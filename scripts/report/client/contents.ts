/** How far down the window a heading counts as being read, as a share of its height. */
const readingLine = 0.3;

/**
 * Marks in the contents which chapter and section is being read, and shows the sections of that
 * chapter. On a narrow screen the contents are a bar with a menu.
 */
export function markContents(): void {
  const nav = document.querySelector<HTMLElement>("nav.contents");
  const menu = nav?.querySelector<HTMLButtonElement>("button.menu");
  if (!nav || !menu) return;
  const links = [...nav.querySelectorAll<HTMLAnchorElement>("a[href^='#']")];
  const entries = links.flatMap((link) => {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return target === null ? [] : [{ link, target }];
  });
  const here = menu.querySelector<HTMLElement>(".here");
  let current: HTMLAnchorElement | null = null;

  const mark = () => {
    const line = window.innerHeight * readingLine;
    let last = entries[0];
    for (const entry of entries) {
      // What is folded away is not being read, wherever it would stand.
      const { target } = entry;
      if (target.checkVisibility() && target.getBoundingClientRect().top <= line) last = entry;
    }
    if (last === undefined || last.link === current) return;
    current?.removeAttribute("aria-current");
    for (const item of nav.querySelectorAll(".reading")) item.classList.remove("reading");
    current = last.link;
    current.setAttribute("aria-current", "location");
    for (
      let at = current.closest("li");
      at !== null;
      at = at.parentElement?.closest("li") ?? null
    ) {
      at.classList.add("reading");
    }
    const [chapter] = nav.querySelectorAll("li.reading > a");
    if (here !== null) here.textContent = chapter?.textContent ?? "";
    if (nav.scrollHeight > nav.clientHeight) {
      const { offsetTop, offsetHeight } = current;
      const isShown =
        offsetTop >= nav.scrollTop && offsetTop + offsetHeight <= nav.scrollTop + nav.clientHeight;
      if (!isShown) nav.scrollTop = offsetTop - nav.clientHeight / 2;
    }
  };

  let isWaiting = false;
  const soon = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      mark();
    });
  };
  window.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", soon);
  document.addEventListener("toggle", soon, { capture: true });
  mark();
  openAsMenu(nav, menu);
}

function openAsMenu(nav: HTMLElement, menu: HTMLButtonElement): void {
  const set = (isOpen: boolean) => {
    menu.setAttribute("aria-expanded", String(isOpen));
    nav.classList.toggle("open", isOpen);
  };
  nav.classList.add("as-menu");
  menu.hidden = false;
  menu.addEventListener("click", () => set(menu.getAttribute("aria-expanded") !== "true"));
  nav.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a") !== null) set(false);
  });
  nav.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || menu.getAttribute("aria-expanded") !== "true") return;
    set(false);
    menu.focus();
  });
}
