import { spawnSync } from "node:child_process";

/** Commands that the tests use, and Debian's packages that bring them. */
const PACKAGES = {
  ...{ slurmctld: "slurmctld", slurmd: "slurmd", sbatch: "slurm-client" },
  ...{ munged: "munge", snakemake: "snakemake" },
};

/**
 * Why the tests of this folder cannot run on this machine; null where they can. What is missing is
 * installed first, where apt-get is there and this is root.
 */
export function missingForCluster(): string | null {
  if (process.getuid?.() !== 0) return "a Slurm cluster of one's own needs root";
  const missing = Object.entries(PACKAGES).filter(([command]) => !isThere(command));
  if (missing.length === 0) return null;
  const names = missing.map(([, name]) => name);
  if (!isThere("apt-get")) return `${names.join(", ")} missing, and no apt-get to install them`;
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...options: string[]) =>
    spawnSync("apt-get", options, { env: environment, encoding: "utf8" });
  apt("update", "-qq");
  const { status, stderr } = apt("install", "-y", "-qq", "--no-install-recommends", ...names);
  if (status === 0) return null;
  return `${names.join(", ")} could not be installed: ${stderr.trim().split("\n").at(-1)}`;
}

function isThere(command: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
}
