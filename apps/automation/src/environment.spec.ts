import { describe, expect, it } from '@jest/globals';
import { readJudgeAfter } from './environment.js';

const read = (text: string) => readJudgeAfter({ RAPPORT_AUTOMATION_JUDGE_AFTER_SECONDS: text });

describe("Automation's environment", () => {
  it('leaves the default where nothing is set, and takes seconds', () => {
    expect(readJudgeAfter({})).toEqual({});
    expect(read('')).toEqual({});
    expect(read('30')).toEqual({ judgeAfterMilliseconds: 30_000 });
  });

  it.each(['-1', '2.5', 'soon', '86401'])('refuses %s', (text) => {
    expect(() => read(text)).toThrow('RAPPORT_AUTOMATION_JUDGE_AFTER_SECONDS');
  });
});
