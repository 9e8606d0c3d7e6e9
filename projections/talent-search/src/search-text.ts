import { isKnown, normalise } from '#libs/criteria';

/** One text with everything that a person may be searched by. */
export const searchText = (parts: readonly (string | null)[]): string => normalise(parts.filter(isKnown).join(' '));
