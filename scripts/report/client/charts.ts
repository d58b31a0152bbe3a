import { screenPlace } from "./pointer";
import { specOf } from "./specs";
import { unpacked } from "./unpack";

/** What a drawn chart holds until it is given up. */
export interface Drawn {
  readonly finalize: () => void;
}

/** What the libraries put into the window. */
interface Libraries {
  vegaEmbed(place: HTMLElement, spec: unknown, options: object): Promise<Drawn>;
  readonly vegaTooltip: {
    readonly Handler: new (
      options: object,
    ) => { call(view: unknown, event: object, item: unknown, value: unknown): void };
  };
}

let loading: Promise<Libraries> | null = null;

/** Vega's libraries, which are read and run when the first chart is pointed at. */
function libraries(): Promise<Libraries> {
  loading ??= unpacked("libraries").then((code) => {
    const script = document.createElement("script");
    script.textContent = code;
    document.head.append(script);
    return window as unknown as Libraries;
  });
  return loading;
}

/**
 * Draws the interactive chart of a figure into an element.
 *
 * @param tooltipId of the element that tooltips are shown in; Vega's own when absent
 */
export async function drawChart(
  figure: HTMLElement,
  place: HTMLElement,
  tooltipId = "vg-tooltip-element",
): Promise<Drawn> {
  const [{ vegaEmbed, vegaTooltip }, spec] = await Promise.all([
    libraries(),
    specOf(Number(figure.dataset.spec)),
  ]);
  const shown = new vegaTooltip.Handler({ id: tooltipId, styleId: `${tooltipId}-style` });
  const tooltip = (view: unknown, event: MouseEvent, item: unknown, value: unknown) =>
    shown.call(view, screenPlace(event), item, value);
  const actions = { export: true, source: false, compiled: false, editor: false };
  return vegaEmbed(place, spec, { mode: "vega-lite", renderer: "svg", actions, tooltip });
}

/**
 * Replaces the drawing of a figure by the interactive chart once a reader points at it, reaches it
 * with the keyboard or, where it has a control such as a slider, scrolls to it. A chart that cannot be
 * drawn leaves the drawing.
 */
export function drawCharts(): void {
  for (const figure of document.querySelectorAll<HTMLElement>("figure[data-spec]")) {
    const inView = new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) draw();
    });
    let isAsked = false;
    const draw = () => {
      if (isAsked) return;
      isAsked = true;
      figure.removeEventListener("pointerenter", draw);
      figure.removeEventListener("focusin", draw);
      inView.disconnect();
      replaceDrawing(figure).catch((error: unknown) => console.error(error));
    };
    figure.addEventListener("pointerenter", draw);
    figure.addEventListener("focusin", draw);
    if (figure.dataset.control !== undefined) inView.observe(figure);
  }
}

async function replaceDrawing(figure: HTMLElement): Promise<void> {
  const drawing = figure.querySelector<HTMLElement>(".drawing");
  if (drawing === null) return;
  const chart = document.createElement("div");
  chart.className = "interactive";
  chart.hidden = true;
  drawing.after(chart);
  try {
    await drawChart(figure, chart);
    chart.hidden = false;
    // Kept for print, which shows the drawing as its file has it.
    drawing.classList.add("replaced");
  } catch (error) {
    chart.remove();
    throw error;
  }
}
