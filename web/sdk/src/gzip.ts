// The browser's own gzip, and base64 for what it gives.

/** Fails where the browser cannot. */
export async function gzip(text: string): Promise<ArrayBuffer> {
  return new Response(new Response(text).body!.pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
}

export function toBase64(buffer: ArrayBuffer): string {
  const PIECE = 8_192; // arguments of one call are limited
  const bytes = new Uint8Array(buffer);
  let binary = "";
  for (let start = 0; start < bytes.length; start += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(start, start + PIECE));
  }
  return btoa(binary);
}
