/** How long a button says that it has copied, in milliseconds. */
const saidFor = 1500;

/** A table as tab-separated text, row by row as it is sorted now. */
export function tableTsv(table: HTMLTableElement): string {
  const field = (cell: HTMLTableCellElement) =>
    (cell.textContent ?? "").replace(/\s+/g, " ").trim();
  return [...table.rows].map((row) => [...row.cells].map(field).join("\t")).join("\n");
}

/** Puts a button beside every kept table that copies it, to be pasted into a spreadsheet. */
export function copyTables(): void {
  for (const output of document.querySelectorAll(".output")) {
    const table = output.querySelector("table");
    const line = output.querySelector(".files");
    if (table === null || line === null) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    const caption = table.caption?.textContent ?? "this table";
    button.setAttribute("aria-label", `Copy: ${caption}`);
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    line.append(" ", button, " ", said);
    button.addEventListener("click", async () => {
      said.textContent = (await copied(tableTsv(table)))
        ? "Copied"
        : "Not copied: the browser refuses";
      setTimeout(() => {
        said.textContent = "";
      }, saidFor);
    });
  }
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers that keep the clipboard from pages on disk still copy what is selected.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}
