import type { CellProgress } from "./jupyter/execute";

/**
 * Shows how notebooks come on: one line a cell, and below it, in a terminal, the latest line of its
 * output in place. Where the output is not a terminal, such as in CI, a cell that takes long says
 * so now and then.
 */
export function progressLog(stream: NodeJS.WriteStream = process.stdout) {
  const isTerminal = stream.isTTY === true;
  const secondsBetweenLines = 20;
  let lastLine = 0;
  const inPlace = (text: string) =>
    stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, (stream.columns ?? 100) - 1))}`);
  return ({ notebook, cell, cells, event, text, seconds }: CellProgress): void => {
    const where = `${notebook} [${cell}/${cells}] ${seconds.toFixed(0)} s`;
    const latest = text.trimEnd().split("\n").at(-1) ?? "";
    if (event === "end" || event === "note") {
      if (isTerminal) inPlace("");
      stream.write(`${where}  ${latest}\n`);
      lastLine = seconds;
    } else if (isTerminal) {
      inPlace(`${where}  ${latest}`);
    } else if (event === "output" && seconds - lastLine > secondsBetweenLines) {
      stream.write(`${where}    ${latest}\n`);
      lastLine = seconds;
    }
  };
}
