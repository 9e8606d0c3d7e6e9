import { canonicalSkill, occupationTitle } from '#libs/taxonomy';
import { Parameters, type SqlExecutor } from '#libs/read-store';
import { conditions } from './conditions.js';
import type { CriteriaScope } from './criteria-sql.js';
import type { TalentCriteria } from './criteria.js';
import { allPeople } from './person.js';

/** What a person has one of: what of `t` is counted, and how whoever reads it would write it. */
const scalar = {
  city: { key: 't.city_key', label: "coalesce(l.place->>'city', l.city)" },
  country: { key: 't.country_key' },
  employer: { key: 't.employer_key', label: 'l.employer' },
  owner: { key: 't.owner' },
  source: { key: 't.source_kind' },
  sourceName: { key: 't.source_name_key', label: 'l.source_name' },
  availability: { key: 't.availability' },
  experience: {
    key: `CASE WHEN t.experience_months < 36 THEN '0-2' WHEN t.experience_months < 72 THEN '3-5'
      WHEN t.experience_months < 120 THEN '6-9' WHEN t.experience_months >= 120 THEN '10+' END`,
  },
} as const satisfies Record<string, { readonly key: string; readonly label?: string }>;

/** What a person may have several of: columns of `t`. */
const several = {
  occupations: 'occupations',
  skills: 'skill_keys',
  tags: 'tags',
  interests: 'interest_keys',
  languages: 'languages',
} as const;

type ScalarName = keyof typeof scalar;
type SeveralName = keyof typeof several;
export type FacetName = ScalarName | SeveralName;

const scalarNames = Object.keys(scalar) as ScalarName[];
const severalNames = Object.keys(several) as SeveralName[];
export const facetNames: readonly FacetName[] = [...scalarNames, ...severalNames];

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

interface Counted {
  readonly facet: FacetName;
  readonly value: string;
  readonly label: string | null;
  readonly count: number;
}

const labels: Partial<Readonly<Record<FacetName, (value: string) => string | undefined>>> = {
  skills: (value) => canonicalSkill(value)?.label,
  occupations: occupationTitle,
};

const VALUES = 20;

/** Those found, with so much of each. */
const found = (columns: readonly string[], where: readonly string[]): string =>
  `SELECT ${columns.join(', ')} FROM ${allPeople}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`;

/**
 * All of them in one pass over those found, whose rows are wide: a hash table each. Labels are those of somebody with the
 * value, looked up for the few values that are shown.
 */
const scalarSql = (facets: readonly ScalarName[], where: readonly string[]): string => {
  const keys = facets.map((facet, n) => `${scalar[facet].key} AS k${n}`);
  const which = facets.map((facet, n) => `WHEN grouping(k${n}) = 0 THEN '${facet}'`).join(' ');
  const each = facets.map((_, n) => `k${n}`);
  const shown = facets.flatMap((facet) => {
    const one: { readonly key: string; readonly label?: string } = scalar[facet];
    return one.label === undefined ? [] : [`WHEN '${facet}' THEN ${one.label}`];
  });
  const label = shown.length === 0 ? 'NULL' : `CASE c.facet ${shown.join(' ')} END`;
  return `SELECT c.facet, c.value, ${label} AS label, c.count
    FROM (
      SELECT facet, value, count, somebody, row_number() OVER (PARTITION BY facet ORDER BY count DESC, value) AS place
      FROM (
        SELECT CASE ${which} END AS facet, coalesce(${each.join(', ')}) AS value, count(*)::integer AS count, any_value(id) AS somebody
        FROM (${found(['t.candidate_id AS id', ...keys], where)}) found
        GROUP BY GROUPING SETS (${each.map((key) => `(${key})`).join(', ')})
      ) grouped WHERE value IS NOT NULL
    ) c LEFT JOIN read.talent l ON l.candidate_id = c.somebody
    WHERE c.place <= ${VALUES} ORDER BY c.place`;
};

/**
 * Many have the very same several: those are counted in one pass over those found, a hash table each, and then taken apart
 * once. That takes half as long as taking everybody's apart.
 */
const severalSql = (facets: readonly SeveralName[], where: readonly string[]): string => {
  const columns = facets.map((facet) => several[facet]);
  const list = columns.join(', ');
  const sets = columns.map((column) => `(${column})`).join(', ');
  const all = 2 ** columns.length - 1;
  const each = facets.map(
    (facet, n) => `(SELECT '${facet}' AS facet, value, NULL AS label, sum(people)::integer AS count
      FROM same, unnest(${several[facet]}) AS value WHERE not_grouped_by = ${all - 2 ** (columns.length - 1 - n)}
      GROUP BY value ORDER BY count DESC, value LIMIT ${VALUES})`,
  );
  return `WITH same AS MATERIALIZED (
      SELECT ${list}, count(*) AS people, grouping(${list}) AS not_grouped_by
      FROM (${found(
        columns.map((column) => `t.${column}`),
        where,
      )}) found GROUP BY GROUPING SETS (${sets}))
    ${each.join(' UNION ALL ')}`;
};

/** How those whom a search finds divide up: the 20 commonest values of each of these facets. */
export const countFacets = async (
  sql: SqlExecutor,
  criteria: TalentCriteria,
  facets: readonly FacetName[],
  scope: Omit<CriteriaScope, 'p'>,
): Promise<readonly Facet[]> => {
  const count = async <Name extends FacetName>(
    names: readonly Name[],
    statement: (names: readonly Name[], where: readonly string[]) => string,
  ): Promise<Counted[]> => {
    const asked = names.filter((name) => facets.includes(name));
    if (asked.length === 0) return [];
    const p = new Parameters();
    return sql.query<Counted>(statement(asked, conditions(criteria, { ...scope, p })), p.values);
  };
  // Side by side: there are connections and cores for it.
  const rows = (await Promise.all([count(scalarNames, scalarSql), count(severalNames, severalSql)])).flat();
  return facets.map((facet) => ({
    facet,
    values: rows
      .filter((row) => row.facet === facet)
      .map(({ value, label, count: n }) => ({ value, label: labels[facet]?.(value) ?? label ?? value, count: n })),
  }));
};
