export * from "./errors";
export * from "./grid/grid";
export * from "./random";
export * from "./study/types";
