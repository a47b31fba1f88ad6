// localStorage and sessionStorage may be missing, full, or forbidden: then an object in memory takes their place.
// A Storage reads and writes by property like any object.

export type Area = Record<string, string>;

/** What is shared by all tabs. In memory only until the visitor has consented, where that is asked for. */
export let local: Area = {};

export let isKept = false;

/** From now on keep things on the device, those of before included. */
export function keep(): void {
  isKept = true;
  local = Object.assign(open(() => localStorage), local);
}

/** `get` is called here, since reading `window.localStorage` itself may throw. */
export function open(get: () => Storage): Area {
  try {
    return get() as unknown as Area;
  } catch {
    return {};
  }
}

/** What the browser refuses (quota) is not kept. */
export function write(area: Area, key: string, value: string): void {
  try {
    area[key] = value;
  } catch {}
}

/** The keys in `local` that start with `prefix`, oldest first: ids are UUID v7. */
export const keysOf = (prefix: string): string[] =>
  Object.keys(local).filter((key) => key.startsWith(prefix)).sort();

export const forget = (prefix: string): void => keysOf(prefix).forEach((key) => delete local[key]);

/** The stored object, or null when there is none or it is damaged. Written by us; its fields may still be missing. */
export function readJson<T extends object>(area: Area, key: string): Partial<T> | null {
  try {
    return JSON.parse(area[key]!) as Partial<T> | null;
  } catch {
    return null;
  }
}
