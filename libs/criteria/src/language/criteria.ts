import { leafSchemas, type Leaf } from './leaves.js';

/** Whom one means. Conditions, combined. */
export type Criteria = Leaf | AllOf | AnyOf | Not;
export interface AllOf {
  readonly and: readonly Criteria[];
}
export interface AnyOf {
  readonly or: readonly Criteria[];
}
export interface Not {
  readonly not: Criteria;
}

/**
 * What criteria may come to, so that evaluating them for one person stays under a millisecond or so. `values` is of all lists
 * together, and of criteria that come in: some that were stored before there was this bound may have more.
 */
export const limits = { depth: 12, conditions: 100, values: 1_000 } as const;

const several = { type: 'array', minItems: 1, maxItems: limits.conditions, items: { $ref: '#/$defs/criteria' } };
const only = (member: string, schema: object): object => ({
  type: 'object',
  properties: { [member]: schema },
  required: [member],
  additionalProperties: false,
});

/** The language as JSON schema (2020-12). Limits on the whole aren't in it; `parseCriteria` knows them. */
export const criteriaSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Criteria',
  description: 'Whom one means: for search, segments, campaigns and automation alike.',
  $ref: '#/$defs/criteria',
  $defs: {
    criteria: {
      oneOf: [
        only('and', several),
        only('or', several),
        only('not', { $ref: '#/$defs/criteria' }),
        ...Object.values(leafSchemas),
      ],
    },
  },
});
