const partial = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const instant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * A date or an instant as files have them: `2024`, `2024-03`, `2024-03-31` (midnight UTC of the first day meant) or an
 * ISO 8601 instant with its offset. Undefined for anything else, also for days that no calendar has.
 */
export const parseInstant = (text: string): Date | undefined => {
  const day = partial.exec(text);
  if (day) {
    const [year, month, date] = [Number(day[1]), Number(day[2] ?? 1), Number(day[3] ?? 1)];
    const at = new Date(Date.UTC(year, month - 1, date));
    return at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? at : undefined;
  }
  if (!instant.test(text) || parseInstant(text.slice(0, 10)) === undefined) return undefined;
  const at = new Date(text.replace(' ', 'T'));
  return Number.isNaN(at.getTime()) ? undefined : at;
};
