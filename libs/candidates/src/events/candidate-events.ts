import {
  closed,
  contact,
  firstVersion,
  identity,
  laterVersion,
  narrative,
  oneOf,
  opaqueId,
  orNull,
  unchanged,
  word,
} from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type, type Static } from 'typebox';
import { candidateAttachmentsChanged } from './attachment-events.js';
import { customValueEventDefinitions } from './custom-field-events.js';
import { medallistEventDefinitions } from './medallist-events.js';
import { noteEventDefinitions } from './note-events.js';
import { backgroundEventDefinitions } from './background-events.js';
import { relationshipEventDefinitions } from './relationship-events.js';
import { normalised } from './normalised.js';

export const contactKinds = ['email', 'phone', 'profile-url'] as const;
export const sourceKinds = [
  'careers-page',
  'job-board',
  'social-media',
  'referral',
  'event',
  'agency',
  'sourced',
  'campaign',
  'import',
  'other',
] as const;

export const ownerKinds = ['person', 'team'] as const;

const name = closed({ full: identity(), given: Type.Optional(identity()), family: Type.Optional(identity()) });

/** Emails in lower case, phones in E.164 where they could be parsed, URLs without trailing slash. */
const contactPoint = closed({
  kind: oneOf(contactKinds),
  value: contact(),
  label: Type.Optional(word(40)),
});

/** `years` of experience with the skill; fractions allowed. */
const skill = closed({ name: word(100), years: Type.Optional(Type.Number({ minimum: 0, maximum: 80 })) });

/** `country` is an ISO 3166-1 alpha-2 code. */
const location = closed({
  city: Type.Optional(word(100)),
  region: Type.Optional(word(100)),
  country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
});

/** `kind` from a closed list for comparisons; `name` as the business calls it ("LinkedIn", "Careers page"). */
export const sourceSchema = closed({ kind: oneOf(sourceKinds), name: word(100) });

/** The id that another system knows the person by. */
const externalId = closed({ system: word(60), id: contact(200) });

const tags = Type.Array(word(60), { maxItems: 200, uniqueItems: true });
const freeTags = Type.Array(narrative(100), { maxItems: 200 });

const profile = {
  name: Type.Optional(name),
  title: Type.Optional(word()),
  employer: Type.Optional(word()),
  summary: Type.Optional(narrative()),
  experienceYears: Type.Optional(Type.Number({ minimum: 0, maximum: 80 })),
  location: Type.Optional(location),
};

const added = closed({
  ...profile,
  contactPoints: Type.Array(contactPoint, { maxItems: 50 }),
  skills: Type.Array(skill, { maxItems: 300 }),
  interests: Type.Array(word(100), { maxItems: 100, uniqueItems: true }),
  tags,
  freeTags,
  externalIds: Type.Array(externalId, { maxItems: 50 }),
  source: Type.Optional(sourceSchema),
  owner: Type.Optional(opaqueId()),
  normalised: Type.Optional(normalised),
});
/** A person is known from now on. Lists are complete; an absent field is unknown. Since version 2 with what's `normalised`. */
export const candidateAdded = laterVersion('candidate.added', added, { 1: unchanged });

const profileChanged = closed({
  name: Type.Optional(orNull(name)),
  title: Type.Optional(orNull(word())),
  employer: Type.Optional(orNull(word())),
  summary: Type.Optional(orNull(narrative())),
  experienceYears: Type.Optional(orNull(Type.Number({ minimum: 0, maximum: 80 }))),
  location: Type.Optional(orNull(location)),
  normalised: Type.Optional(normalised),
});
/** Only the fields that changed, each with its whole new value; null clears. Since version 2 with what's `normalised`. */
export const candidateProfileChanged = laterVersion('candidate.profile-changed', profileChanged, { 1: unchanged });

const contactPointsChanged = closed({ contactPoints: Type.Array(contactPoint, { maxItems: 50 }) });
/** The complete new list. */
export const candidateContactPointsChanged = firstVersion('candidate.contact-points-changed', contactPointsChanged);

const skillsChanged = closed({
  skills: Type.Array(skill, { maxItems: 300 }),
  normalised: Type.Optional(normalised),
});
/** The complete new list. Since version 2 with what's `normalised`. */
export const candidateSkillsChanged = laterVersion('candidate.skills-changed', skillsChanged, { 1: unchanged });

const interestsChanged = closed({ interests: Type.Array(word(100), { maxItems: 100, uniqueItems: true }) });
/** The complete new list of standing interests; `interest.expressed` is the dated fact. */
export const candidateInterestsChanged = firstVersion('candidate.interests-changed', interestsChanged);

const tagChange = closed({ tags, freeTags });
/** `tags` come from the controlled list; `freeTags` are whatever somebody typed, so they're sealed. */
export const candidateTagged = firstVersion('candidate.tagged', tagChange);
export const candidateUntagged = firstVersion('candidate.untagged', tagChange);

const ownerAssigned = closed({
  owner: orNull(opaqueId()),
  /** Absent where nobody said which. */
  kind: Type.Optional(oneOf(ownerKinds)),
  /** Why it was handed over. */
  reason: Type.Optional(narrative(2_000)),
});
/**
 * The person or team who owns the relationship; null: nobody does any more. Who handed it over is the event's actor. Since
 * version 2 with which of the two it is, and why.
 */
export const candidateOwnerAssigned = laterVersion('candidate.owner-assigned', ownerAssigned, { 1: unchanged });

const sourceChanged = closed({ source: sourceSchema });
export const candidateSourceChanged = firstVersion('candidate.source-changed', sourceChanged);

const externalIdLinked = closed({ externalId });
export const candidateExternalIdLinked = firstVersion('candidate.external-id-linked', externalIdLinked);

export const candidateEventDefinitions = [
  candidateAdded,
  candidateProfileChanged,
  candidateContactPointsChanged,
  candidateSkillsChanged,
  candidateInterestsChanged,
  candidateTagged,
  candidateUntagged,
  candidateOwnerAssigned,
  candidateSourceChanged,
  candidateExternalIdLinked,
  ...backgroundEventDefinitions,
  candidateAttachmentsChanged,
  ...noteEventDefinitions,
  ...medallistEventDefinitions,
  ...customValueEventDefinitions,
  ...relationshipEventDefinitions,
] as const;

/** What was decided about a person: the events of a `candidate-<uuid>` stream. */
export type CandidateEvent = EventOf<(typeof candidateEventDefinitions)[number]>;
export type CandidateAdded = EventOf<typeof candidateAdded>['data'];
export type ContactPoint = Static<typeof contactPoint>;
export type Skill = Static<typeof skill>;
export type Location = Static<typeof location>;
export type Source = Static<typeof sourceSchema>;
export type Ownership = Static<typeof ownerAssigned>;
export type PersonName = Static<typeof name>;
