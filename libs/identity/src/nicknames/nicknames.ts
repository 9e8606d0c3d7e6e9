import { nicknameList } from './nickname-list.js';

/** Formal names that a name may stand for, itself among them. */
const formalNames = new Map<string, Set<string>>();
const add = (name: string, formal: string): void => {
  const known = formalNames.get(name);
  if (known) known.add(formal);
  else formalNames.set(name, new Set([formal]));
};
for (const line of nicknameList.trim().split('\n')) {
  const [formal, nicknames] = line.split(':') as [string, string];
  add(formal, formal);
  for (const nickname of nicknames.split(',')) add(nickname, formal);
}

/** The formal names that a name may stand for; itself, if the list doesn't know it. */
export const formalNamesOf = (name: string): ReadonlySet<string> => formalNames.get(name) ?? new Set([name]);

/** Whether two given names may be one person's: "Bill" and "William", "Liz" and "Beth" (both Elizabeth). */
export const mayBeSameGivenName = (a: string, b: string): boolean => {
  if (a === b) return true;
  const [ofA, ofB] = [formalNames.get(a), formalNames.get(b)];
  if (!ofA) return ofB?.has(a) ?? false;
  if (!ofB) return ofA.has(b);
  if (ofA.has(b) || ofB.has(a)) return true;
  for (const formal of ofA) if (ofB.has(formal)) return true;
  return false;
};
