// No exception of ours may reach the page: everything that the browser calls goes through here.

export type Stop = () => void;

/** The function, with its exceptions swallowed: the page is not ours, a recorder fails in silence. */
export const quietly =
  <A extends unknown[]>(work: (...args: A) => void) =>
  (...args: A): void => {
    try {
      work(...args);
    } catch {}
  };

/** Milliseconds on the clock of event time stamps, which never jumps. */
export const now = (): number => performance.now();

/** Listen in the capture phase, passively and guarded, to each of the types (separated by spaces); returns the undo. */
export function listen<E extends Event>(types: string, handler: (event: E) => void, target: EventTarget = window): Stop {
  const guarded = quietly(handler) as unknown as EventListener;
  const options = { capture: true, passive: true };
  const names = types.split(" ");
  names.forEach((type) => target.addEventListener(type, guarded, options));
  return () => names.forEach((type) => target.removeEventListener(type, guarded, options));
}

/** A guarded setTimeout; returns the undo. */
export function later(work: () => void, delayMs: number): Stop {
  const timer = setTimeout(quietly(work), delayMs);
  return () => clearTimeout(timer);
}

/** One undo for several. */
export const all = (...stops: Stop[]): Stop => () => stops.forEach((stop) => quietly(stop)());

/** Replace a native function by one that calls it; the undo leaves it alone where somebody has wrapped ours since. */
export function wrap<T, K extends keyof T>(owner: T, name: K, make: (native: T[K]) => T[K]): Stop {
  const native = owner[name];
  const wrapped = make(native);
  Object.defineProperties(wrapped, { name: { value: name }, toString: { value: () => "" + native } });
  owner[name] = wrapped;
  return () => {
    if (owner[name] === wrapped) owner[name] = native;
  };
}
