import { leavesOf, type Criteria } from '#libs/criteria';
import { contactSql, relationship } from '#projections/relationship';
import type { Elsewhere } from '#projections/talent-search';

/** What other read models tell a search. */
export const elsewhere: Elsewhere = { contact: contactSql };

/** The read models, beside that of talent search, that criteria ask. */
export const othersAsked = (where: Criteria | undefined): readonly string[] =>
  where && leavesOf(where).some(({ leaf }) => 'consent' in leaf) ? [relationship.name] : [];
