import { stackOf } from "./stacks";
import { rasterBytes, rightStudy, writeStudy } from "./study-folder";

/** Writes a study of 12 by 12 patches of two layers, with 16 occurrences spread evenly; its folder. */
export function smallDistrict(): string {
  const side = 144;
  const { manifest, files } = rightStudy();
  const values = Array.from(
    { length: side * side },
    (_, at) => Math.sin((at % side) / 7) * Math.cos(at / side / 5) + Math.sin(at) / 9,
  );
  files["arsenic.tif"] = rasterBytes(stackOf(side, side, { arsenic: values }));
  const features = Array.from({ length: 16 }, (_, at) => {
    const coordinates = [(at % 4) * 3600 + 700, Math.floor(at / 4) * 3600 + 700];
    const geometry = { type: "Point", coordinates };
    return { type: "Feature", properties: { id: `shaft ${at}` }, geometry };
  });
  files["points.geojson"] = JSON.stringify({ type: "FeatureCollection", features });
  manifest.region = { west: 0, east: 100 * side, south: 0, north: 100 * side };
  return writeStudy({ manifest, files });
}
