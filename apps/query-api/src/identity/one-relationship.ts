import type { Relationship } from '#projections/relationship';

type Permission = Relationship['permissions'][number];
type Obstacle = Permission['obstacles'][number];

/** That nothing was said, or that what was said ran out: a consent under another id makes up for it. */
const absences: readonly string[] = ['no-consent', 'consent-expired'];
const gravestFirst: readonly string[] = [
  'do-not-contact',
  'complained',
  'snoozed',
  'unsubscribed',
  'consent-withdrawn',
  'consent-expired',
  'no-consent',
];

const isAbsence = ({ code }: Obstacle): boolean => absences.includes(code);

/** Each obstacle once, as it has been there longest. */
const eachOnce = (obstacles: readonly Obstacle[]): Obstacle[] => {
  const byCode = new Map<string, Obstacle>();
  for (const one of obstacles) {
    const other = byCode.get(one.code);
    if (!other || (one.until ?? '') > (other.until ?? '') || (one.since ?? '') < (other.since ?? ''))
      byCode.set(one.code, one);
  }
  return [...byCode.values()].sort((x, y) => gravestFirst.indexOf(x.code) - gravestFirst.indexOf(y.code));
};

/** What was said against it under either id counts; what was only never said under one of them doesn't. */
const onePermission = (each: readonly [Permission, ...Permission[]]): Permission => {
  const [{ allowed: _allowed, obstacles: _obstacles, consent: _consent, ...occasion }] = each;
  const inForce = each
    .filter(({ consent, obstacles }) => consent && !obstacles.some(isAbsence))
    .map(({ consent }) => consent)
    .sort((x, y) => ((x?.at ?? '') < (y?.at ?? '') ? 1 : -1));
  const all = eachOnce(each.flatMap(({ obstacles }) => obstacles));
  const telling = all.filter(({ code }) => code !== 'no-consent');
  const obstacles =
    inForce.length > 0 ? all.filter((one) => !isAbsence(one)) : telling.length > 0 && all.length > 1 ? telling : all;
  const consent = inForce[0] ?? each.find((one) => one.consent)?.consent;
  return { ...occasion, allowed: obstacles.length === 0, obstacles, ...(consent ? { consent } : {}) };
};

/** What was said last. */
const latest = <T extends { readonly at: Date }>(stated: readonly T[]): T | null =>
  stated.toSorted((x, y) => y.at.getTime() - x.at.getTime())[0] ?? null;

/** How things stand with a person of whom there's a relationship under each of their ids. */
export const oneRelationship = (each: readonly [Relationship, ...Relationship[]]): Relationship => {
  const [first, ...others] = each;
  if (others.length === 0) return first;
  return {
    at: first.at,
    permissions: first.permissions.map((permission, n) =>
      onePermission([permission, ...others.flatMap(({ permissions }) => permissions[n] ?? [])]),
    ),
    owners: each.flatMap(({ owners }) => owners).sort((x, y) => x.at.getTime() - y.at.getTime()),
    availability: latest(each.flatMap(({ availability }) => availability ?? [])),
    languages: each.find(({ languages }) => languages.length > 0)?.languages ?? [],
    workHistory: each.flatMap(({ workHistory }) => workHistory),
    education: each.flatMap(({ education }) => education),
    attachments: each.flatMap(({ attachments }) => attachments),
    silverMedallist: latest(each.flatMap(({ silverMedallist }) => silverMedallist ?? [])),
  };
};
