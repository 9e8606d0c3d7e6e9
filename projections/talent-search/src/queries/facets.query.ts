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

/** What's counted together: most who agree in one of a set agree in the others, or there are few combinations of them. */
const kin: readonly (readonly ScalarName[])[] = [
  ['city', 'country', 'experience'],
  ['source', 'sourceName', 'availability'],
  ['employer'],
  ['owner'],
];

interface Column {
  readonly name: string;
  /** Of `t`. */
  readonly value: string;
}

/**
 * `alike`: those found by each set of these columns, in one pass with a hash table a set, with how many `people` each row is.
 * Many have the very same values, so that far fewer rows are left to count each column by than were found.
 */
const alikeSql = (sets: readonly (readonly Column[])[], also: readonly string[], where: readonly string[]): string => {
  const columns = sets.flat();
  const names = columns.map(({ name }) => name).join(', ');
  const found = `SELECT t.candidate_id, ${columns.map(({ name, value }) => `${value} AS ${name}`).join(', ')}
    FROM ${allPeople}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`;
  return `WITH alike AS MATERIALIZED (
    SELECT ${[names, ...also].join(', ')}, count(*) AS people, grouping(${names}) AS apart FROM (${found}) found
    GROUP BY GROUPING SETS (${sets.map((set) => `(${set.map(({ name }) => name).join(', ')})`).join(', ')}))`;
};

/** What `apart` is, in bits, of the rows by the set that has this column. */
const apart = (sets: readonly (readonly Column[])[], column: string): number => {
  const own = sets.find((set) => set.some(({ name }) => name === column));
  const bits = sets.flatMap((set) => set.map(() => (set === own ? '0' : '1')));
  return Number.parseInt(bits.join(''), 2);
};

/** Labels are those of somebody with the value, looked up for the few values that are shown. */
const scalarSql = (facets: readonly ScalarName[], where: readonly string[]): string => {
  const sets = kin
    .map((set) =>
      set.filter((facet) => facets.includes(facet)).map((name) => ({ name: `"${name}"`, value: scalar[name].key })),
    )
    .filter((set) => set.length > 0);
  const each = facets.map(
    (
      facet,
    ) => `(SELECT '${facet}' AS facet, "${facet}" AS value, sum(people)::integer AS count, any_value(somebody) AS somebody
      FROM alike WHERE apart = ${apart(sets, `"${facet}"`)} AND "${facet}" IS NOT NULL
      GROUP BY "${facet}" ORDER BY count DESC, value LIMIT ${VALUES})`,
  );
  const shown = facets.flatMap((facet) => {
    const one: { readonly key: string; readonly label?: string } = scalar[facet];
    return one.label === undefined ? [] : [`WHEN '${facet}' THEN ${one.label}`];
  });
  const label = shown.length === 0 ? 'NULL' : `CASE c.facet ${shown.join(' ')} END`;
  return `${alikeSql(sets, ['any_value(candidate_id) AS somebody'], where)}
    SELECT c.facet, c.value, ${label} AS label, c.count
    FROM (${each.join(' UNION ALL ')}) c LEFT JOIN read.talent l ON l.candidate_id = c.somebody
    ORDER BY c.count DESC, c.value`;
};

/** Everybody's are taken apart only once they're counted: that takes half as long. */
const severalSql = (facets: readonly SeveralName[], where: readonly string[]): string => {
  const sets = facets.map((facet) => [{ name: several[facet], value: `t.${several[facet]}` }]);
  const each = facets.map(
    (facet) => `(SELECT '${facet}' AS facet, value, NULL AS label, sum(people)::integer AS count
      FROM alike, unnest(${several[facet]}) AS value WHERE apart = ${apart(sets, several[facet])}
      GROUP BY value ORDER BY count DESC, value LIMIT ${VALUES})`,
  );
  return `${alikeSql(sets, [], where)} ${each.join(' UNION ALL ')}`;
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
