/** RFC 9562 textual form, lower case. */
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A random version 4 UUID. Ids are opaque: nothing personal is ever part of one. */
export const newId = (): string => globalThis.crypto.randomUUID();

export const isUuid = (value: string): boolean => uuidPattern.test(value);

/** A version 8 UUID from the first 16 of at least 16 bytes (a keyed digest): the same bytes give the same id. */
export const uuidFromBytes = (bytes: Uint8Array): string => {
  // A copy: `slice` of a Buffer is a view, and the caller's bytes would change.
  const b = Uint8Array.from(bytes.subarray(0, 16));
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x80;
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(b, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
};
