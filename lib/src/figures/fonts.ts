/** The family name that specs ask for; the files of font-files carry it. */
export const FONT_FAMILY = "Source Sans 3";

/** What a browser without the font falls back on. */
export const FONT_STACK = `${FONT_FAMILY}, Source Sans Pro, Helvetica Neue, Arial, sans-serif`;
