import { cpus, totalmem } from "node:os";
import type { AppliedMethod } from "../method/apply";
import type { Variant } from "../method/variant";
import type { Study } from "../study/types";
import type { BackendInfo } from "../training/backend";
import { type NotebookRecord, recordNotebook } from "./record";
import { versions } from "./versions";

/** Keeps the notebook's part of run.json up to date as the cells run. */
export function recordKeeper(
  results: string,
  id: string,
  study: Study,
  {
    method,
    changes,
    parameters,
    variant = null,
  }: AppliedMethod & { readonly parameters: object; readonly variant?: Variant | null },
  backend: BackendInfo,
) {
  const { title, kind, licence, source, inputs } = study;
  const facts = {
    ...(variant !== null && { variant }),
    study: { id: study.id, title, kind, licence, source },
    versions: versions(),
    machine: {
      processor: cpus()[0]?.model ?? "unknown",
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
    },
    inputs,
  };
  let record: NotebookRecord = {
    profile: method.profile,
    ...{ parameters, changes },
    backend,
    trials: [],
    stored: [],
    files: [],
  };
  const save = () => recordNotebook(results, id, facts, record);
  let isToSave = false;
  /** Many results are taken from the store in one go, and are written in one. */
  function add(added: Partial<NotebookRecord>): void {
    record = { ...record, ...added };
    if (isToSave) return;
    isToSave = true;
    queueMicrotask(() => {
      isToSave = false;
      save();
    });
  }
  save();
  return {
    trial: (trial: NotebookRecord["trials"][number]) => add({ trials: [...record.trials, trial] }),
    stored(name: string) {
      if (record.stored.includes(name)) return;
      add({ stored: [...record.stored, name].sort() });
    },
    files: (added: readonly string[]) => add({ files: [...new Set([...record.files, ...added])] }),
  };
}
