import { html, render } from "lit-html";
import { loadPack, packList } from "../packs";
import { startSession } from "../session";
import { addressBar } from "./address-bar";
import { controller as createController } from "./controller";
import { type MapContent, mapContent } from "./map-content";
import { paintMap } from "./map-painter";
import { pageView } from "./page-view";
import { groupIndex } from "./runs";
import { selectedBy } from "./scores";
import { FIRST_STATE, type State } from "./state";

const root = document.querySelector("#playground") as HTMLElement;
const spoken = document.querySelector("#spoken") as HTMLElement;

let state: State = { ...FIRST_STATE, packs: packList() };
let isDrawn = true;

function update(change: Partial<State>): void {
  state = { ...state, ...change };
  if (!isDrawn) return;
  isDrawn = false;
  requestAnimationFrame(draw);
}

root.replaceChildren();
const session = startSession();
const controller = createController({
  worker: session,
  loadPack,
  state: () => state,
  update,
  putAddress: addressBar(),
  say: (sentence) => {
    spoken.textContent = sentence;
  },
});

/** Draws the page, and its map where anything on it has changed. */
function draw(): void {
  isDrawn = true;
  const { setup, district } = state;
  const content =
    setup === null || district === null ? "A district is being opened." : mapContent(state, setup);
  render(pageView(state, content, controller, copy), root);
  drawMap(content);
}

function drawMap(content: MapContent | string): void {
  const canvas = root.querySelector<HTMLCanvasElement>("canvas.map");
  const { setup, district, patch } = state;
  if (canvas === null || setup === null || district === null) return;
  if (typeof content === "string") return;
  root.style.setProperty("--map-width", `${canvas.clientWidth}px`);
  const { groups } = content.cut.prepared;
  paintMap(canvas, {
    ...{ district, content, patch },
    group: groups[groupIndex(content.cut, setup.group)],
    threshold: content.isScore ? selectedBy(content, setup).threshold : null,
  });
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    update({ copied: text });
    spoken.textContent = "Copied.";
  } catch {
    update({ trouble: "This browser lets no page copy: mark the text and copy it by hand." });
  }
}

new ResizeObserver(() => update({})).observe(root);
addEventListener("hashchange", () => controller.openAddress(location.hash));

if (state.packs.length === 0) {
  render(
    html`<p class="trouble">No district lies beside this page: build it again by npm run playground.</p>`,
    root,
  );
} else {
  session.ready.then(
    (ability) => update({ ability }),
    (error: unknown) => update({ trouble: `Nothing can be computed here: ${String(error)}.` }),
  );
  controller.openAddress(location.hash);
  update({});
}
