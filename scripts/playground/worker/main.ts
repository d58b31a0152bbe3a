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

/** The playground's worker: says what this browser can do, and answers the page. */
const port = ownPort<Request, Answer>();
const kernels = { relaxed: bytesOfBase64(relaxed), plain: bytesOfBase64(plain) };
const cores = crossOriginIsolated ? Math.max(1, navigator.hardwareConcurrency) : 1;

provideHost({
  ...{ kernels, cores },
  startThread: () => (crossOriginIsolated ? nestedThread(kernels) : inlineThread()),
});

const ability = abilityOf(crossOriginIsolated, cores);
const say = (answer: Answer) => port.postMessage(answer, transferables(answer));
const hear = session(ability, say);
port.addEventListener("message", ({ data }) => void hear(data));
say({ type: "ready", ability });
