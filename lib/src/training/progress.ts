import type { TrainingProgress } from "./types";

/** One line on a training: epoch, loss, accuracy where there is one, and time left. */
export function progressText(progress: TrainingProgress): string {
  const { epoch, epochs, loss, accuracy, secondsLeft } = progress;
  const parts = [`epoch ${epoch}/${epochs}`, `loss ${loss.toPrecision(4)}`];
  if (accuracy !== undefined) parts.push(`accuracy ${accuracy.toFixed(3)}`);
  return [...parts, `${durationText(secondsLeft)} left`].join(", ");
}

/** Share of a training that is done, 0 to 1. */
export function shareDone({ epoch, epochs, batch, batches }: TrainingProgress): number {
  return (epoch - 1 + batch / batches) / epochs;
}

/** Seconds as "8 s", "3 min 20 s" or "2 h 5 min". */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
