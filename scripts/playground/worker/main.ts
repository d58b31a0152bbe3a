import { plain, relaxed } from "embedded:kernels";
import { bytesOfBase64 } from "../base64";
import type { Answer, Request } from "../protocol";
import { abilityOf } from "./ability";
import { provideHost } from "./host";
import { inlineThread } from "./inline-thread";
import { nestedThread } from "./nested-thread";
import { ownPort } from "./port";
import { session } from "./session";
import { transferables } from "./transferables";
import { withoutSharing } from "./without-sharing";

/** The playground's worker: says what this browser can do, and answers the page. */
const port = ownPort<Request, Answer>();
// Browsers that do not know the word isolate nothing.
const isIsolated = globalThis.crossOriginIsolated === true;
const cores = isIsolated ? Math.max(1, navigator.hardwareConcurrency) : 1;
const kernelsOf = (base64: string) => {
  const bytes = bytesOfBase64(base64);
  return isIsolated ? bytes : withoutSharing(bytes);
};
const kernels = { relaxed: kernelsOf(relaxed), plain: kernelsOf(plain) };

provideHost({
  ...{ kernels, cores, sharesMemory: isIsolated },
  startThread: () => (isIsolated ? nestedThread(kernels) : inlineThread()),
});

const ability = abilityOf(isIsolated, cores);
const say = (answer: Answer) => port.postMessage(answer, transferables(answer));
const hear = session(ability, say);
port.addEventListener("message", ({ data }) => void hear(data));
say({ type: "ready", ability });
