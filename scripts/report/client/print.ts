import { chapters } from "./folds";

/** Opens folded chapters for print, and folds them again afterwards. */
export function openForPrint(): void {
  let opened: readonly HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    opened = chapters().filter(({ open }) => !open);
    for (const chapter of opened) chapter.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const chapter of opened) chapter.open = false;
    opened = [];
  });
}
