// The browser's own gzip, and base64 for what it gives.

/** Null where the browser cannot. */
export async function gzip(text: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    return null;
  }
}

export function toBase64(bytes: Uint8Array): string {
  const PIECE = 8_192; // arguments of one call are limited
  let binary = "";
  for (let start = 0; start < bytes.length; start += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(start, start + PIECE));
  }
  return btoa(binary);
}
