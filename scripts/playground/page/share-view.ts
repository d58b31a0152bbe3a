import { html, nothing, type TemplateResult } from "lit-html";
import type { PackedDistrict } from "../protocol";
import { type Setup, setupHash } from "./address";
import { notebookCommand } from "./command";
import type { State } from "./state";

/** The same by the notebooks, and the address that holds it all. */
export function shareView(
  district: PackedDistrict,
  setup: Setup,
  { copied }: State,
  copy: (text: string) => void,
): TemplateResult {
  const { command, remark } = notebookCommand(district, setup.parameters);
  const link = `${location.href.split("#")[0]}${setupHash(setup)}`;
  const button = (name: string, text: string, what: string) =>
    html`<button type="button" name=${name} @click=${() => copy(what)}>
      ${copied === what ? "Copied" : text}
    </button>`;
  return html`<h2>Use in the notebooks</h2>
    <p class="quiet">All notebooks by the settings as they stand now.</p>
    <pre class="command" tabindex="0"><code>${command}</code></pre>
    ${remark === null ? nothing : html`<p class="quiet">${remark}</p>`}
    <p>
      ${button("copy-command", "Copy the command", command)}
      ${button("copy-link", "Copy a link to this setup", link)}
    </p>`;
}
