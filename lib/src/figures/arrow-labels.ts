/** Text centred at a place, in px from where the arrows start; up is positive. */
export interface ArrowLabel {
  readonly text: string;
  readonly across: number;
  readonly up: number;
  readonly width: number;
}

/** How far beyond the tips labels begin, in px. */
const GAP = 3;

/**
 * Labels set beyond the tips of arrows, and where two would lie on each other moved apart up and
 * down, in the order of their heights.
 *
 * @param tips labels at the tips themselves
 * @param height of a label in px
 */
export function apart(tips: readonly ArrowLabel[], height: number): ArrowLabel[] {
  const labels = tips.map((tip) => {
    const length = Math.hypot(tip.across, tip.up) || 1;
    const [right, high] = [tip.across / length, tip.up / length];
    return {
      ...tip,
      across: tip.across + right * (GAP + tip.width / 2),
      up: tip.up + high * (GAP + height / 2),
    };
  });
  const byHeight = [...labels].sort((first, second) => second.up - first.up);
  // A push may bring another pair together; each round moves less.
  for (let round = 0; round < 60; round++) {
    let isMoved = false;
    byHeight.forEach((upper, at) => {
      for (const lower of byHeight.slice(at + 1)) {
        const besides = Math.abs(upper.across - lower.across) - (upper.width + lower.width) / 2;
        const missing = height - (upper.up - lower.up);
        if (besides >= 1 || missing <= 0.01) continue;
        upper.up += missing / 2;
        lower.up -= missing / 2;
        isMoved = true;
      }
    });
    if (!isMoved) break;
  }
  return labels;
}
