import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { writeWhole } from "../lib/src/files";
import { buildStudy, requireFree } from "../lib/src/import/build";
import { checkStudy } from "../lib/src/import/check";
import { changedFiles } from "../lib/src/import/checksums";
import { draftStudy } from "../lib/src/import/draft";
import { type Command, readCommand } from "../lib/src/import/options";
import { type Ask, askedFor } from "../lib/src/import/questions";
import { checkReport, nextCommand } from "../lib/src/import/report";
import { usage } from "../lib/src/import/usage";
import { withChecksums } from "../lib/src/manifest/manifest-text";
import { MANIFEST_FILE } from "../lib/src/manifest/read-manifest";
import { projectFolders, studyFolder } from "../lib/src/project";
import { runCommand } from "./command";

/** Makes a study from a researcher's files, or checks one. */
async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2));
  if (command === null) {
    console.log(usage);
    return;
  }
  const { data } = projectFolders(resolve(__dirname, ".."));
  if (command.check) await checkAgain(data, command);
  else await makeStudy(data, command);
}

async function makeStudy(data: string, { name, wishes, ...options }: Command): Promise<void> {
  requireFree(data, name, options.replace);
  const folder = process.env.INIT_CWD ?? process.cwd();
  const draft = await answering(options.yes, async (ask) => {
    const complete = ask === null ? wishes : await askedFor(wishes, ask);
    return draftStudy(name, complete, folder, ask);
  });
  console.log(`Recognised:\n${draft.notes.map((note) => `- ${note}`).join("\n")}\n`);
  const { check, kept } = await buildStudy(data, name, draft, options);
  console.log(checkReport(check));
  const place = join(data, name);
  if (check.faults.length > 0) process.exitCode = 1;
  if (kept && check.faults.length > 0) {
    console.log(`\nKept as a draft: mend ${join(place, MANIFEST_FILE)}, then:\n  ${again(name)}`);
  } else if (kept) {
    console.log(`\n${place} is ready. Next:\n  ${nextCommand(name, check)}`);
  } else {
    console.log(
      `\nNothing was written. Give the options that mend it; where the remedy is in ${MANIFEST_FILE}, add --draft, mend it there, then ${again(name)}`,
    );
  }
}

/** Does something with answers from the terminal; with null where there is none, or no wish for it. */
async function answering<T>(quiet: boolean, work: (ask: Ask | null) => Promise<T>): Promise<T> {
  if (quiet || !process.stdin.isTTY) return work(null);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await work(async (question) => (await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

async function checkAgain(data: string, { name, updateChecksums }: Command): Promise<void> {
  const folder = studyFolder(data, name);
  const changed = changedFiles(folder);
  for (const { path, found } of changed) console.log(`${path} has another SHA-256: ${found}`);
  if (changed.length > 0 && updateChecksums) {
    const path = join(folder, MANIFEST_FILE);
    const sums = new Map(changed.map((file) => [file.path, file.found]));
    writeWhole(path, withChecksums(readFileSync(path, "utf8"), sums));
    console.log(`Written to ${path}.`);
  } else if (changed.length > 0) {
    console.log("If these were changed on purpose, --update-checksums writes them.");
  }
  const check = await checkStudy(folder);
  console.log(checkReport(check));
  if (check.faults.length > 0) process.exitCode = 1;
  else console.log(`\n${folder} is right. Next:\n  ${nextCommand(name, check)}`);
}

const again = (name: string) => `npm run new-study -- ${name} --check`;

runCommand(main);
