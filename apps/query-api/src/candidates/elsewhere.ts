import { leavesOf, type Criteria, type Leaf } from '#libs/criteria';
import { bandSql, bandsSql, ceilingSql, engagement, heatSql, mostSql, type Standings } from '#projections/engagement';
import { contactSql, relationship } from '#projections/relationship';
import type { Elsewhere, TalentSort } from '#projections/talent-search';

/** What other read models tell a search; bands and warmth by one model. */
export const elsewhereBy = (by: Standings): Elsewhere => ({
  contact: contactSql,
  band: (...asked) => bandsSql(by, ...asked),
  warmth: {
    table: `read.${by.scores.name}`,
    points: (...asked) => heatSql(by, ...asked),
    ceiling: ceilingSql,
    most: (...asked) => mostSql(by, ...asked),
    band: bandSql,
  },
});

const asksBand = (leaf: Leaf): boolean => 'attribute' in leaf && leaf.attribute === 'band';

/** Whether the answer depends on how people are scored. */
export const asksScores = (where: Criteria | undefined, by: TalentSort | undefined, grid = false): boolean =>
  grid || by === 'warmth' || (where !== undefined && leavesOf(where).some(({ leaf }) => asksBand(leaf)));

/** The read models, beside that of talent search, that a search asks. */
export const othersAsked = (
  where: Criteria | undefined,
  by: TalentSort | undefined,
  grid = false,
): readonly string[] => {
  const leaves = where ? leavesOf(where).map(({ leaf }) => leaf) : [];
  return [
    ...(leaves.some((leaf) => 'consent' in leaf) ? [relationship.name] : []),
    ...(asksScores(where, by, grid) ? [engagement.name] : []),
  ];
};
