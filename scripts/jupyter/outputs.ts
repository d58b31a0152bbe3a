import type { Message } from "./messages";
import type { DisplayOutput, ErrorOutput, Output, StreamOutput } from "./notebook-file";

/** The outputs of a notebook's cells as they come in, with displays that are replaced in place. */
export interface OutputCollector {
  /** Takes a published message for the cell of a number; returns a line worth showing, if any. */
  take(cell: number, message: Message): string | null;
  outputsOf(cell: number): Output[];
}

/** Collects as a front end does: streams joined, displays updated wherever they stand. */
export function collectOutputs(): OutputCollector {
  const cells = new Map<number, Output[]>();
  const displays = new Map<string, { cell: number; at: number }>();
  const clearLater = new Set<number>();
  const outputsOf = (cell: number): Output[] => {
    const outputs = cells.get(cell) ?? [];
    cells.set(cell, outputs);
    return outputs;
  };
  const clear = (cell: number): void => {
    cells.set(cell, []);
    for (const [id, place] of displays) if (place.cell === cell) displays.delete(id);
  };
  const add = (cell: number, output: Output): void => {
    if (clearLater.delete(cell)) clear(cell);
    outputsOf(cell).push(output);
  };
  return {
    outputsOf,
    take(cell, { header, content }) {
      switch (header.msg_type) {
        case "stream": {
          const output: StreamOutput = {
            output_type: "stream",
            name: String(content.name),
            text: String(content.text),
          };
          const outputs = outputsOf(cell);
          const last = outputs.at(-1);
          if (
            !clearLater.has(cell) &&
            last?.output_type === "stream" &&
            last.name === output.name
          ) {
            outputs[outputs.length - 1] = { ...last, text: last.text + output.text };
          } else {
            add(cell, output);
          }
          return output.text;
        }
        case "display_data":
        case "execute_result": {
          const output = displayOf(header.msg_type, content);
          add(cell, output);
          const id = displayId(content);
          if (id !== null) displays.set(id, { cell, at: outputsOf(cell).length - 1 });
          return id === null ? null : plainText(output);
        }
        case "update_display_data": {
          const place = displays.get(displayId(content) ?? "");
          if (place === undefined) return null;
          const output = displayOf("display_data", content);
          outputsOf(place.cell)[place.at] = output;
          return plainText(output);
        }
        case "clear_output":
          if (content.wait === true) clearLater.add(cell);
          else clear(cell);
          return null;
        case "error": {
          const { ename, evalue, traceback } = content as unknown as ErrorOutput;
          add(cell, { output_type: "error", ename, evalue, traceback });
          return null;
        }
        default:
          return null;
      }
    },
  };
}

function displayOf(
  output_type: DisplayOutput["output_type"],
  content: Message["content"],
): DisplayOutput {
  const { data, metadata, execution_count } = content as unknown as DisplayOutput;
  const output = { output_type, data, metadata: metadata ?? {} };
  return output_type === "execute_result"
    ? { ...output, execution_count: execution_count ?? null }
    : output;
}

function displayId(content: Message["content"]): string | null {
  const transient = content.transient as { display_id?: string } | undefined;
  return transient?.display_id ?? null;
}

function plainText({ data }: DisplayOutput): string | null {
  const text = data["text/plain"];
  return typeof text === "string" ? text : null;
}
