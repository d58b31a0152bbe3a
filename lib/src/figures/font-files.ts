import { createRequire } from "node:module";

const folder = "@expo-google-fonts/source-sans-3";
const locate = createRequire(__filename).resolve;

/** The two weights that figures use (SIL Open Font License 1.1). */
export const FONT_FILES = {
  regular: locate(`${folder}/400Regular/SourceSans3_400Regular.ttf`),
  semibold: locate(`${folder}/600SemiBold/SourceSans3_600SemiBold.ttf`),
} as const;
