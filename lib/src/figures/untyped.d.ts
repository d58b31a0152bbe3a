/** The parts used here of packages that bring no types of their own. */
declare module "pdfkit" {
  interface EmbeddableImage {
    /** Null until it is embedded. */
    readonly obj: object | null;
    embed(document: PDFDocument): void;
    /** Called by embed once the image is decoded, at once or later. */
    finalize(): void;
  }
  export default class PDFDocument {
    constructor(options: {
      readonly size: readonly [number, number];
      readonly margin: number;
      readonly compress: boolean;
      readonly lang: string;
      readonly info: Readonly<Record<string, string | Date>>;
    });
    registerFont(name: string, path: string): this;
    /** The image of a data URL; asked again, the same one. */
    openImage(link: string): EmbeddableImage;
    on(event: "data", listener: (chunk: Uint8Array) => void): this;
    on(event: "end", listener: () => void): this;
    on(event: "error", listener: (cause: Error) => void): this;
    end(): void;
  }
}

declare module "svg-to-pdfkit" {
  import type PDFDocument from "pdfkit";
  export default function drawSvg(
    document: PDFDocument,
    svg: string,
    x: number,
    y: number,
    options: {
      readonly width: number;
      readonly height: number;
      readonly assumePt: boolean;
      readonly fontCallback: (family: string, bold: boolean) => string;
      readonly warningCallback: (message: string) => void;
    },
  ): void;
}

declare module "fontkit" {
  export interface Font {
    readonly unitsPerEm: number;
    layout(text: string): { readonly advanceWidth: number };
  }
  export function openSync(path: string): Font;
}

declare module "vega-scale" {
  /** Colour scheme of a name, from 0 to 1, as CSS text. */
  export function scheme(name: string): (position: number) => string;
}
