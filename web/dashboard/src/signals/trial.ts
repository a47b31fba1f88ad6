// A trial in the making: which numbers would be another. Pure.
import type { Threshold } from "../types";

/** "rage_click.min_clicks" is of the group "rage_click". */
export function groupOf({ name }: Threshold): string {
  return name.split(".")[0] ?? name;
}

/** Why a text cannot be tried for this number: out of its limits, no whole number, or what holds already. */
export function whyNot(text: string, { value, lowest, highest, is_whole }: Threshold): "invalid" | "same" | null {
  const number = Number(text.replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(number) || number < lowest || number > highest || (is_whole && !Number.isInteger(number))) return "invalid";
  return number === value ? "same" : null;
}

/** All numbers that differ from the defaults, once `values` hold: what the server is to store. */
export function overridesWith(thresholds: readonly Threshold[], values: Readonly<Record<string, number>>): Record<string, number> {
  const all = thresholds.map(({ name, value, default: standard }) => [name, values[name] ?? value, standard] as const);
  return Object.fromEntries(all.filter(([, value, standard]) => value !== standard).map(([name, value]) => [name, value]));
}
