// Screens and APIs are named by their route: "/p/123" and "/p/456" are one screen, "/p/:id".

// Numbers; UUIDs and other hex of eight characters or more with a digit in it; addresses; long tokens of letters and
// digits. A slug ("blue-shoe-12345-large") is none.
const ID = /^(\d+|(?=.*\d)[\da-f-]{8,}|.*(@|%40).*|(?![a-z]+-[a-z]+)(?=(.*\d){3})[\w~-]{16,})$/i;

/**
 * The route of a path. The site's own patterns ("/blog/:slug", "/docs/*") come first, then ids are replaced by `:id`.
 *
 * @example routeOf("/p/123", []) === "/p/:id"
 */
export function routeOf(path: string, patterns: readonly string[]): string {
  const follows = (pattern: string): boolean =>
    new RegExp(`^${pattern.replace(/\./g, "\\.").replace(/:\w+/g, "[^/]+").replace("*", ".*")}$`).test(path);
  return patterns.find(follows) ?? path.split("/").map((part) => part.replace(ID, ":id")).join("/");
}

/** The screen of a page address. A fragment counts only where it is a route ("#/cart"). */
export function screenOf({ pathname, hash }: { pathname: string; hash: string }, patterns: readonly string[]): string {
  const inside = /^#!?(\/[^?#]*)/.exec(hash);
  return routeOf(pathname, patterns) + (inside ? "#" + routeOf(inside[1]!, patterns) : "");
}

/** "GET /api/cart/:id", with the host where it is not the page's own; undefined for what is no web address. */
export function apiOf(method: string, url: string, patterns: readonly string[]): string | undefined {
  const { protocol, origin, pathname } = new URL(url, document.baseURI);
  if (!/^http/.test(protocol)) return undefined;
  return `${method.toUpperCase()} ${origin === location.origin ? "" : origin}${routeOf(pathname, patterns)}`;
}
