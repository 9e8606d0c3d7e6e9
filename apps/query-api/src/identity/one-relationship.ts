import { onePermission } from '#libs/candidates';
import type { Relationship } from '#projections/relationship';

/** What was said last. */
const latest = <T extends { readonly at: Date }>(stated: readonly T[]): T | null =>
  stated.toSorted((x, y) => y.at.getTime() - x.at.getTime())[0] ?? null;

/** How things stand with a person of whom there's a relationship under each of their ids. */
export const oneRelationship = (each: readonly [Relationship, ...Relationship[]]): Relationship => {
  const [first, ...others] = each;
  if (others.length === 0) return first;
  return {
    at: first.at,
    permissions: first.permissions.map((permission, n) => ({
      ...permission,
      ...onePermission([permission, ...others.flatMap(({ permissions }) => permissions[n] ?? [])]),
    })),
    owners: each.flatMap(({ owners }) => owners).sort((x, y) => x.at.getTime() - y.at.getTime()),
    availability: latest(each.flatMap(({ availability }) => availability ?? [])),
    languages: each.find(({ languages }) => languages.length > 0)?.languages ?? [],
    workHistory: each.flatMap(({ workHistory }) => workHistory),
    education: each.flatMap(({ education }) => education),
    attachments: each.flatMap(({ attachments }) => attachments),
    silverMedallist: latest(each.flatMap(({ silverMedallist }) => silverMedallist ?? [])),
  };
};
