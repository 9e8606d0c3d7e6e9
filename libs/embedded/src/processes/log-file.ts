import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log that has grown beyond this is set aside as `<name>.1` when its process starts anew. */
const LARGEST_BYTES = 64 * 1024 * 1024;

const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0);

/** Runs `use` with a descriptor that appends to the file (0600, its folder 0700), and closes the descriptor. */
export const withLogFile = <T>(path: string, use: (descriptor: number) => T): T => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (sizeOf(path) > LARGEST_BYTES) renameSync(path, `${path}.1`);
  const descriptor = openSync(path, 'a', 0o600);
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** Where the log ends now, in bytes. */
export const endOfLog = sizeOf;

interface JsonLine {
  readonly level?: string | number;
  readonly msg?: string;
  readonly err?: { readonly message?: string };
}

/** pino's level, by name or by number. */
const isError = ({ level }: JsonLine): boolean => level === 'error' || level === 'fatal' || Number(level) >= 50;

const readable = (line: string): { text: string; error: boolean } => {
  if (!line.startsWith('{')) return { text: line, error: true };
  try {
    const parsed = JSON.parse(line) as JsonLine;
    const text = [parsed.msg, parsed.err?.message].filter((part) => part !== undefined && part !== '').join(': ');
    return { text, error: isError(parsed) };
  } catch {
    return { text: line, error: true };
  }
};

/** What a process that failed said last: the last five lines written after `from` that aren't mere information. */
export const lastWords = (path: string, from: number): string => {
  if (!existsSync(path)) return '';
  const bytes = readFileSync(path);
  const lines = bytes
    .subarray(bytes.length < from ? 0 : from)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readable);
  return lines
    .filter(({ error }) => error)
    .slice(-5)
    .map(({ text }) => text)
    .join('\n');
};
