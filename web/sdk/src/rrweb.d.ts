// What Mien uses of @rrweb/record. Its own types import a package that it does not install.

export interface RecordedEvent {
  type: number;
  data: unknown;
  timestamp: number;
}

export interface RecordOptions {
  emit(event: RecordedEvent): void;
  checkoutEveryNms: number;
  blockSelector: string;
  maskTextSelector: string;
  maskInputOptions: Record<string, boolean>;
  maskInputFn(text: string, element: HTMLElement): string;
  slimDOMOptions: "all";
  recordCanvas: boolean;
  inlineStylesheet: boolean;
  recordAfter: "DOMContentLoaded";
  sampling: { mousemove: number; scroll: number; media: number; input: "last" };
  errorHandler(error: unknown): true;
}

export declare const record: {
  (options: RecordOptions): (() => void) | undefined;
  addCustomEvent(tag: string, payload: unknown): void;
  takeFullSnapshot(isCheckout?: boolean): void;
};
