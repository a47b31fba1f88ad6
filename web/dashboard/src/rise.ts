// How sure the difference of two counted shares is; the same as mien/store/wilson.py, with its sources: Wilson's interval of each,
// joined by Newcombe's square-and-add rule (Statistics in Medicine 17 (1998), 873-890, method 10). Pure.

const Z_95 = 1.959963984540054;

/** `count` of `of`. */
export interface Counted {
  count: number;
  of: number;
}

function wilson({ count, of }: Counted): [low: number, high: number] {
  const share = count / of;
  const z2 = Z_95 ** 2;
  const middle = share + z2 / (2 * of);
  const half = Z_95 * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of ** 2));
  const whole = 1 + z2 / of;
  // At the ends the bound is the end itself, which rounding would miss.
  return [count === 0 ? 0 : (middle - half) / whole, count === of ? 1 : (middle + half) / whole];
}

/** The share now minus the share before, with its 95 % interval, −1 to 1; null where either side has none. */
export function rise(now: Counted, before: Counted): { value: number; low: number; high: number } | null {
  if (now.of === 0 || before.of === 0) return null;
  const [share, shareBefore] = [now.count / now.of, before.count / before.of];
  const [low, high] = wilson(now);
  const [lowBefore, highBefore] = wilson(before);
  const value = share - shareBefore;
  return { value, low: value - Math.hypot(share - low, highBefore - shareBefore), high: value + Math.hypot(high - share, shareBefore - lowBefore) };
}
