/** @param seconds whole seconds until it's worth trying again */
export const retryAfter = (seconds: number): Readonly<Record<string, string>> => ({ 'retry-after': String(seconds) });
