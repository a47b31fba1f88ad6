// localStorage and sessionStorage may be missing, full, or forbidden: then an object in memory takes their place.

export interface Store {
  get(key: string): string | undefined;
  /** False when the browser refused (quota). */
  set(key: string, value: string): boolean;
  remove(key: string): void;
  /** Our keys that start with `prefix`, sorted. */
  keys(prefix: string): string[];
}

const PREFIX = "mien:";

/** `open` is called here, since reading `window.localStorage` itself may throw. */
export function openStore(open: () => Storage): Store {
  // A Storage reads and writes by property like any object.
  let area: Record<string, string> = {};
  try {
    const storage = open() as unknown as Record<string, string>;
    storage[PREFIX] = "";
    delete storage[PREFIX];
    area = storage;
  } catch {}
  return {
    get: (key) => area[PREFIX + key],
    set(key, value) {
      try {
        area[PREFIX + key] = value;
        return true;
      } catch {
        return false;
      }
    },
    remove(key) {
      delete area[PREFIX + key];
    },
    keys: (prefix) =>
      Object.keys(area)
        .filter((key) => key.startsWith(PREFIX + prefix))
        .map((key) => key.slice(PREFIX.length))
        .sort(),
  };
}

/** The stored value, or null when there is none or it is damaged. Written by us; its fields may still be missing. */
export function readJson<T extends object>(store: Store, key: string): Partial<T> | null {
  try {
    return JSON.parse(store.get(key) ?? "") as Partial<T> | null;
  } catch {
    return null;
  }
}
