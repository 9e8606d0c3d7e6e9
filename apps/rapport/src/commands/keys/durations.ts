const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const MAX_DAYS = 3_650;

/** Seconds in a text like `90s`, `30m`, `24h` or `7d`; `0` is none. Throws an Error that says what's expected. */
export const durationIn = (text: string, option: string): number => {
  if (text === '0') return 0;
  const [, count = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (SECONDS[unit] ?? Number.NaN);
  if (count === '' || !(seconds <= MAX_DAYS * 86_400)) {
    throw new Error(`${option} must be a duration like 30m, 24h or 7d, of at most ${MAX_DAYS} days, or 0.`);
  }
  return seconds;
};

/** A day (`2027-01-31`: its end, in UTC), a time with offset, or a duration from now. Throws an Error that says what's expected. */
export const expiryIn = (text: string, now = new Date()): Date => {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const date = isDay || isTime ? new Date(isDay ? `${text}T23:59:59.999Z` : text) : undefined;
  // JavaScript takes the 31st of February for a day of March.
  if (date && Number.isNaN(date.getTime())) throw new Error(`--expires: ${text} is no date.`);
  if (isDay && date?.toISOString().slice(0, 10) !== text) throw new Error(`--expires: ${text} is no date.`);
  const expiry = date ?? new Date(now.getTime() + durationIn(text, '--expires') * 1_000);
  if (expiry <= now) throw new Error('--expires must be in the future: "rapport keys revoke" ends a key now.');
  return expiry;
};
