import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes a folder that only its owner gets into (0700), also where it was there with another mode. */
export const makePrivateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
};

/** Writes a file that only its owner reads (0600): the old content or all of the new, whatever happens in between. */
export const writePrivateFile = (path: string, content: string): void => {
  makePrivateFolder(dirname(path));
  const unfinished = `${path}.new`;
  const descriptor = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, path);
};
