// What a list of sessions says of signals at a place, of screens that cost points, of moments and former scores.
import { signalName } from "./words";

export const signWords = {
  signal: (type: string | undefined, element: string | undefined, screen: string | undefined) =>
    `had ${type === undefined ? "a signal" : signalName(type)}${element === undefined ? "" : ` at ${element || "an unnamed element"}`}${screen === undefined ? "" : ` on ${screen || "an unknown screen"}`}`,
  lostOn: (screen: string) => `lost points on ${screen}`,
  moment: (emotion: string) => (emotion === "unknown" ? "had a moment that is not clear" : emotion === "neutral" ? "had a calm moment" : `had a likely ${emotion} moment`),
  former: "scored otherwise under a former version",
};
