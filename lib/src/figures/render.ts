/// <reference path="./untyped.d.ts" />
import { createHash } from "node:crypto";
import { renderAsync } from "@resvg/resvg-js";
import PDFDocument from "pdfkit";
import drawSvg from "svg-to-pdfkit";
import type { Figure } from "./figure";
import { FONT_FILES } from "./font-files";
import { FONT_FAMILY } from "./fonts";
import { withPngText } from "./png-text";
import { layOut } from "./vega-runtime";

/** Written into every PDF in place of the hour, so that the same figure gives the same bytes. */
const FIXED_DATE = new Date(Date.UTC(2000, 0, 1));

/** A figure is drawn once for its four uses: shown, and saved as SVG, PNG and PDF. */
const drawn = new WeakMap<Figure, Promise<string>>();

/** The figure as SVG text, as wide as its column in millimetres; the same figure, the same bytes. */
export function renderSvg(figure: Figure): Promise<string> {
  const svg = drawn.get(figure) ?? svgOf(figure);
  drawn.set(figure, svg);
  return svg;
}

async function svgOf(figure: Figure): Promise<string> {
  const view = layOut(figure.spec);
  const svg = await view.toSVG();
  view.finalize();
  const { width, height } = viewBox(svg);
  const heightMm = ((figure.widthMm * height) / width).toFixed(3);
  const opening =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="${figure.widthMm}mm" height="${heightMm}mm" viewBox="0 0 ${width} ${height}" role="img">` +
    `<title>${escaped(figure.title)}</title><desc>${escaped(figure.alt)}</desc>` +
    (figure.record === undefined ? "" : `<metadata>${escaped(figure.record)}</metadata>`);
  // A dash without a gap is a solid line, which pdfkit asks to be told plainly.
  const solid = svg.replace(/<svg[^>]*>/, opening).replaceAll(' stroke-dasharray="1,0"', "");
  return withOwnIds(solid, figure);
}

/** The figure as PNG at its printed width; text set in the font that the package brings. */
export async function renderPng(figure: Figure, dpi = 300): Promise<Uint8Array> {
  // On a thread of its own, while the PDF is made.
  const rendered = await renderAsync(await renderSvg(figure), {
    background: "#ffffff",
    fitTo: { mode: "width", value: Math.round((figure.widthMm / 25.4) * dpi) },
    font: {
      loadSystemFonts: false,
      fontFiles: [FONT_FILES.regular, FONT_FILES.semibold],
      defaultFontFamily: FONT_FAMILY,
    },
  });
  const png = rendered.asPng();
  return figure.record === undefined ? png : withPngText(png, "Comment", figure.record);
}

/** The figure as a one-page PDF of its own size, fonts embedded; the same figure, the same bytes. */
export async function renderPdf(figure: Figure): Promise<Uint8Array> {
  const svg = await renderSvg(figure);
  const box = viewBox(svg);
  const width = (figure.widthMm / 25.4) * 72;
  const height = (width * box.height) / box.width;
  const document = new PDFDocument({
    size: [width, height],
    margin: 0,
    compress: true,
    lang: "en",
    info: {
      ...{ Title: figure.title, Subject: figure.alt, CreationDate: FIXED_DATE },
      ...(figure.record !== undefined && { Keywords: figure.record }),
    },
  });
  document.registerFont("regular", FONT_FILES.regular);
  document.registerFont("semibold", FONT_FILES.semibold);
  const bytes = collected(document);
  await embedImages(document, svg);
  drawSvg(document, svg, 0, 0, {
    width,
    height,
    assumePt: true,
    fontCallback: (_, bold) => (bold ? "semibold" : "regular"),
    warningCallback: () => {},
  });
  document.end();
  return bytes;
}

/**
 * Embeds the images of a drawing one after the other. Left to the drawing, they are decoded side by
 * side and numbered as each gets done, which differs from one time to the next.
 */
async function embedImages(document: PDFDocument, svg: string): Promise<void> {
  for (const [, link] of svg.matchAll(/href="(data:image\/png;base64,[^"]+)"/g)) {
    const image = document.openImage(link);
    if (image.obj !== null) continue;
    const embedded = new Promise<void>((resolve) => {
      const { finalize } = image;
      image.finalize = () => {
        finalize.call(image);
        resolve();
      };
    });
    image.embed(document);
    await embedded;
  }
}

function collected(document: PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    document.on("data", (chunk) => chunks.push(chunk));
    document.on("end", () => resolve(Uint8Array.from(Buffer.concat(chunks))));
    document.on("error", reject);
  });
}

function viewBox(svg: string): { width: number; height: number } {
  const [, width, height] = svg.match(/viewBox="0 0 ([\d.]+) ([\d.]+)"/) as RegExpMatchArray;
  return { width: Number(width), height: Number(height) };
}

/** Vega numbers clip paths through a process; here by figure, so that pages can hold several. */
function withOwnIds(svg: string, { live, ...still }: Figure): string {
  const own = createHash("sha256").update(JSON.stringify(still)).digest("hex").slice(0, 8);
  const known = new Map<string, string>();
  for (const [, id] of svg.matchAll(/\sid="([^"]+)"/g)) known.set(id, `f${own}-${known.size}`);
  return svg.replace(/(\sid="|url\(#)([^")]+)/g, (_, before, id) => before + (known.get(id) ?? id));
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
