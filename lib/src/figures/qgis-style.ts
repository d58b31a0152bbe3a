import type { Grid } from "../grid/grid";
import { type ColourOptions, colourScale, LEVELS } from "./colour-scale";

/** Stops of the ramp; QGIS interpolates between them as the figure's 255 colours run. */
const STOPS = 33;

/**
 * A QGIS style (.qml) that shows the first band of a map in the colours of the figure: single-band
 * pseudo-colour, linear between stops, which stand where the figure's stretch puts them. QGIS
 * loads it by itself when it lies beside the map under the same name.
 *
 * @throws InputError as colourScale does
 */
export function qgisStyle({ values }: Grid, options: ColourOptions = {}): string {
  const scale = colourScale(values, options);
  const [low, high] = scale.domain;
  const items: string[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (let stop = 0; stop < STOPS; stop++) {
    const along = stop / (STOPS - 1);
    const value = scale.value(along);
    // A quantile stretch repeats values that many pixels share; one stop says it.
    if (!(value > before)) continue;
    before = value;
    const label = String(Number(value.toPrecision(4)));
    items.push(
      `<item alpha="255" value="${value}" label="${label}" color="${colourAt(scale.colours, along)}"/>`,
    );
  }
  return `<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="Symbology">
  <pipe>
    <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" nodataColor="" classificationMin="${low}" classificationMax="${high}">
      <rastershader>
        <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0" minimumValue="${low}" maximumValue="${high}">
          ${items.join("\n          ")}
        </colorrampshader>
      </rastershader>
    </rasterrenderer>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
`;
}

function colourAt(colours: Uint8Array, along: number): string {
  const level = 3 * Math.round(along * (LEVELS - 1));
  const parts = Array.from(colours.subarray(level, level + 3));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
