import { numberSetting } from '#libs/settings';

/** A day: later than that nobody would look at the numbers in between. */
const MOST_SECONDS = 86_400;

/**
 * `RAPPORT_AUTOMATION_JUDGE_AFTER_SECONDS`: how long after an open or a click it's judged who did it; 600 unless it's set.
 * Throws an Error that names what's wrong.
 */
export const readJudgeAfter = (env: NodeJS.ProcessEnv = process.env): { readonly judgeAfterMilliseconds?: number } => {
  const seconds = numberSetting(env, 'RAPPORT_AUTOMATION_JUDGE_AFTER_SECONDS', {
    from: 0,
    to: MOST_SECONDS,
    whole: true,
  });
  return seconds === undefined ? {} : { judgeAfterMilliseconds: seconds * 1_000 };
};
