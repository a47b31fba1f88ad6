import { describe, expect, it } from "vitest";
import { matching } from "../src/parts/pick_list";
import { parseSearch, readQuery } from "../src/search";
import { conditionsOf, havingWords, withCondition } from "../src/segment/conditions";
import { elementsIn } from "../src/segment/element_names";
import { chipsOf } from "../src/sessions/filters";
import { writeName } from "../src/segment/pickers";

const read = (query: string) => parseSearch(readQuery(query));

describe("conditions of a segment", () => {
  it("are told in words", () => {
    const said = (condition: string) => havingWords(condition);
    expect(said("screen:/cart")).toBe("saw /cart");
    expect(said("path:/cart>>/pay")).toBe("went /cart then /pay");
    expect(said("call:failed:POST /api/pay")).toBe("called POST /api/pay that failed (network or 5xx)");
    expect(said("call:4000:")).toBe("called any API that took 4.0\u00a0s or more");
    expect(said("score:40-60")).toBe("scored 40 to 59");
    expect(said("score:90-100")).toBe("scored 90 to 100");
    expect(said("signal:rage_click")).toBe("had a rage click");
    expect(said("signal:rage_click:/a:b")).toBe("had a rage click on /a:b");
    expect(said("cause:wait")).toBe("waited");
    expect(said("moment:frustrated")).toBe("had a likely frustrated moment");
    expect(said("moon:1")).toBe("moon:1");
  });

  it("can be taken away one by one", () => {
    const search = read("device=phone&browser=&having=screen:/a&having=screen:/b&bots=1");
    const found = conditionsOf(search);
    expect(found.map(({ name }) => name)).toEqual(["on phone", "with unknown", "saw /a", "saw /b", "programs and staff too"]);
    expect(found[2]?.drop).toEqual({ having: ["screen:/b"] });
    expect(conditionsOf({ ...search, ...found[0]?.drop })).toHaveLength(4);
    expect(conditionsOf(read("having=screen:/a"))[0]?.drop).toEqual({ having: undefined });
  });

  it("call elements by the words on them, wherever an address has one", () => {
    const search = read("place_kind=element&place=%23pay&place_screen=/pay&element=%23go&element_screen=/cart&signal_element=%23pay&signal_screen=/pay&having=element:%23menu");
    expect(elementsIn(search)).toEqual([{ element: "#pay", screen: "/pay" }, { element: "#go", screen: "/cart" }, { element: "#menu", screen: undefined }]);
    const names = chipsOf(search, (element, screen) => `“${element.slice(1)}!${screen ?? ""}”`).map(({ name }) => name);
    expect(names).toEqual(["lost points at “pay!/pay” on /pay", "had a signal at “pay!/pay” on /pay", "clicked “go!/cart” on /cart", "clicked “menu!”"]);
    expect(elementsIn(read("place_kind=api&place=GET+/x&element=%23on-heatmap"))).toEqual([]);
  });

  it("are added once", () => {
    expect(withCondition(read("having=screen:/a"), "screen:/a").having).toEqual(["screen:/a"]);
    expect(withCondition({}, "cause:wait").having).toEqual(["cause:wait"]);
  });

  it("write a screen's name so that it is read back", () => {
    expect(writeName("/a>b|c")).toBe("/a%3Eb%7Cc");
    expect(writeName("event:x")).toBe("event%3Ax");
  });
});

describe("a list to pick from", () => {
  it("narrows by every word, in text and group", () => {
    const options = [{ id: "a", text: "Saw a screen", group: "Did" }, { id: "b", text: "Score range", group: "Wrong" }];
    expect(matching(options, "s").map(({ id }) => id)).toEqual(["a", "b"]);
    expect(matching(options, "wrong sc").map(({ id }) => id)).toEqual(["b"]);
    expect(matching(options, "nothing")).toEqual([]);
  });
});
