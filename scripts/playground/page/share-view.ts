import { html, nothing, type TemplateResult } from "lit-html";
import type { PackedDistrict } from "../protocol";
import type { Setup } from "./address";
import { notebookCommand } from "./command";

/** The same by the notebooks, and the address that holds it all. */
export function shareView(
  district: PackedDistrict,
  { parameters }: Setup,
  copy: (text: string) => void,
): TemplateResult {
  const { command, remark } = notebookCommand(district, parameters);
  return html`<h2>Use in the notebooks</h2>
    <p class="quiet">All notebooks by the settings as they stand now.</p>
    <pre class="command" tabindex="0"><code>${command}</code></pre>
    ${remark === null ? nothing : html`<p class="quiet">${remark}</p>`}
    <p>
      <button type="button" name="copy-command" @click=${() => copy(command)}>Copy the command</button>
      <button type="button" name="copy-link" @click=${() => copy(location.href)}>
        Copy a link to this setup
      </button>
    </p>`;
}
