import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CAPTURES } from "../src/captures";
import type { Settings } from "../src/options";
import { createPacker } from "../src/replay_chunks";
import { createMeter } from "../src/replay_cost";
import { pageWith, watchListeners } from "./fakes";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  localStorage.clear();
  document.body.innerHTML = "<button id='pay'>Pay</button><p id='out'></p><p id='tick'></p><input id='name'>";
});
afterEach(() => vi.unstubAllGlobals());

test.each(Object.keys(CAPTURES))("%s takes all its listeners and wrappers away", async (name) => {
  const natives = () => [history.pushState, XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send, window.open];
  const before = natives();
  const fire = watchListeners() as unknown as { live(): unknown[] };
  const page = await pageWith([name]);
  const nativeFetch = vi.mocked(fetch);
  expect(fire.live().length).toBeGreaterThan(0);
  page.halt();
  expect(fire.live()).toEqual([]);
  expect(natives()).toEqual(before);
  expect(name === "api_calls" || window.fetch === nativeFetch).toBe(true);
});

test("a listener that fails keeps its exception to itself", async () => {
  const fire = watchListeners();
  await pageWith(["clicks"]);
  expect(() => fire("click", { isTrusted: true, composedPath: null })).not.toThrow();
});

describe("clicks", () => {
  const pay = () => document.getElementById("pay")!;

  async function setUp(given: Settings = {}) {
    const fire = watchListeners();
    const page = await pageWith(["clicks"], given);
    const wait = (ms: number) => vi.advanceTimersByTime(ms);
    const click = (parts: object = {}, target: Element = pay(), isCapture?: boolean) => {
      wait(100);
      const composedPath = () => [target, document.body, document.documentElement, document, window];
      fire("pointerdown", { composedPath });
      fire("click", { isTrusted: true, button: 0, detail: 1, clientX: 5, clientY: 5, pageX: 5, pageY: 5, pointerType: "mouse", composedPath, ...parts }, isCapture);
    };
    const answers = () => page.events.map(({ metadata }) => [metadata.response, metadata.response_ms]);
    return { ...page, click, fire, answers, wait };
  }
  const mutate = async (id: string) => {
    document.getElementById(id)!.textContent = String(Math.random());
    await Promise.resolve();
  };

  test("nothing is told before the page answered or 3 seconds passed", async () => {
    const { click, events, answers, wait } = await setUp();
    const start = Date.now();
    click();
    wait(2_999);
    expect(events).toEqual([]);
    wait(1);
    expect(answers()).toEqual([[null, null]]);
    expect(events[0]!.at).toBe(start + 100); // the time of the click, not of the verdict
  });

  test("a mutation answers, with the time that it took", async () => {
    const { click, answers, wait } = await setUp();
    click();
    wait(120);
    await mutate("out");
    wait(2_880); // it could be one of those that come by themselves
    expect(answers()).toEqual([["mutation", 120]]);
  });

  test("a node that changes by itself answers nothing, unless the page's listeners change it", async () => {
    const { click, fire, answers, wait } = await setUp();
    wait(2_000);
    for (let tick = 0; tick < 4; tick++) {
      wait(500);
      await mutate("tick");
    }
    click();
    wait(500);
    await mutate("tick");
    wait(3_000);
    click({}, pay(), true);
    await mutate("tick"); // by a listener of the page, before the event is over
    fire("click", {}, false);
    expect(answers()).toEqual([[null, null], ["mutation", 0]]);
  });

  test("nor does a ticker that nobody could learn yet; an animation that the click has started does", async () => {
    const { click, answers, wait } = await setUp();
    const run = async (id: string, times: number) => {
      for (let n = 0; n < times; n++) {
        wait(400);
        await mutate(id);
      }
    };
    await run("tick", 1);
    click();
    await run("tick", 8);
    click();
    await run("out", 8);
    expect(answers()).toEqual([[null, null], ["mutation", 400]]);
  });

  test("a status line that the person's own clicks have changed is no ticker", async () => {
    const { click, answers, wait } = await setUp();
    await mutate("out");
    wait(800);
    click();
    for (const ms of [700, 1_200, 600, 500]) {
      wait(ms);
      await mutate("out");
    }
    expect(answers()).toEqual([["mutation", 700]]);
  });

  test("a request answers when it began within a second, and one that was under way before does not", async () => {
    const { click, tell, answers, wait } = await setUp();
    const isPoll = () => false;
    const before = performance.now();
    click();
    wait(1_500);
    tell("answer", "request", before, isPoll);
    tell("answer", "request", performance.now(), isPoll);
    expect(answers()).toEqual([]);
    tell("answer", "request", performance.now() - 1_200, isPoll);
    expect(answers()).toEqual([["request", 1_500]]);
  });

  test("what answered when the button went down answers the click", async () => {
    const { fire, tell, answers, wait } = await setUp();
    wait(100);
    fire("pointerdown");
    wait(20);
    tell("answer", "mutation", performance.now());
    wait(60);
    fire("click", { isTrusted: true, button: 0, detail: 1, clientX: 1 });
    expect(answers()).toEqual([["mutation", 0]]);
  });

  test("the focus of the clicked thing is no answer, that of a field is", async () => {
    const { click, fire, answers } = await setUp();
    click();
    fire("focusin", { composedPath: () => [pay()] });
    expect(answers()).toEqual([]);
    fire("focusin", { composedPath: () => [document.getElementById("name")] });
    expect(answers()).toEqual([["focus", 0]]);
  });

  test("what a later press or key causes is no answer to an earlier click", async () => {
    const { click, fire, tell, answers, wait } = await setUp();
    click();
    wait(500);
    fire("pointerdown");
    fire("change");
    fire("focusin", { composedPath: () => [document.getElementById("name")] });
    tell("answer", "request", performance.now(), () => false);
    fire("keydown");
    await mutate("out");
    fire("input");
    wait(3_000);
    expect(answers()).toEqual([[null, null]]);
  });

  test("a request that began before the next press still answers, and so does a late change after a second click on the same", async () => {
    const { click, tell, answers, wait } = await setUp();
    click();
    const began = performance.now();
    click({}, document.getElementById("out")!);
    wait(400);
    tell("answer", "request", began, () => false);
    expect(answers()).toEqual([["request", 500]]);
    wait(3_000);
    click();
    click();
    wait(100);
    await mutate("out");
    wait(3_000);
    expect(answers().slice(2)).toEqual([["mutation", 200], ["mutation", 100]]);
  });

  test("only the page's own scrolling answers: at once, and not that of a wheel or inside of a field", async () => {
    const { click, fire, answers, wait } = await setUp();
    const scrollIn = (target: unknown) => fire("scroll", { target });
    scrollIn(document);
    click();
    scrollIn(document); // the momentum of a scroll that began before
    wait(200);
    fire("wheel");
    scrollIn(document);
    wait(3_000);
    click();
    scrollIn(document.getElementById("name"));
    wait(400);
    scrollIn(document);
    wait(3_000);
    click();
    wait(200);
    scrollIn(document);
    wait(150); // the wheel may be told of after what it has caused
    expect(answers()).toEqual([[null, null], [null, null], ["scroll", 200]]);
  });

  test("opening a window and copying are answers", async () => {
    vi.stubGlobal("open", () => null);
    const { click, fire, answers } = await setUp();
    click();
    window.open("/help");
    click();
    fire("copy");
    expect(answers()).toEqual([["new_tab", 0], ["copy", 0]]);
  });

  test("leaving the page is an answer, hiding it leaves the answer open", async () => {
    const { click, tell, events, answers, wait } = await setUp();
    click();
    tell("leave", false);
    expect(JSON.parse(JSON.stringify(events[0]!.metadata))).not.toHaveProperty("response_ms");
    click();
    tell("leaving");
    wait(2_000);
    tell("leave", true);
    expect(answers()[1]).toEqual(["navigation", 2_000]);
  });

  test("synthetic clicks, other buttons, ignored elements and the echo of a label are no clicks", async () => {
    const { click, fire, events, wait } = await setUp();
    click({ isTrusted: false });
    click({ button: 2 });
    pay().setAttribute("data-mien-ignore", "");
    click();
    pay().removeAttribute("data-mien-ignore");
    click();
    fire("click", { isTrusted: true, button: 0 });
    wait(3_000);
    expect(events).toHaveLength(1);
  });
});

describe("errors", () => {
  test("equal ones are ten items and a count", async () => {
    const fire = watchListeners();
    const { errors } = await pageWith(["errors"]);
    const fail = () => fire("error", { target: window, message: "boom", error: { stack: "at f" } });
    for (let n = 0; n < 30; n++) fail();
    expect(errors).toHaveLength(11);
    expect(errors.reduce((sum, { count }) => sum + count!, 0)).toBe(30);
    errors.length = 0; // they are on their way
    fail();
    expect(errors).toEqual([expect.objectContaining({ message: "boom", count: 1 })]);
  });

  test("console.error is recorded only where that is asked for, and still prints", async () => {
    const print = vi.spyOn(console, "error").mockImplementation(() => {});
    const quiet = await pageWith(["errors"]);
    console.error("first");
    quiet.halt();
    const { errors } = await pageWith(["errors"], { console: "" });
    console.error("second", new Error("inside"));
    expect(errors.map(({ message }) => message)).toEqual(["console.error: second Error: inside"]);
    expect(print).toHaveBeenCalledTimes(2);
  });
});

describe("forms", () => {
  async function setUp() {
    document.body.innerHTML = "<form id='order'><input name='mail' required></form>";
    const fire = watchListeners();
    const page = await pageWith(["forms"]);
    const form = document.getElementById("order")!;
    const facts = () => page.events.map(({ type, metadata }) => [type, metadata.form, metadata.invalid, metadata.success]);
    return { ...page, fire, form, facts };
  }

  test.each([[200, true], [422, false], [0, false]])("a submit that was answered with %i has the success %s", async (status, success) => {
    const { fire, form, tell, facts } = await setUp();
    fire("submit", { target: form });
    tell("answer", "request", performance.now(), () => false, status);
    expect(facts()).toEqual([["submit", "#order", 1, success]]);
  });

  test("leaving means that it worked, and silence says nothing", async () => {
    const { fire, form, tell, facts } = await setUp();
    fire("submit", { target: form });
    tell("leaving");
    fire("submit", { target: form });
    vi.advanceTimersByTime(3_000);
    expect(facts().map((fact) => fact[3])).toEqual([true, undefined]);
  });

  test("a submit that the browser refuses is one, however many fields are wrong", async () => {
    const { fire, form, facts } = await setUp();
    vi.advanceTimersByTime(5_000);
    fire("keydown");
    for (let n = 0; n < 3; n++) fire("invalid", { target: form.querySelector("input") });
    expect(facts()).toEqual([["submit", "#order", 1, false]]);
  });
});

describe("replay chunks", () => {
  const recorded = (type: number, data: unknown = {}) => ({ type, data, timestamp: 5 });
  const scrub = (_key: string, value: unknown) => value;

  function packerWith(resnap = () => {}) {
    const replay: { index: number; n: number }[] = [];
    let index = 0;
    const core = { add: (_kind: string, item: never) => void replay.push(item), next: () => index++ };
    return { ...createPacker(core as never, scrub, resnap), replay };
  }

  test("what is handed over while the page is left is plain JSON, in order", () => {
    const { add, hand, replay } = packerWith();
    add(recorded(4));
    add(recorded(2));
    hand();
    hand();
    expect(replay).toEqual([{ index: 0, at: 5, enc: "json", n: 2, data: JSON.stringify([recorded(4), recorded(2)]) }]);
  });

  test("chunks have at most 1 MiB, and one event that is larger costs itself and asks for a new snapshot", () => {
    const resnap = vi.fn();
    const { add, hand, replay } = packerWith(resnap);
    for (const length of [600_000, 600_000, 1_200_000]) add(recorded(3, "x".repeat(length)));
    hand();
    expect(replay.map(({ n }) => n)).toEqual([1, 1]);
    expect(resnap).toHaveBeenCalledOnce();
    add(recorded(3));
    hand();
    expect(replay).toHaveLength(2); // mutations without their snapshot show nothing
    add(recorded(2));
    add(recorded(3));
    hand();
    expect(replay[2]!.n).toBe(2);
  });
});

describe("the recorder's meter", () => {
  const mutation = { type: 3, data: { source: 0 }, timestamp: 1 };
  const meterFor = (ms: number, everyMs: number) => {
    let began = () => {};
    vi.stubGlobal("MutationObserver", class { constructor(told: () => void) { began = told; } observe() {} });
    const meter = createMeter();
    meter.watch(() => {});
    return (times: number) => {
      for (let n = 0; n < times; n++) {
        began();
        vi.advanceTimersByTime(ms);
        const verdict = meter.count(mutation);
        if (verdict) return verdict;
        vi.advanceTimersByTime(everyMs - ms);
      }
      return undefined;
    };
  };

  test("cheap mutations may go on for ever, and 2 % of the time is too much", () => {
    expect(meterFor(1, 100)(1_000)).toBeUndefined();
    expect(meterFor(3, 100)(1_000)).toEqual(["mutations", { share: expect.closeTo(0.02, 2) }]);
  });

  test("three long bursts are too many", () => {
    expect(meterFor(60, 30_000)(2)).toBeUndefined();
    expect(meterFor(60, 30_000)(3)).toEqual(["mutations", { ms: 60 }]);
  });
});
