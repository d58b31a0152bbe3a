/** The part of papaparse 5 that csv.ts uses; the package brings no types of its own. */
declare module "papaparse" {
  interface ParseFault {
    readonly code: string;
    readonly message: string;
    readonly row?: number;
  }
  const Papa: {
    parse(
      text: string,
      options: { readonly skipEmptyLines: boolean },
    ): { readonly data: readonly string[][]; readonly errors: readonly ParseFault[] };
  };
  export default Papa;
}
