import { parseInstant } from '#libs/http';

/** The time that a checked parameter names; a date is its first instant in UTC. Undefined where there's none. */
export const instantOf = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : parseInstant(text)?.at;
