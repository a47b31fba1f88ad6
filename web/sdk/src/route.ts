// Screens and APIs are named by their route: "/p/123" and "/p/456" are one screen, "/p/:id".

import { given, list } from "./options";

/**
 * The route of a path. The site's own patterns ("/blog/:slug", "/docs/*") come first, then ids are replaced by `:id`.
 *
 * @example routeOf("/p/123") === "/p/:id"
 */
export function routeOf(path: string): string {
  const follows = (pattern: string): boolean =>
    new RegExp(`^${pattern.replace(/:\w+/g, "[^/]+").replace("*", ".*")}$`).test(path);
  // Numbers; UUIDs and other hex of eight characters or more with a digit in it; addresses; long tokens of letters and
  // digits. A slug ("blue-shoe-12345-large") is none.
  const id = /^(\d+|(?=.*\d)[\da-f-]{8,}|.*(@|%40).*|(?![a-z]+-[a-z]+)(?=(.*\d){3})[\w~-]{16,})$/i;
  return list(given.routes).find(follows) ?? path.split("/").map((part) => part.replace(id, ":id")).join("/");
}

/** The part of the page's fragment that is a route ("#/cart"), or "". */
export const insideOf = (): string => /^#!?(\/[^?#]*)/.exec(location.hash)?.[1] ?? "";

/** The screen of the page's address. */
export const screenOf = (): string => routeOf(location.pathname) + (insideOf() && "#" + routeOf(insideOf()));

/** "GET /api/cart/:id", with the host where it is not the page's own; undefined for what is no web address. */
export function apiOf(method: string, url: string): string | undefined {
  const { protocol, origin, pathname } = new URL(url, document.baseURI);
  if (!/^http/.test(protocol)) return undefined;
  return `${("" + method).toUpperCase()} ${origin === location.origin ? "" : origin}${routeOf(pathname)}`;
}
