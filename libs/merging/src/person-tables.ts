import { defineTable, type TableSpec } from '#libs/projecting';

type Aliases = { readonly candidate_id: 'uuid'; readonly person_id: 'uuid' };
type People = { readonly person_id: 'uuid'; readonly merges: 'jsonb' };

/** Who is one person, as one read model knows it: it's made of events alone, and not of another read model. */
export interface PersonTables {
  /** One row for each id of somebody who has several. */
  readonly aliases: TableSpec<Aliases>;
  /** One row for somebody who has several ids. */
  readonly people: TableSpec<People>;
}

/** @param name what the names of the two tables begin with */
export const personTables = (name: string): PersonTables => ({
  aliases: defineTable({
    name: `${name}_aliases`,
    columns: {
      candidate_id: 'uuid',
      /** The id that the person goes by; their own for one of them. */
      person_id: 'uuid',
    },
    key: ['candidate_id'],
    indexes: ['(person_id)'],
  }),
  people: defineTable({
    name: `${name}_people`,
    columns: {
      person_id: 'uuid',
      /** `[{ mergeId, survivorId, mergedId, position }]`: the merges that stand, in their order. */
      merges: 'jsonb',
    },
    key: ['person_id'],
    indexes: [],
  }),
});
