import { afterEach, describe, expect, it, vi } from "vitest";
import { addressOf, ApiError, client, dataOf, rememberCsrf, whenSignedOut } from "../src/api";

function answering(status: number, body: string): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(() => Promise.resolve(new Response(body, { status })));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

afterEach(() => {
  vi.unstubAllGlobals();
  rememberCsrf(null);
});

describe("an address", () => {
  it("escapes what stands in it, names a list once for each, and leaves out what is not set", () => {
    const params = { path: { slug: "a/b" }, query: { q: "50 %&x=1", having: ["call:failed:", "score:0-50"], screen: undefined, limit: 0 } };
    expect(addressOf("/api/projects/{slug}/sessions", params)).toBe("/api/projects/a%2Fb/sessions?q=50+%25%26x%3D1&having=call%3Afailed%3A&having=score%3A0-50&limit=0");
    expect(addressOf("/api/me")).toBe("/api/me");
  });
});

describe("a call", () => {
  it("carries the CSRF token when it changes something, and only then", async () => {
    const fetched = answering(200, "{}");
    rememberCsrf("token");
    await dataOf(client.GET("/api/me"));
    await dataOf(client.POST("/api/tokens", { body: { label: "l", slug: "s" } as never }));
    const headers = fetched.mock.calls.map((call) => call[1].headers);
    expect(headers).toEqual([{}, { "Content-Type": "application/json", "X-Mien-CSRF": "token" }]);
    expect(fetched.mock.calls[1]?.[1].body).toBe('{"label":"l","slug":"s"}');
  });

  it("says in the server's words what went wrong, in ours when it has none", async () => {
    answering(422, '{"error":"invalid","message":"No such screen."}');
    await expect(dataOf(client.GET("/api/me"))).rejects.toEqual(new ApiError(422, "invalid", "No such screen."));
    answering(502, "<html>Bad gateway</html>");
    await expect(dataOf(client.GET("/api/me"))).rejects.toMatchObject({ status: 502, code: "failed" });
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(dataOf(client.GET("/api/me"))).rejects.toMatchObject({ status: 0, code: "unreachable" });
  });

  it("leads to the login when the login has ended, but not from the login itself", async () => {
    const signedOut = vi.fn();
    whenSignedOut(signedOut);
    answering(401, '{"error":"unauthorized","message":"Sign in."}');
    await dataOf(client.POST("/api/login", { body: {} as never })).catch(() => undefined);
    expect(signedOut).not.toHaveBeenCalled();
    await dataOf(client.GET("/api/tokens")).catch(() => undefined);
    expect(signedOut).toHaveBeenCalledOnce();
  });
});
