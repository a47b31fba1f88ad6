import { beforeEach, describe, expect, test, vi } from "vitest";
import { CAPTURES } from "../src/captures";
import { clicks } from "../src/captures/clicks";
import { createPacker } from "../src/replay_chunks";
import { fakeContext } from "./fakes";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  document.body.innerHTML = "<button id='pay'>Pay</button><p id='out'></p><p id='tick'></p>";
});

/** The listeners that were added to the window and not removed, by type. */
function watchListeners(): Map<string, ((event: unknown) => void)[]> {
  const live = new Map<string, ((event: unknown) => void)[]>();
  vi.spyOn(window, "addEventListener").mockImplementation((type: string, handler: unknown) => {
    live.set(type, [...(live.get(type) ?? []), handler as (event: unknown) => void]);
  });
  vi.spyOn(window, "removeEventListener").mockImplementation((type: string, handler: unknown) => {
    live.set(type, (live.get(type) ?? []).filter((other) => other !== handler));
  });
  return live;
}

test.each(CAPTURES)("%s takes all its listeners and wrappers away", (_name, capture) => {
  vi.stubGlobal("fetch", async () => new Response());
  const natives = [window.fetch, history.pushState, XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send];
  const live = watchListeners();
  const stop = capture(fakeContext().context);
  stop();
  expect([...live.values()].flat()).toEqual([]);
  expect([window.fetch, history.pushState, XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send]).toEqual(natives);
  vi.unstubAllGlobals();
});

test("a listener that fails keeps its exception to itself", () => {
  const live = watchListeners();
  clicks(fakeContext().context);
  expect(() => live.get("click")![0]!({ isTrusted: true })).not.toThrow();
});

describe("clicks", () => {
  function setUp(isQuiet = () => false) {
    const live = watchListeners();
    const { context, events } = fakeContext({ isQuiet });
    const stop = clicks(context);
    const fire = (type: string, parts: object = {}) =>
      live.get(type)!.forEach((handler) => handler({ timeStamp: performance.now(), ...parts }));
    const click = (parts: object = {}) => {
      vi.advanceTimersByTime(100);
      fire("pointerdown");
      const pay = document.getElementById("pay")!;
      fire("click", {
        isTrusted: true, button: 0, detail: 1, clientX: 5, clientY: 5, pointerType: "mouse",
        composedPath: () => [pay, document.body, document.documentElement, document, window], ...parts,
      });
    };
    const answers = () => events.map(({ metadata }) => [metadata.response, metadata.response_ms]);
    return { context, events, click, fire, answers, stop };
  }
  const mutate = async (id: string) => {
    document.getElementById(id)!.textContent = String(Math.random());
    await Promise.resolve();
  };

  test("nothing is told before the page answered or 3 seconds passed", () => {
    const { click, events, answers } = setUp();
    click();
    vi.advanceTimersByTime(2_999);
    expect(events).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(answers()).toEqual([[null, null]]);
    expect(events[0]!.at).toBe(1_000_100); // the time of the click, not of the verdict
  });

  test("a mutation answers, with the time that it took", async () => {
    const { click, answers, stop } = setUp();
    click();
    vi.advanceTimersByTime(120);
    await mutate("out");
    expect(answers()).toEqual([["mutation", 120]]);
    stop();
  });

  test("a node that changes by itself answers nothing, unless at once", async () => {
    let isQuiet = true;
    const { click, answers, stop } = setUp(() => isQuiet);
    for (let tick = 0; tick < 4; tick++) {
      vi.advanceTimersByTime(500);
      await mutate("tick");
    }
    isQuiet = false;
    click();
    vi.advanceTimersByTime(500);
    await mutate("tick");
    vi.advanceTimersByTime(3_000);
    click();
    await mutate("tick");
    expect(answers()).toEqual([[null, null], ["mutation", 0]]);
    stop();
  });

  test("a request answers when it began within a second, and one that was under way before does not", () => {
    const { click, context, answers } = setUp();
    const before = performance.now();
    click();
    vi.advanceTimersByTime(1_500);
    context.tell("answer", "request", before);
    context.tell("answer", "request", performance.now());
    expect(answers()).toEqual([]);
    context.tell("answer", "request", performance.now() - 1_200);
    expect(answers()).toEqual([["request", 1_500]]);
  });

  test("what answered when the button went down answers the click", () => {
    const { click, context, fire, answers } = setUp();
    click({ composedPath: () => [] }); // outside of everything: ignored
    fire("pointerdown");
    vi.advanceTimersByTime(80);
    context.tell("answer", "mutation", performance.now());
    fire("click", { isTrusted: true, button: 0, detail: 1, clientX: 1, composedPath: () => [document.body] });
    expect(answers()).toEqual([["mutation", 0]]);
  });

  test("the focus of the clicked thing is no answer, that of a field is", () => {
    const { click, fire, answers } = setUp();
    click();
    fire("focusin", { composedPath: () => [document.getElementById("pay")] });
    expect(answers()).toEqual([]);
    fire("focusin", { composedPath: () => [document.getElementById("out")] });
    expect(answers()).toEqual([["focus", 0]]);
  });

  test("leaving the page is an answer, hiding it leaves the answer open", () => {
    const { click, context, events, answers } = setUp();
    click();
    context.tell("leave", false);
    expect(events[0]!.metadata).not.toHaveProperty("response_ms");
    click();
    context.tell("leaving");
    vi.advanceTimersByTime(4_000);
    context.tell("leave", true);
    expect(answers()[1]).toEqual(["navigation", 4_000]);
  });

  test("synthetic clicks, other buttons, ignored elements and the echo of a label are no clicks", () => {
    const { click, fire, events } = setUp();
    click({ isTrusted: false });
    click({ button: 2 });
    document.getElementById("pay")!.setAttribute("data-mien-ignore", "");
    click();
    document.getElementById("pay")!.removeAttribute("data-mien-ignore");
    click();
    fire("click", { isTrusted: true, button: 0, composedPath: () => [document.body] });
    vi.advanceTimersByTime(3_000);
    expect(events).toHaveLength(1);
  });
});

describe("replay chunks", () => {
  const recorded = (type: number, data: unknown = {}) => ({ type, data, timestamp: 5 });
  const scrub = (_key: string, value: unknown) => value;

  test("what is handed over while the page is left is plain JSON, in order", () => {
    const { context, replay } = fakeContext();
    const packer = createPacker(context, scrub, () => {});
    packer.add(recorded(4));
    packer.add(recorded(2));
    packer.hand();
    packer.hand();
    expect(replay).toEqual([{ index: 0, at: 5, enc: "json", n: 2, data: JSON.stringify([recorded(4), recorded(2)]) }]);
  });

  test("chunks have at most 1 MiB, and one event that is larger costs itself and asks for a new snapshot", () => {
    const { context, replay } = fakeContext();
    const resnap = vi.fn();
    const packer = createPacker(context, scrub, resnap);
    for (const length of [600_000, 600_000, 1_200_000]) packer.add(recorded(3, "x".repeat(length)));
    packer.hand();
    expect(replay.map(({ n }) => n)).toEqual([1, 1]);
    expect(resnap).toHaveBeenCalledOnce();
    packer.add(recorded(3));
    packer.hand();
    expect(replay).toHaveLength(2); // mutations without their snapshot show nothing
    packer.add(recorded(2));
    packer.add(recorded(3));
    packer.hand();
    expect(replay[2]!.n).toBe(2);
  });
});
