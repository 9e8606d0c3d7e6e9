import { afterEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOfLog, lastWords } from './log-file.js';

describe('The last words of a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-log-'));
  const log = join(folder, 'app.log');

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are what it wrote in this life, errors and plain lines only', () => {
    expect(lastWords(log, 0)).toBe('');
    appendFileSync(log, '{"level":"error","msg":"of an earlier life"}\n');
    const from = endOfLog(log);
    appendFileSync(
      log,
      [
        '{"level":"info","msg":"serving"}',
        '{"level":"fatal","msg":"could not start","err":{"message":"no such database"}}',
        '{"level":50,"msg":"by number"}',
        'FATAL:  a plain line',
        '{"half a line',
      ].join('\n'),
    );
    expect(lastWords(log, from).split('\n')).toEqual([
      'could not start: no such database',
      'by number',
      'FATAL:  a plain line',
      '{"half a line',
    ]);
  });
});
