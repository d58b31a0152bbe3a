/**
 * Vega takes places of the pointer as if each drawing stood at its own size. Where one is made
 * smaller or larger to fit, its events are told in the drawing's own pixels; windows, which Vega
 * listens to while something is dragged, hear the same.
 */
export function scalePointers(): void {
  let pressed: SVGSVGElement | null = null;
  const correct = (event: MouseEvent) => {
    const drawing = drawingAt(event.target);
    if (event.type === "pointerdown") pressed = drawing;
    scale(event, pressed ?? drawing);
    // A drag that ended elsewhere, such as outside the window, is over.
    if (event.type === "click" || event.buttons === 0) pressed = null;
  };
  const types = ["pointerdown", "pointermove", "pointerup", "pointerover", "pointerout"] as const;
  const mouse = ["mousedown", "mousemove", "mouseup", "mouseover", "mouseout", "click"] as const;
  for (const type of [...types, ...mouse, "dblclick", "wheel"] as const) {
    window.addEventListener(type, correct, { capture: true, passive: true });
  }
}

/** Where an event was on the screen, before it was told in a drawing's pixels. */
export function screenPlace(event: MouseEvent): {
  readonly clientX: number;
  readonly clientY: number;
} {
  return places.get(event) ?? event;
}

const places = new WeakMap<Event, { readonly clientX: number; readonly clientY: number }>();

function drawingAt(target: EventTarget | null): SVGSVGElement | null {
  const chart = target instanceof Element ? target.closest(".interactive") : null;
  return chart?.querySelector<SVGSVGElement>("svg.marks") ?? null;
}

function scale(event: MouseEvent, drawing: SVGSVGElement | null): void {
  const matrix = drawing?.getScreenCTM();
  if (!drawing || !matrix || matrix.a === 0) return;
  const { clientX, clientY } = event;
  const { left, top } = drawing.getBoundingClientRect();
  places.set(event, { clientX, clientY });
  // What lies beside a drawing that keeps its shape within a wider box is taken off as well.
  Object.defineProperty(event, "clientX", { value: left + (clientX - matrix.e) / matrix.a });
  Object.defineProperty(event, "clientY", { value: top + (clientY - matrix.f) / matrix.d });
}
