/** The browser of this machine; null where there is none. */
export const chromiumPath: string | null;
