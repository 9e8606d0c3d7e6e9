import { readFileSync } from 'node:fs';

/** What a file holds. Throws an Error that says which file can't be read, and why. */
export const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} can't be read as JSON: ${error instanceof Error ? error.message : 'unreadable'}`, {
      cause: error,
    });
  }
};
