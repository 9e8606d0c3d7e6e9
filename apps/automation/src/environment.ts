/** A day: later than that nobody would look at the numbers in between. */
const MOST_SECONDS = 86_400;

/**
 * `RAPPORT_AUTOMATION_JUDGE_AFTER_SECONDS`: how long after an open or a click it's judged who did it; 600 unless it's set.
 * Throws an Error that names what's wrong.
 */
export const readJudgeAfter = (env: NodeJS.ProcessEnv = process.env): { readonly judgeAfterMilliseconds?: number } => {
  const text = env['RAPPORT_AUTOMATION_JUDGE_AFTER_SECONDS'];
  if (text === undefined || text === '') return {};
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > MOST_SECONDS)
    throw new Error(`RAPPORT_AUTOMATION_JUDGE_AFTER_SECONDS must be a whole number from 0 to ${MOST_SECONDS}.`);
  return { judgeAfterMilliseconds: seconds * 1_000 };
};
