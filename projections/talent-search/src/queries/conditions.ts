import { normalise, titleWords } from '../search-text.js';
import { monthsBefore, type InterestCriterion, type SkillCriterion, type TalentCriteria } from './criteria.js';

/** Collects values, and names their places in the statement. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

const keys = (words: readonly string[]): string[] => words.map(normalise);

const skillCondition = ({ name, minYears }: SkillCriterion, p: Parameters): string => {
  const key = p.add([normalise(name)]);
  const has = `skill_keys @> ${key}::text[]`;
  if (minYears === undefined) return has;
  return `(${has} AND EXISTS (SELECT FROM jsonb_array_elements(skills) s WHERE s->>'key' = (${key}::text[])[1] AND (s->>'years')::numeric >= ${p.add(minYears)}))`;
};

const interestCondition = (interest: InterestCriterion, now: Date, p: Parameters): string => {
  const { name, role, expressedMonthsAgo } = interest;
  const from = expressedMonthsAgo ? monthsBefore(now, expressedMonthsAgo.from) : interest.expressedFrom;
  const to = expressedMonthsAgo ? monthsBefore(now, expressedMonthsAgo.to) : interest.expressedTo;
  const expressed = [
    'i.candidate_id = t.candidate_id',
    ...(name === undefined ? [] : [`i.interest_key = ${p.add(normalise(name))}`]),
    ...(role === undefined ? [] : [`i.role_words @> ${p.add(titleWords(role))}::text[]`]),
    ...(from === undefined ? [] : [`i.expressed_at >= ${p.add(from)}`]),
    ...(to === undefined ? [] : [`i.expressed_at < ${p.add(to)}`]),
  ];
  const found = `EXISTS (SELECT FROM read.talent_interests i WHERE ${expressed.join(' AND ')})`;
  // Without a time, a standing interest of the profile is one too.
  const standing = name !== undefined && role === undefined && from === undefined && to === undefined;
  return standing ? `(${found} OR t.interest_keys @> ${p.add([normalise(name)])}::text[])` : found;
};

/** The words of a search text; each has to be found. */
export const textWords = (text: string): string[] => normalise(text).split(' ').filter(Boolean).slice(0, 12);

/** What has letters or digits nowhere is found nowhere. */
const NOBODY = 'false';

/** `%>` is true where a word of the text is like the word searched for: it forgives typing errors, and has an index. */
const textConditions = (text: string, p: Parameters): string[] => {
  const words = textWords(text);
  return words.length === 0 ? [NOBODY] : words.map((word) => `t.search_text %> ${p.add(word)}`);
};

const titleCondition = (title: string, p: Parameters): string => {
  const words = titleWords(title);
  return words.length === 0 ? NOBODY : `t.title_words @> ${p.add(words)}::text[]`;
};

/** The conditions that criteria come to, over `people`. `now` is what "months ago" counts from. */
export const conditions = (criteria: TalentCriteria, now: Date, p: Parameters): string[] => {
  const { text, title, skills, tags, location, interest, source, owner, lastHumanContact, experienceYears } = criteria;
  const found: string[] = [];
  if (text !== undefined) found.push(...textConditions(text, p));
  if (title !== undefined) found.push(titleCondition(title, p));
  for (const skill of skills?.all ?? []) found.push(skillCondition(skill, p));
  if (skills?.any?.length) found.push(`(${skills.any.map((skill) => skillCondition(skill, p)).join(' OR ')})`);
  if (tags?.all?.length) found.push(`t.tag_keys @> ${p.add(keys(tags.all))}::text[]`);
  if (tags?.any?.length) found.push(`t.tag_keys && ${p.add(keys(tags.any))}::text[]`);
  if (location?.city !== undefined) found.push(`t.city_key = ${p.add(normalise(location.city))}`);
  if (location?.region !== undefined) found.push(`t.region_key = ${p.add(normalise(location.region))}`);
  if (location?.country !== undefined) found.push(`t.country = ${p.add(location.country)}`);
  if (interest !== undefined) found.push(interestCondition(interest, now, p));
  if (source?.kind !== undefined) found.push(`t.source_kind = ${p.add(source.kind)}`);
  if (source?.name !== undefined) found.push(`t.source_name = ${p.add(source.name)}`);
  if (owner === null) found.push('t.owner IS NULL');
  else if (owner !== undefined) found.push(`t.owner = ${p.add(owner)}`);
  if (lastHumanContact?.before !== undefined) found.push(`a.last_human_contact_at < ${p.add(lastHumanContact.before)}`);
  if (lastHumanContact?.after !== undefined) found.push(`a.last_human_contact_at >= ${p.add(lastHumanContact.after)}`);
  if (lastHumanContact?.never) found.push('a.last_human_contact_at IS NULL');
  if (experienceYears?.min !== undefined)
    found.push(`t.experience_months >= ${p.add(Math.round(experienceYears.min * 12))}`);
  if (experienceYears?.max !== undefined)
    found.push(`t.experience_months <= ${p.add(Math.round(experienceYears.max * 12))}`);
  return found;
};
