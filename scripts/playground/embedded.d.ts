/** Scripts and kernels that the build puts into other scripts as text, see build/bundles.ts. */
declare module "embedded:session" {
  const script: string;
  export default script;
}

declare module "embedded:thread" {
  const script: string;
  export default script;
}

declare module "embedded:components" {
  const script: string;
  export default script;
}

/** The two kernels in base64. */
declare module "embedded:kernels" {
  export const relaxed: string;
  export const plain: string;
}
