import { defineTable, type RowOf } from '#libs/projecting';

/** One row a candidate: what's told of them that's compared, as it was told. */
export const duplicatePeople = defineTable({
  name: 'duplicate_people',
  columns: {
    candidate_id: 'uuid',
    /** A PersonRecord without its id. */
    record: 'jsonb',
    owner: 'text?',
  },
  key: ['candidate_id'],
  indexes: ['(owner)'],
});

/** A row of it. */
export type DuplicatePerson = RowOf<typeof duplicatePeople.columns>;

/** One row a key of which two candidates have to share one to be compared. */
export const duplicateKeys = defineTable({
  name: 'duplicate_keys',
  columns: {
    /** 64 bits of a digest: libs/identity, `reviewKeys`. */
    key: 'bigint',
    /** Ids, in the order in which they came. */
    candidates: 'text[]',
    /** More had it than are worth comparing; it's never looked at again, and names nobody any more. */
    full: 'boolean',
  },
  key: ['key'],
  indexes: [],
});

/** One row a value: how many candidates have it. */
export const duplicateValues = defineTable({
  name: 'duplicate_values',
  columns: {
    field: 'text',
    /** In the form in which it's compared; empty: how many tell the field. */
    value: 'text',
    candidates: 'integer',
  },
  key: ['field', 'value'],
  indexes: [],
});

/** Two rows a pair of candidates that looks likely to be one person, or that belongs to a group of them; one from either side. */
export const duplicatePairs = defineTable({
  name: 'duplicate_pairs',
  columns: {
    candidate_id: 'uuid',
    other_id: 'uuid',
    /** What the fields say for their being one person, in hundredths of a bit, whoever else there is. */
    centibits: 'integer',
    /** `[{ field, verdict, bits }]`, which add up to it. They say which fields agree, not what's in them. */
    reasons: 'jsonb',
  },
  key: ['candidate_id', 'other_id'],
  indexes: ['(centibits DESC, candidate_id, other_id) WHERE candidate_id < other_id'],
});
