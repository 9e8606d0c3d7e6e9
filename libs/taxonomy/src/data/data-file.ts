import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Beside the source; seen from what's compiled into `dist`, where the data isn't copied to; and from what's bundled there. */
const folders = [
  new URL('../../data/', import.meta.url),
  new URL('../../../../../libs/taxonomy/data/', import.meta.url),
  new URL('../../libs/taxonomy/data/', import.meta.url),
];

/** A file of libs/taxonomy/data, unpacked. Throws if it isn't there: then the installation isn't whole. */
export const dataFile = (name: string): Buffer => {
  const file = folders.map((folder) => new URL(name, folder)).find((url) => existsSync(url));
  if (!file) throw new Error(`libs/taxonomy/data/${name} is missing: it belongs to the installation, beside dist.`);
  return gunzipSync(readFileSync(file));
};

/** Makes a value when it's first asked for: who never looks up a place doesn't hold the list of them. */
export const lazily = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};
