/** Round numbers within a range, about as many as asked: steps of 1, 2 or 5 times a power of ten. */
export function roundTicks(low: number, high: number, about: number): number[] {
  const rough = (high - low) / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * 0.999) ?? 10;
  const step = factor * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Multiplied, not added up, and rounded: 0.30000000000000004 is no label.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/**
 * Powers of ten within a range, with their double and quintuple where the range is short, and round
 * numbers at equal steps where it holds fewer than two of those.
 */
export function logTicks(low: number, high: number): number[] {
  const isShort = Math.log10(high / low) < 2.5;
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const factor of isShort ? [1, 2, 5] : [1]) {
      const tick = Number((factor * 10 ** power).toPrecision(12));
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick);
    }
  }
  return ticks.length < 2 ? roundTicks(low, high, 4) : ticks;
}

/** A number as a label: at most three significant digits, a real minus, powers of ten raised. */
export function numberLabel(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    const [digits, exponent] = value.toExponential(1).split("e");
    const mantissa = digits.replace(/\.0$/, "");
    const raised = Number(exponent)
      .toString()
      .replace(/[-\d]/g, (character) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(character)] ?? "⁻");
    return withMinus(mantissa === "1" ? `10${raised}` : `${mantissa}×10${raised}`);
  }
  const isWhole = Number.isInteger(value) || size >= 1000;
  if (!isWhole) return withMinus(String(Number(value.toPrecision(3))));
  const whole = String(Math.round(value));
  // From five digits up, as tables of the same numbers have it; northings of 7100 km stay as they are.
  return withMinus(size >= 10_000 ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole);
}

function withMinus(label: string): string {
  return label.replace(/^-/, "\u2212");
}
