/** Throws an Error for what isn't a whole number in these bounds. */
export const wholeNumber = (text: string, option: string, most: number): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new Error(`${option} takes a whole number from 1 to ${most}.`);
  return value;
};

/** Throws an Error for what aren't seconds. */
export const secondsOf = (text: string, option: string): number => {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0) throw new Error(`${option} takes seconds, e.g. 60.`);
  return seconds;
};

/** Throws an Error for what is no date. */
export const instantFrom = (text: string | undefined, option: string, otherwise: Date): Date => {
  if (text === undefined) return otherwise;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new Error(`${option} takes a date, e.g. 2026-06-30.`);
  return at;
};
