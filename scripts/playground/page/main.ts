import { loadPack, packList } from "../packs";
import type { Answer, PlaygroundParameters, Request } from "../protocol";
import { startSession } from "../session";

const session = startSession();
const log = document.querySelector("pre") as HTMLElement;
let last = 0;
const show = (text: string) => {
  log.textContent += `${text}\n`;
};

/** Asks and waits for an answer of a kind. */
function asked<T extends Answer["type"]>(
  request: Request extends infer R ? (R extends Request ? Omit<R, "id"> : never) : never,
  type: T,
): Promise<Extract<Answer, { type: T }>> {
  return new Promise((resolve, reject) => {
    last += 1;
    session.ask({ ...request, id: last } as Request, (answer) => {
      if (answer.type === type) resolve(answer as Extract<Answer, { type: T }>);
      else if (answer.type === "refused") reject(new Error(answer.message));
      else if (answer.type === "scores") show(`epoch ${answer.epoch}: AUC ${answer.judged[0].auc}`);
    });
  });
}

async function main(): Promise<void> {
  show(JSON.stringify(await session.ready));
  const pack = await loadPack(packList()[0].id);
  const { district } = await asked({ type: "open", pack }, "opened");
  show(district.title);
  const parameters: PlaygroundParameters = district.parameters;
  await asked({ type: "prepare", parameters }, "prepared");
  const end = await asked({ type: "train", parameters, goOn: false }, "trained");
  show(JSON.stringify({ ...end, loss: end.loss.at(-1) }));
  const cnn = await asked({ type: "classify", parameters, goOn: false }, "trained");
  show(JSON.stringify({ ...cnn, loss: cnn.loss.at(-1), accuracy: cnn.accuracy?.at(-1) }));
}

main().catch((error: unknown) => show(String(error)));
