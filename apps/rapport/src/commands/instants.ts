/** An instant from the command line. Throws an Error for what is none. */
export const instantFrom = (text: string | undefined, option: string, otherwise: Date): Date => {
  if (text === undefined) return otherwise;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new Error(`${option} takes a date, e.g. 2026-06-30.`);
  return at;
};
