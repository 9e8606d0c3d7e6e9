import { err, ok, type Result } from '#libs/kernel';

/** One line of input: its text, or why it can't be read. Numbers count from 1, blank lines too. */
export interface InputLine {
  readonly number: number;
  readonly text: Result<string, 'line-too-long' | 'malformed-utf8'>;
  /** Of the line as sent. */
  readonly bytes: number;
}

const NEWLINE = 0x0a;
const decoder = new TextDecoder('utf-8', { fatal: true });

const decode = (bytes: Uint8Array): InputLine['text'] => {
  try {
    return ok(decoder.decode(bytes));
  } catch {
    return err('malformed-utf8');
  }
};

/**
 * The lines of a byte stream, without blank ones. A line longer than `maxBytes` is given as an error once its end has
 * come, and never held in memory.
 */
export async function* ndjsonLines(input: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<InputLine> {
  let number = 1;
  let held: Uint8Array[] = [];
  let bytes = 0;

  const finish = (): InputLine | undefined => {
    const text: InputLine['text'] = bytes > maxBytes ? err('line-too-long') : decode(Buffer.concat(held));
    const line = { number: number++, text, bytes };
    held = [];
    bytes = 0;
    return text.ok && text.value.trim() === '' ? undefined : line;
  };

  for await (const chunk of input) {
    let from = 0;
    while (from < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, from);
      const to = newline < 0 ? chunk.length : newline;
      bytes += to - from;
      if (bytes > maxBytes) held = [];
      else held.push(chunk.subarray(from, to));
      from = to + 1;
      if (newline < 0) continue;
      const line = finish();
      if (line) yield line;
    }
  }
  const last = bytes > 0 ? finish() : undefined;
  if (last) yield last;
}
