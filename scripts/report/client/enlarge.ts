import { type Drawn, drawChart } from "./charts";

/** The element that Vega shows its tooltips in; within the dialog, above which nothing else shows. */
const tooltipId = "enlarged-tooltip";

/** The cursors over what has no use for a click: the figure's own, and what Vega makes of it. */
const freeCursors = ["zoom-in", "default"];

/** What has a use of its own for a click. */
const controls = "a, button, input, label, select, summary, .vega-bindings";

/** How far a pointer moves, in pixels, before it drags. */
const dragged = 4;

/**
 * A figure fills the window at a click on it, or on its button by key; Escape closes. The chart is
 * drawn anew there, interactive; where it cannot be, the drawing stands there.
 */
export function enlargeFigures(): void {
  const dialog = document.createElement("dialog");
  dialog.className = "enlarged";
  dialog.innerHTML = `<p class="title" id="enlarged-title"></p><button type="button" class="close">Close</button><div class="stage"></div><div id="${tooltipId}" class="vg-tooltip"></div>`;
  dialog.setAttribute("aria-labelledby", "enlarged-title");
  document.body.append(dialog);
  document.querySelector(".hint")?.removeAttribute("hidden");
  const [title, stage] = [".title", ".stage"].map(
    (selector) => dialog.querySelector(selector) as HTMLElement,
  );
  let drawn: Drawn | null = null;

  const enlarge = async (figure: HTMLElement) => {
    const drawing = figure.querySelector<HTMLElement>(".drawing");
    if (drawing === null || dialog.open) return;
    title.textContent = drawing.getAttribute("aria-label");
    const still = drawing.cloneNode(true) as HTMLElement;
    still.classList.remove("replaced");
    stage.replaceChildren(still);
    dialog.showModal();
    if (figure.dataset.spec === undefined) return;
    const chart = document.createElement("div");
    chart.className = "interactive";
    chart.hidden = true;
    stage.append(chart);
    const found = await drawChart(figure, chart, tooltipId);
    if (!chart.isConnected) return found.finalize();
    drawn = found;
    still.remove();
    chart.hidden = false;
  };

  dialog.querySelector(".close")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    drawn?.finalize();
    drawn = null;
    stage.replaceChildren();
  });
  for (const figure of document.querySelectorAll<HTMLElement>("figure.chart")) {
    const open = () => enlarge(figure).catch((error: unknown) => console.error(error));
    const button = figure.querySelector<HTMLButtonElement>("button.enlarge");
    if (button !== null) button.hidden = false;
    button?.addEventListener("click", open);
    let [x, y] = [0, 0];
    figure.addEventListener("pointerdown", ({ screenX, screenY }) => {
      [x, y] = [screenX, screenY];
    });
    figure.addEventListener("click", ({ target, screenX, screenY }) => {
      // What a chart or a link does itself has a cursor of its own; what was dragged was no click.
      const isFree =
        target instanceof Element &&
        target.closest(controls) === null &&
        freeCursors.includes(getComputedStyle(target).cursor);
      if (isFree && Math.hypot(screenX - x, screenY - y) <= dragged) open();
    });
  }
}
