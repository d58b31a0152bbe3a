#!/bin/sh
# Tells Snakemake how a job of Slurm stands: running, success or failed. A controller that does not
# answer is no news: the job may well be running. What the controller has forgotten, the accounting
# may know; where it does not, the job counts as failed and is tried again, which takes all that was
# finished from the run store. So does a job that a node could not begin (a controller that was killed
# soon after it had begun a job begins it once more) and that Slurm holds until somebody releases it.
if told=$(scontrol --oneliner show job "$1" 2>&1); then
  state=$(echo "$told" | sed 's/.*JobState=\([A-Z_]*\).*/\1/')
  if echo "$told" | grep -q "Reason=launch_failed_requeued_held"; then
    scancel "$1"
    state=FAILED
  fi
elif echo "$told" | grep -q "Invalid job id"; then
  state=$(sacct --noheader --parsable2 --allocations --format=State --jobs="$1" 2>/dev/null)
else
  state="NO ANSWER"
fi
case $state in
  COMPLETED) echo success ;;
  "" | BOOT_FAIL | CANCELLED* | DEADLINE | FAILED | NODE_FAIL | OUT_OF_MEMORY | PREEMPTED | TIMEOUT) echo failed ;;
  *) echo running ;;
esac
