import { beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  localStorage.clear();
  sessionStorage.clear();
});

const OFF = "errors,api_calls,vitals,clicks,inputs,forms,selection,scroll,pointer,visibility,replay";

/** A page whose server answers `config`, and what was sent to it. */
async function pageWith(given: object = {}, config: object | null = null) {
  vi.resetModules();
  vi.stubGlobal("CompressionStream", undefined);
  const batches: any[] = [];
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    if (init.method === "POST") batches.push(JSON.parse(String(init.body)));
    else asked.push(url);
    return init.method === "POST" || config ? new Response(JSON.stringify(config ?? {})) : new Response("", { status: 404 });
  });
  const { createApi } = await import("../src/api");
  const mien = createApi({ key: "mk_test", off: OFF, ...given }, "https://mien.test/sdk/mien.js");
  const types = () => batches.flatMap(({ events }) => events.map((event: any) => event.type));
  return { mien, batches, asked, types, wait: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

const stored = () => [...Object.keys(localStorage), ...Object.keys(sessionStorage)];

test("with consent required nothing is stored or sent before it is given, and then everything is sent", async () => {
  const { mien, batches, asked, types, wait } = await pageWith({ consent: "required" });
  mien.track("early");
  await wait(20_000);
  window.dispatchEvent(new Event("pagehide"));
  expect([stored(), batches, asked]).toEqual([[], [], []]);
  const id = mien.sessionId;
  mien.consent(true);
  await wait(14_000);
  expect(types()).toEqual(["screen_view", "early"]);
  expect(batches[0].session.session_id).toBe(id);
  expect(stored()).toContain("mien:session");
  // The next page knows.
  const next = await pageWith({ consent: "required" });
  await next.wait(1_000);
  expect(next.batches[0].session.session_id).toBe(id);
  next.mien.consent(false);
  expect(stored()).toEqual(["mien:off"]);
});

test("opting out removes what is stored and records nothing until opting in", async () => {
  const { mien, batches, wait } = await pageWith();
  await wait(1_000);
  mien.optOut();
  mien.track("never");
  await wait(20_000);
  expect([batches.length, stored(), mien.sessionId]).toEqual([1, ["mien:off"], ""]);
  mien.optIn();
  await wait(14_000);
  expect(batches).toHaveLength(2);
});

test("a new session and device belong to nobody after reset", async () => {
  const { mien, batches, wait } = await pageWith();
  mien.identify("42", { email: "ada@example.org" });
  mien.setContext({ app_version: "2.4.1", staff: true });
  await wait(1_000);
  mien.reset();
  mien.screen("welcome");
  await wait(14_000);
  const [one, two] = batches.map(({ session }) => session);
  expect([one.user.external_user_id, one.user.email, one.app_version, one.staff]).toEqual(["42", "ada@example.org", "2.4.1", true]);
  expect([two.user.external_user_id, two.user.email, two.app_version]).toEqual([undefined, undefined, "2.4.1"]);
  expect(one.session_id).not.toBe(two.session_id);
  expect(one.device_id).not.toBe(two.device_id);
});

test("what cannot be sent costs only itself, and no call throws", async () => {
  const { mien, types, wait } = await pageWith();
  const circle: any = {};
  circle.self = circle;
  mien.track("bad", circle);
  mien.track("good", { n: 1 });
  (mien.setContext as any)();
  (mien.identify as any)(null, null);
  await wait(1_000);
  expect(types()).toEqual(["screen_view", "good"]);
});

test("stop sends what is there and ends", async () => {
  const { mien, types, wait } = await pageWith();
  mien.stop();
  mien.track("late");
  await wait(20_000);
  expect(types()).toEqual(["screen_view"]);
});

test("works without a configuration, and asks for it again on the next page", async () => {
  const first = await pageWith();
  await first.wait(1_000);
  expect([first.asked, first.types()]).toEqual([["https://mien.test/v1/config/mk_test"], ["screen_view"]]);
  expect((await pageWith()).asked).toHaveLength(1);
});

test("the configuration switches captures off at once, and is kept for a while", async () => {
  const first = await pageWith({}, { sampling: 1, captures: { screens: false }, replay: true });
  await first.wait(10);
  history.pushState(0, "", "/elsewhere");
  await first.wait(2_000);
  expect(first.types()).toEqual(["screen_view"]);
  const second = await pageWith({}, {});
  await second.wait(2_000);
  expect([second.asked, second.types()]).toEqual([[], []]);
  vi.advanceTimersByTime(600_000);
  expect((await pageWith({}, {})).asked).toHaveLength(1);
});

test("sampling keeps or drops whole sessions", async () => {
  localStorage["mien:config"] = JSON.stringify({ at: Date.now(), sampling: 0.5 });
  let recorded = 0;
  for (let n = 0; n < 200; n++) {
    delete localStorage["mien:session"];
    const { mien } = await pageWith();
    if (mien.sessionId) recorded++;
    mien.stop();
  }
  expect(recorded).toBeGreaterThan(70);
  expect(recorded).toBeLessThan(130);
});

test("the npm package does nothing when it is imported, starts once, and is silent on a server", async () => {
  vi.resetModules();
  vi.stubGlobal("fetch", vi.fn(() => new Promise(() => {})));
  const listen = vi.spyOn(window, "addEventListener");
  const { init } = await import("../src/npm");
  expect([listen.mock.calls.length, stored(), (window as any).mien]).toEqual([0, [], undefined]);
  const settings = { key: "mk_test", collector: "https://mien.test", off: OFF };
  const mien = init(settings);
  expect(mien.sessionId).not.toBe("");
  expect(init(settings)).toBe(mien);
  mien.stop();
  delete (window as any).mien;
  vi.stubGlobal("document", undefined);
  const silent = init(settings);
  silent.track("nothing");
  expect(silent.sessionId).toBe("");
  vi.unstubAllGlobals();
});
