import type { Criteria, CriteriaOrigin } from '#libs/criteria';
import type { FieldError } from '#libs/http';
import { instantOf } from '#libs/http';
import { err, ok, type Result } from '#libs/kernel';
import { searchErrors, type AskedSearch } from '#libs/search-request';
import type { TalentCriteria } from '#projections/talent-search';
import { given } from '../plain.js';

/** A checked request as the read model takes it, or where it contradicts itself. */
export const criteriaOf = (
  asked: AskedSearch,
  origin: CriteriaOrigin = 'request',
): Result<TalentCriteria, FieldError[]> => {
  const errors = searchErrors(asked, origin);
  if (errors.length > 0) return err(errors);
  const { text, title, skills, tags, location, near, interest, source, owner, lastHumanContact, experienceYears } =
    asked;
  const { before, after, never } = lastHumanContact ?? {};
  return ok(
    given({
      text,
      title,
      skills: skills && given({ all: skills.all?.map(given), any: skills.any?.map(given) }),
      tags: tags && given(tags),
      location: location && given(location),
      near: near && given(near),
      interest:
        interest &&
        given({
          ...interest,
          expressedFrom: instantOf(interest.expressedFrom),
          expressedTo: instantOf(interest.expressedTo),
        }),
      source: source && given(source),
      owner,
      lastHumanContact: lastHumanContact && given({ before: instantOf(before), after: instantOf(after), never }),
      experienceYears: experienceYears && given(experienceYears),
      where: asked.where as Criteria | undefined,
    }),
  );
};
