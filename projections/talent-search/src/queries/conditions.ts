import { monthsOf, MOST_TEXT_WORDS, skillMeant, textWords } from '#libs/criteria';
import type { Parameters } from '#libs/read-store';
import { criteriaSql, NOBODY, type CriteriaScope } from './criteria-sql.js';
import type { SkillCriterion, TalentCriteria } from './criteria.js';
import { fitGradeSql } from './fit-sql.js';
import { simpleCriteria } from './simple-criteria.js';

/** The words that are searched for. A search that was stored before more were refused may have more. */
export const askedText = (text: string): string[] => textWords(text).slice(0, MOST_TEXT_WORDS);

/** `%>` is true where a word of the text is like the word searched for: it forgives typing errors, and has an index. */
const textConditions = (text: string, p: Parameters): string[] => {
  const words = askedText(text);
  return words.length === 0 ? [NOBODY] : words.map((word) => `c.search_text %> ${p.add(word)}`);
};

const skillCondition = ({ name, minYears }: SkillCriterion, p: Parameters): string => {
  const asked = `${p.add(skillMeant(name))}::text[]`;
  const has = `c.skill_terms && ${asked}`;
  if (minYears === undefined) return has;
  return `(${has} AND EXISTS (SELECT FROM jsonb_array_elements(c.skills) s WHERE s->'keys' ?| ${asked} AND (s->>'years')::numeric >= ${p.add(minYears)}))`;
};

const contactConditions = ({ lastHumanContact }: TalentCriteria, p: Parameters): string[] => {
  const { before, after, never } = lastHumanContact ?? {};
  return [
    ...(before === undefined ? [] : [`a.last_human_contact_at < ${p.add(before)}`]),
    ...(after === undefined ? [] : [`a.last_human_contact_at >= ${p.add(after)}`]),
    ...(never ? ['a.last_human_contact_at IS NULL'] : []),
  ];
};

/** The conditions that a search comes to, over `people`. */
export const conditions = (criteria: TalentCriteria, scope: CriteriaScope): string[] => {
  const { p } = scope;
  const { text, skills, experienceYears, where, fit } = criteria;
  return [
    ...(text === undefined ? [] : textConditions(text, p)),
    ...[...simpleCriteria(criteria), ...(where ? [where] : [])].map((part) => criteriaSql(part, scope)),
    ...(skills?.all ?? []).filter(({ minYears }) => minYears !== undefined).map((skill) => skillCondition(skill, p)),
    ...(skills?.any?.length ? [`(${skills.any.map((skill) => skillCondition(skill, p)).join(' OR ')})`] : []),
    ...contactConditions(criteria, p),
    ...(fit?.grades === undefined ? [] : [`${fitGradeSql(fit.model, scope)} = ANY(${p.add(fit.grades)}::text[])`]),
    ...(experienceYears?.max === undefined ? [] : [`t.experience_months <= ${p.add(monthsOf(experienceYears.max))}`]),
  ];
};
