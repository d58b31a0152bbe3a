#!/bin/sh
# Hands a job to Slurm and prints its number. A controller that does not answer is asked again, for
# half an hour; what Slurm refuses is refused at once.
logs=.snakemake/slurm
mkdir -p "$logs"
refusal=$(mktemp)
trap 'rm -f "$refusal"' EXIT
for attempt in $(seq 180); do
  sbatch --parsable --output="$logs/%j.log" "$@" 2>"$refusal" && exit 0
  grep -qiE "unable to contact|connect|communication|timed out|temporarily" "$refusal" || break
  sleep 10
done
cat "$refusal" >&2
exit 1
