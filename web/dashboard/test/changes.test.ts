import { expect, it } from "vitest";
import { changeKey, chosenFirst } from "../src/overview/change_search";
import { parseSearch, readQuery, writeQuery } from "../src/search";

const change = (place: string, place_screen: string | null = null) => ({ cause: "fail" as const, place_kind: "element" as const, place, place_screen });
const [first, second, third] = [change("#pay", "/pay"), change("#pay", "/cart"), change("POST /x")];
const all = [first, second, third];

it("what got worse and was chosen stands first, the others keep their order", () => {
  expect(chosenFirst(all, changeKey(third))).toEqual([third, first, second]);
  expect(chosenFirst(all, changeKey(second))).toEqual([second, first, third]);
});

it("the first stands first where none was chosen, or the chosen one is no more", () => {
  expect(chosenFirst(all, undefined)).toEqual(all);
  expect(chosenFirst(all, changeKey(change("#gone")))).toEqual(all);
});

it("the address holds what was chosen", () => {
  expect(parseSearch(readQuery(writeQuery({ finding: changeKey(second) }))).finding).toBe(changeKey(second));
});
