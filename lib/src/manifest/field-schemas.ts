import { z } from "zod";

/** Text that says something. */
export const words = z.string().trim().min(1);
export const camelCase = z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: "a camelCase id" });
export const positive = z.number().positive();
export const epsg = z.number().int().min(1024).max(32766);
export const fileName = words.refine(
  (path) => !/^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)/.test(path),
  { error: "a path inside the study folder" },
);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, {
  error: "a SHA-256 checksum: 64 hexadecimal digits, lower case",
});
