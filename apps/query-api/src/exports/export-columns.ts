import type { Person } from '#projections/talent-search';

/** A value of an export, as JSON has it. */
type Value = string | number | boolean | null | readonly string[];

const columns = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  title: ({ title }) => title,
  employer: ({ employer }) => employer,
  city: ({ location }) => location.city,
  region: ({ location }) => location.region,
  country: ({ location }) => location.country,
  experienceYears: ({ experienceYears }) => experienceYears,
  skills: ({ skills }) => skills.map(({ name }) => name),
  tags: ({ tags }) => tags,
  interests: ({ interests }) => interests,
  availability: ({ availability }) => availability,
  languages: ({ languages }) => languages,
  emails: ({ emails }) => emails,
  phones: ({ phones }) => phones,
  profileUrls: ({ profileUrls }) => profileUrls,
  sourceKind: ({ source }) => source?.kind ?? null,
  sourceName: ({ source }) => source?.name ?? null,
  owner: ({ owner }) => owner,
  addedAt: ({ addedAt }) => addedAt.toISOString(),
  lastHumanContactAt: ({ lastHumanContactAt }) => lastHumanContactAt?.toISOString() ?? null,
  lastInteractionAt: ({ lastInteractionAt }) => lastInteractionAt?.toISOString() ?? null,
} satisfies Readonly<Record<string, (person: Person) => Value>>;

type StandingColumn = keyof typeof columns;
/** `custom:` and the key of a field. */
type CustomColumn = `custom:${string}`;
export type ExportColumn = StandingColumn | CustomColumn;
/** In the order in which an export has them, unless it's asked for another. */
export const exportColumns = Object.keys(columns) as readonly StandingColumn[];

const CUSTOM = 'custom:';
/** The key of the custom field that a column shows; undefined for another column. */
export const customFieldOf = (column: string): string | undefined =>
  column.startsWith(CUSTOM) ? column.slice(CUSTOM.length) : undefined;

/** A person's value in a column: null where it isn't known, `[erased]` where it was erased. */
export const valueOf = (person: Person, column: ExportColumn): Value => {
  const key = customFieldOf(column);
  if (key === undefined) return columns[column as StandingColumn](person);
  return person.customFields.find(({ field }) => field === key)?.value ?? null;
};
