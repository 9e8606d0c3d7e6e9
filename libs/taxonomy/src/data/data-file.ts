import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const FOLDER = 'libs/taxonomy/data/';

/** Looked for upwards, since the data stays beside the source, wherever this was compiled or bundled to. */
const findFile = (name: string): URL => {
  for (let at = new URL('.', import.meta.url); ; at = new URL('..', at)) {
    const file = new URL(`${FOLDER}${name}`, at);
    if (existsSync(file)) return file;
    if (at.href === new URL('..', at).href)
      throw new Error(`${FOLDER}${name} is missing: it belongs to the installation, beside dist.`);
  }
};

/** A file of libs/taxonomy/data, unpacked. Throws if it isn't there: then the installation isn't whole. */
export const dataFile = (name: string): Buffer => gunzipSync(readFileSync(findFile(name)));

/** Makes a value when it's first asked for: who never looks up a place doesn't hold the list of them. */
export const lazily = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};
