import { canonicalSkill, occupationTitle } from '#libs/taxonomy';
import { Parameters, type SqlExecutor } from '#libs/read-store';
import { conditions } from './conditions.js';
import type { CriteriaScope } from './criteria-sql.js';
import type { TalentCriteria } from './criteria.js';
import { people } from './person.js';

export const facetNames = [
  'city',
  'country',
  'employer',
  'owner',
  'source',
  'sourceName',
  'availability',
  'experience',
  'occupations',
  'skills',
  'tags',
  'interests',
  'languages',
] as const;
export type FacetName = (typeof facetNames)[number];

/** How many of those found have a value; as criteria take it, and as people read it. */
export interface FacetValue {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

export interface Facet {
  readonly facet: FacetName;
  /** The commonest first. */
  readonly values: readonly FacetValue[];
}

/** How a facet counts, as SQL over those found. */
interface Counted {
  /** Columns of `people` that it reads. */
  readonly columns: readonly string[];
  readonly value: string;
  /** Of the group. */
  readonly label?: string;
  /** What a person may have several of. */
  readonly each?: string;
}

const plain = (column: string, label?: string): Counted => ({
  columns: [column, ...(label === undefined ? [] : [label])],
  value: column,
  ...(label === undefined ? {} : { label: `min(${label})` }),
});
const several = (column: string, value = 'one'): Counted => ({ columns: [column], value, each: column });

const years = `CASE WHEN experience_months < 36 THEN '0-2' WHEN experience_months < 72 THEN '3-5'
  WHEN experience_months < 120 THEN '6-9' WHEN experience_months >= 120 THEN '10+' END`;

const counted: Readonly<Record<FacetName, Counted>> = {
  city: { columns: ['city_key', 'city', 'place'], value: 'city_key', label: "min(coalesce(place->>'city', city))" },
  country: plain('country_key'),
  employer: plain('employer_key', 'employer'),
  owner: plain('owner'),
  source: plain('source_kind'),
  sourceName: plain('source_name_key', 'source_name'),
  availability: plain('availability'),
  experience: { columns: ['experience_months'], value: years },
  occupations: several('occupations'),
  // Names as they were written stand beside the keys of the taxonomy.
  skills: several('skill_terms', "CASE WHEN one LIKE '=%' THEN substr(one, 2) END"),
  tags: several('tags'),
  interests: several('interest_keys'),
  languages: several('languages'),
};

const labels: Partial<Readonly<Record<FacetName, (value: string) => string | undefined>>> = {
  skills: (value) => canonicalSkill(value)?.label,
  occupations: occupationTitle,
};

const VALUES = 20;

const countOf = (facet: FacetName): string => {
  const { value, label, each } = counted[facet];
  const from = each === undefined ? 'found' : `found, unnest(${each}) one`;
  return `(SELECT '${facet}' AS facet, ${value} AS value, ${label ?? value} AS label, count(*)::integer AS count
    FROM ${from} WHERE ${value} IS NOT NULL GROUP BY ${value} ORDER BY count DESC, value LIMIT ${VALUES})`;
};

/** How those whom a search finds divide up: the 20 commonest values of each of these facets, in one statement. */
export const countFacets = async (
  sql: SqlExecutor,
  criteria: TalentCriteria,
  facets: readonly FacetName[],
  scope: Omit<CriteriaScope, 'p'>,
): Promise<readonly Facet[]> => {
  if (facets.length === 0) return [];
  const p = new Parameters();
  const where = conditions(criteria, { ...scope, p });
  const columns = [...new Set(facets.flatMap((facet) => counted[facet].columns))].map((column) => `t.${column}`);
  const rows = await sql.query<{ facet: FacetName; value: string; label: string | null; count: number }>(
    `WITH found AS MATERIALIZED (SELECT ${columns.join(', ')} FROM ${people}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`})
     ${facets.map(countOf).join(' UNION ALL ')}`,
    p.values,
  );
  return facets.map((facet) => ({
    facet,
    values: rows
      .filter((row) => row.facet === facet)
      .map(({ value, label, count }) => ({ value, label: labels[facet]?.(value) ?? label ?? value, count })),
  }));
};
