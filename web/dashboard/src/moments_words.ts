// The texts of the page Moments: likely, with evidence, never as a fact (no percent until a model is calibrated).
import { count, plural } from "./format";

export const momentsWords = {
  title: "Moments", beta: "experience signals, beta",
  lead: "Estimates of moments, not of people: signs of friction that often come with frustration. Nobody was asked, and nothing here is calibrated yet.",
  population: (n: number) => `${plural(n, "moment")} in `, sessions: (n: number) => plural(n, "session"),
  filter: "Kind of moment", all: "All likely moments", count: (n: number) => count(n),
  kind: { frustrated: "Likely frustrated", confused: "Likely confused", hesitant: "Likely hesitant", disengaged: "Likely disengaged", engaged: "Likely engaged", neutral: "Calm, nothing seen", unknown: "Not clear" } as Record<string, string>,
  strength: { label: "Evidence", any: "Any evidence", weak: "Weak", moderate: "Moderate", strong: "Strong" } as Record<string, string>,
  named: (kind: string, strength: string) => `${kind}, ${strength} evidence`, columns: { moment: "Moment", where: "Where", score: "Score of the session", when: "Session" },
  open: "Open the session at this second", at: (clock: string) => `at ${clock}`, unknownScreen: "screen not known", more: "Show more", shown: (n: number) => `${count(n)} shown`, counted: (n: number) => `All sessions with one: ${count(n)}`,
  empty: "No likely moment in this period", emptySub: "Most moments stay unknown: without enough evidence nothing is said.", emptyKind: "No such moment in this period", clear: "Show all likely moments",
  few: (n: number) => `Too few sessions: ${count(n)} of this segment`, fewSub: (least: number) => `Moments of a segment are shown from ${count(least)} sessions on, so that they are not those of people one can tell. Take a longer period, or fewer filters.`,
  person: "Moments are not listed by person", personSub: "They are estimates of moments, not of people. Leave the person out of the filters.", personDrop: "Leave the person out",
};
