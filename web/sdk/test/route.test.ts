import { beforeEach, expect, test } from "vitest";
import { setOptions } from "../src/options";
import { apiOf, routeOf, screenOf } from "../src/route";

beforeEach(() => setOptions({}, "https://mien.test/mien.js"));

test.each([
  ["/", "/"],
  ["/p/123", "/p/:id"],
  ["/users/9b2f8c1e-1c5a-4f6b-9d0e-2f3a4b5c6d7e/orders", "/users/:id/orders"],
  ["/f/0a1b2c3d4e5f", "/f/:id"],
  ["/u/ada@example.org", "/u/:id"],
  ["/u/ada%40example.org", "/u/:id"],
  ["/s/xK3f9QpL2mZ8vR7tY1", "/s/:id"],
  ["/shop/blue-shoe-12345-large", "/shop/blue-shoe-12345-large"],
  ["/docs/v2/getting-started", "/docs/v2/getting-started"],
  ["/facade", "/facade"],
  ["/p/12a", "/p/12a"],
])("%s is the screen %s", (path, route) => {
  expect(routeOf(path)).toBe(route);
});

test("the site's own patterns come first, and only where they fit the whole path", () => {
  setOptions({ routes: "/blog/:slug,/docs/*" }, "https://mien.test/mien.js");
  expect(routeOf("/blog/hello-world")).toBe("/blog/:slug");
  expect(routeOf("/blog/hello-world/comments")).toBe("/blog/hello-world/comments");
  expect(routeOf("/docs/a/b/c")).toBe("/docs/*");
});

test("a fragment counts only where it is a route", () => {
  history.replaceState(0, "", "/app#/cart/12?x=1");
  expect(screenOf()).toBe("/app#/cart/:id");
  history.replaceState(0, "", "/app#access_token=abc");
  expect(screenOf()).toBe("/app");
});

test("an API is named by method and route, with the host where it is another", () => {
  expect(apiOf("get", "/api/cart/7?session=abc")).toBe("GET /api/cart/:id");
  expect(apiOf("POST", "https://pay.test/v1/charge?key=abc")).toBe("POST https://pay.test/v1/charge");
  expect(apiOf("GET", "data:text/plain,hi")).toBeUndefined();
});
