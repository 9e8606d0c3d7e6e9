import { gunzipSync } from 'node:zlib';

/** A source as text, packed or not. */
export const gunzipIfNeeded = (file: Buffer): string =>
  (file[0] === 0x1f && file[1] === 0x8b ? gunzipSync(file) : file).toString('utf8');
