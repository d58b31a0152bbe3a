import type { GeoTIFFImage } from "geotiff";
import type { Refuse } from "./geotiff-refusal";

/** What a file says of a band beside its samples. */
export interface BandMeaning {
  /** GDAL's description, or "band 1", "band 2" and so on. */
  readonly name: string;
  /** A value is the stored number times scale plus offset. */
  readonly scale: number;
  readonly offset: number;
  /** The stored number that means nodata, or null. */
  readonly nodata: number | null;
}

/** Name, scale, offset and nodata of a band, counted from 0. */
export async function bandMeaning(
  image: GeoTIFFImage,
  band: number,
  refuse: Refuse,
): Promise<BandMeaning> {
  const metadata = await image.getGDALMetadata(band);
  const description = metadata?.DESCRIPTION;
  const isNamed = typeof description === "string" && description !== "";
  const numberOf = (key: "SCALE" | "OFFSET", absent: number) => {
    const value = Number(metadata?.[key] ?? absent);
    if (Number.isFinite(value) && (key === "OFFSET" || value !== 0)) return value;
    const found = `${key.toLowerCase()} ${String(metadata?.[key])}`;
    throw refuse(`band ${band + 1}`, found, "a finite number, the scale not 0");
  };
  return {
    name: isNamed ? unescapeXml(unescapeXml(description)) : `band ${band + 1}`,
    scale: numberOf("SCALE", 1),
    offset: numberOf("OFFSET", 0),
    nodata: image.getGDALNoData(),
  };
}

/** To be applied twice: GDAL escapes metadata before it writes them as XML. */
function unescapeXml(value: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return value.replace(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => entities[entity]);
}
