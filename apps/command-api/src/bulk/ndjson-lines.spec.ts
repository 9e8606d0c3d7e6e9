import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ndjsonLines, type InputLine } from './ndjson-lines.js';

async function* chunks(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}
const linesOf = async (parts: readonly Uint8Array[], maxBytes = 1_000): Promise<InputLine[]> => {
  const lines: InputLine[] = [];
  for await (const line of ndjsonLines(chunks(...parts), maxBytes)) lines.push(line);
  return lines;
};
const shown = (lines: readonly InputLine[]) =>
  lines.map(({ number, text }) => [number, text.ok ? text.value.trim() : text.error]);

describe('ndjsonLines', () => {
  it('counts blank lines and leaves them out; the last line needs no newline', async () => {
    expect(shown(await linesOf([Buffer.from('{"a":1}\r\n\n  \n{"b":2}')]))).toEqual([
      [1, '{"a":1}'],
      [4, '{"b":2}'],
    ]);
  });

  it('goes on after a line that is too long or that is not UTF-8', async () => {
    const input = Buffer.concat([
      Buffer.from(`${'x'.repeat(11)}\n`),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(`${'y'.repeat(10)}\n`),
    ]);
    expect(shown(await linesOf([input], 10))).toEqual([
      [1, 'line-too-long'],
      [2, 'malformed-utf8'],
      [3, 'y'.repeat(10)],
    ]);
  });

  it('gives the same lines however the bytes are split', async () => {
    const text = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(200), { maxLength: 8 }), async (lines, cuts) => {
        const bytes = Buffer.from(lines.join('\n'));
        const at = [0, ...cuts.filter((cut) => cut < bytes.length), bytes.length].toSorted((a, b) => a - b);
        const parts = at.slice(1).map((to, i) => bytes.subarray(at[i], to));
        expect(await linesOf(parts, 15)).toEqual(await linesOf([bytes], 15));
      }),
    );
  });
});
