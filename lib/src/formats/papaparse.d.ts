/** The part of papaparse 5 that csv.ts uses; the package brings no types of its own. */
declare module "papaparse" {
  interface ParseFault {
    readonly code: string;
    readonly message: string;
    readonly row?: number;
  }
  interface ParseOptions {
    readonly skipEmptyLines: boolean;
    readonly delimiter: string;
    /** Rows to read; all without it. */
    readonly preview?: number;
  }
  const Papa: {
    unparse(
      rows: readonly (readonly string[])[],
      options: { readonly delimiter: string; readonly newline?: string },
    ): string;
    parse(
      text: string,
      options: ParseOptions,
    ): { readonly data: readonly string[][]; readonly errors: readonly ParseFault[] };
  };
  export default Papa;
}
