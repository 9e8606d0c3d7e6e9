import { leavesOf, type Criteria, type Leaf } from '#libs/criteria';
import { bandsSql, ceilingSql, engagement, heatSql, mostSql } from '#projections/engagement';
import { contactSql, relationship } from '#projections/relationship';
import type { Elsewhere, TalentSort } from '#projections/talent-search';

/** What other read models tell a search. */
export const elsewhere: Elsewhere = {
  contact: contactSql,
  band: bandsSql,
  warmth: { table: 'read.engagement_scores', points: heatSql, ceiling: ceilingSql, most: mostSql },
};

const asksBand = (leaf: Leaf): boolean => 'attribute' in leaf && leaf.attribute === 'band';

/** The read models, beside that of talent search, that a search asks. */
export const othersAsked = (where: Criteria | undefined, by: TalentSort | undefined): readonly string[] => {
  const leaves = where ? leavesOf(where).map(({ leaf }) => leaf) : [];
  return [
    ...(leaves.some((leaf) => 'consent' in leaf) ? [relationship.name] : []),
    ...(by === 'warmth' || leaves.some(asksBand) ? [engagement.name] : []),
  ];
};
