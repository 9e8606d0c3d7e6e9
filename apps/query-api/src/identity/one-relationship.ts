import { onePermission } from '#libs/candidates';
import type { Relationship } from '#projections/relationship';
import { eachOnce } from './each-once.js';

type Language = Relationship['languages'][number];

/** What was said last. */
const latest = <T extends { readonly at: Date }>(stated: readonly T[]): T | null =>
  stated.toSorted((x, y) => y.at.getTime() - x.at.getTime())[0] ?? null;

/** Everybody's in time, but last those of the first id that has an owner: its owner is the person's, as a search says it. */
const handOvers = (each: readonly Relationship[]): Relationship['owners'] => {
  const owned = each.find(({ owners }) => (owners.at(-1)?.statement.owner ?? null) !== null);
  const earlier = each.flatMap((one) => (one === owned ? [] : one.owners));
  return [...earlier.toSorted((x, y) => x.at.getTime() - y.at.getTime()), ...(owned?.owners ?? [])];
};

/** Of those with one code, the first. */
const united = (languages: readonly Language[]): Language[] => {
  const byCode = new Map<string, Language>();
  for (const language of languages) if (!byCode.has(language.code)) byCode.set(language.code, language);
  return [...byCode.values()];
};

/** How things stand with a person of whom there's a relationship under each of their ids, the one that they go by first. */
export const oneRelationship = (each: readonly [Relationship, ...Relationship[]]): Relationship => {
  const [first, ...others] = each;
  if (others.length === 0) return first;
  return {
    at: first.at,
    permissions: first.permissions.map((permission, n) => ({
      ...permission,
      ...onePermission([permission, ...others.flatMap(({ permissions }) => permissions[n] ?? [])]),
    })),
    owners: handOvers(each),
    availability: latest(each.flatMap(({ availability }) => availability ?? [])),
    languages: united(each.flatMap(({ languages }) => languages)),
    workHistory: eachOnce(each.map(({ workHistory }) => workHistory)),
    education: eachOnce(each.map(({ education }) => education)),
    attachments: eachOnce(each.map(({ attachments }) => attachments)),
    silverMedallist: latest(each.flatMap(({ silverMedallist }) => silverMedallist ?? [])),
  };
};
