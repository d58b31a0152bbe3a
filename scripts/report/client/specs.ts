import { unpacked } from "./unpack";

let reading: Promise<readonly [readonly unknown[], readonly unknown[]]> | null = null;

/** The specification of a chart by its place, whole (packedSpecs took it apart). */
export async function specOf(place: number): Promise<unknown> {
  reading ??= unpacked("specs").then((text) => JSON.parse(text));
  const [shared, specs] = await reading;
  const whole = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(whole);
    const { $shared, $image } = value as { $shared?: number; $image?: string };
    if ($shared !== undefined) return whole(shared[$shared]);
    if ($image !== undefined) return imageUrl($image);
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, whole(part)]));
  };
  return whole(specs[place]);
}

/** The data URL of an image that the page's drawings show. */
function imageUrl(id: string): string | null {
  return document.querySelector(`#${id} image`)?.getAttribute("href") ?? null;
}
