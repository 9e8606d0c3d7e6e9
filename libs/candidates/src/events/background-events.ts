import { closed, firstVersion, narrative, word } from '#libs/event-fields';
import { Type, type Static } from 'typebox';

/** An ISO 8601 date as far as it's known: a year, a month, or a day. */
export const PARTIAL_DATE = '^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$';
const partialDate = () => Type.String({ pattern: PARTIAL_DATE });

/** Without `until` it isn't known to have ended; without `from` it isn't known when it began. */
const period = { from: Type.Optional(partialDate()), until: Type.Optional(partialDate()) };

const position = closed({
  employer: word(),
  title: word(),
  ...period,
  description: Type.Optional(narrative(5_000)),
});
const workHistoryChanged = closed({ positions: Type.Array(position, { maxItems: 100 }) });
/** The complete new list of what somebody worked as, in the order in which it was told. */
export const candidateWorkHistoryChanged = firstVersion('candidate.work-history-changed', workHistoryChanged);

const studies = closed({
  institution: word(),
  degree: Type.Optional(word()),
  field: Type.Optional(word()),
  ...period,
  description: Type.Optional(narrative(5_000)),
});
const educationChanged = closed({ education: Type.Array(studies, { maxItems: 50 }) });
/** The complete new list of what somebody learned where. */
export const candidateEducationChanged = firstVersion('candidate.education-changed', educationChanged);

export const backgroundEventDefinitions = [candidateWorkHistoryChanged, candidateEducationChanged] as const;

export type Position = Static<typeof position>;
export type Studies = Static<typeof studies>;
