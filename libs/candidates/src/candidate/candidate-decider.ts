import { err, ok, refusal, sameJson, type Decider, type Decision } from '#libs/kernel';
import type {
  CandidateAdded,
  CandidateEvent,
  ContactPoint,
  Location,
  Normalised,
  Ownership,
  PersonName,
  Skill,
  Source,
} from '../events/index.js';
import { decideCustomFields, type CustomFieldValue } from '../custom-fields/custom-field-values.js';
import { evolveCandidate, unknownCandidate, type Candidate, type KnownCandidate } from './candidate.js';
import { decideRelationship, type RelationshipChange } from '../relationship/relationship-decisions.js';

/** Absent: leave. Null: clear. Lists replace what's there; external ids are added. */
export interface CandidateUpdate {
  readonly name?: PersonName | null;
  readonly title?: string | null;
  readonly employer?: string | null;
  readonly summary?: string | null;
  readonly experienceYears?: number | null;
  readonly location?: Location | null;
  readonly contactPoints?: readonly ContactPoint[];
  readonly skills?: readonly Skill[];
  readonly interests?: readonly string[];
  readonly tags?: Tags;
  readonly externalIds?: readonly { readonly system: string; readonly id: string }[];
  readonly source?: Source;
  readonly owner?: string | null;
  /** Checked against what was declared. */
  readonly customFields?: readonly CustomFieldValue[];
  /** What a taxonomy makes of the title, the skills and the location above; each event gets its own part. */
  readonly normalised?: Normalised;
}

/** Tags of the controlled list, and what somebody typed. */
export interface Tags {
  readonly tags: readonly string[];
  readonly freeTags: readonly string[];
}

export type CandidateCommand =
  | { readonly kind: 'add'; readonly candidate: CandidateAdded; readonly customFields?: readonly CustomFieldValue[] }
  | { readonly kind: 'update'; readonly update: CandidateUpdate }
  | { readonly kind: 'tag'; readonly add: Tags; readonly remove: Tags }
  | { readonly kind: 'assign-owner'; readonly ownership: Ownership }
  | { readonly kind: 'change-relationship'; readonly change: RelationshipChange };

export const candidateUnknown = refusal('not-found', 'candidate-unknown', 'There is no candidate with this id.');
const candidateExists = refusal(
  'conflict',
  'candidate-exists',
  'There is a candidate with this id already. To change what is known, update it.',
);

const decide = (command: CandidateCommand, state: Candidate): Decision<CandidateEvent> => {
  if (command.kind === 'add') {
    return state.kind === 'unknown' ? comeWith(command.candidate, command.customFields) : err(candidateExists);
  }
  if (state.kind === 'unknown') return err(candidateUnknown);
  switch (command.kind) {
    case 'update':
      return update(command.update, state);
    case 'tag':
      return ok(tag(command.add, command.remove, state));
    case 'assign-owner':
      return ok(assignOwner(command.ownership, state));
    case 'change-relationship':
      return decideRelationship(command.change, state);
  }
};

/** With the values of custom fields, which are events of their own. */
const comeWith = (candidate: CandidateAdded, values: readonly CustomFieldValue[] = []): Decision<CandidateEvent> => {
  const own = decideCustomFields(values, { customFields: {} });
  return own.ok ? ok([{ type: 'candidate.added', data: candidate }, ...own.value]) : own;
};

const profileFields = ['name', 'title', 'employer', 'summary', 'experienceYears', 'location'] as const;

const titleParts = ['titleKey', 'occupations'] as const;

/** What was made of some of the fields; nothing where nothing was. */
const partsOf = (
  normalised: Normalised | undefined,
  parts: readonly (keyof Normalised)[],
): { normalised?: Normalised } => {
  if (!normalised) return {};
  const made = parts.filter((part) => normalised[part] !== undefined).map((part) => [part, normalised[part]]);
  const { taxonomyVersion } = normalised;
  return made.length > 0 ? { normalised: { taxonomyVersion, ...Object.fromEntries(made) } } : {};
};

/** One event for each part that really changes. */
const update = (wanted: CandidateUpdate, state: KnownCandidate): Decision<CandidateEvent> => {
  const own = decideCustomFields(wanted.customFields ?? [], state);
  return own.ok ? ok([...profileUpdate(wanted, state), ...own.value]) : own;
};

const profileUpdate = (wanted: CandidateUpdate, state: KnownCandidate): CandidateEvent[] => {
  const events: CandidateEvent[] = [];
  const profile = Object.fromEntries(
    profileFields
      .filter((field) => wanted[field] !== undefined && !sameJson(wanted[field] ?? undefined, state[field]))
      .map((field) => [field, wanted[field]]),
  );
  if (Object.keys(profile).length > 0) {
    const parts = [...(profile['title'] ? titleParts : []), ...(profile['location'] ? (['place'] as const) : [])];
    events.push({ type: 'candidate.profile-changed', data: { ...profile, ...partsOf(wanted.normalised, parts) } });
  }
  if (wanted.contactPoints && !sameJson(wanted.contactPoints, state.contactPoints)) {
    events.push({ type: 'candidate.contact-points-changed', data: { contactPoints: [...wanted.contactPoints] } });
  }
  if (wanted.skills && !sameJson(wanted.skills, state.skills)) {
    const data = { skills: [...wanted.skills], ...partsOf(wanted.normalised, ['skillKeys']) };
    events.push({ type: 'candidate.skills-changed', data });
  }
  if (wanted.interests && !sameJson(wanted.interests, state.interests)) {
    events.push({ type: 'candidate.interests-changed', data: { interests: [...wanted.interests] } });
  }
  if (wanted.tags) events.push(...replaceTags(wanted.tags, state));
  if (wanted.source && !sameJson(wanted.source, state.source)) {
    events.push({ type: 'candidate.source-changed', data: { source: wanted.source } });
  }
  const linked = [...state.externalIds];
  for (const externalId of wanted.externalIds ?? []) {
    if (linked.some((known) => sameJson(known, externalId))) continue;
    linked.push(externalId);
    events.push({ type: 'candidate.external-id-linked', data: { externalId } });
  }
  if (wanted.owner !== undefined) events.push(...assignOwner({ owner: wanted.owner }, state));
  return events;
};

const minus = (a: readonly string[], b: readonly string[]): string[] =>
  [...new Set(a)].filter((item) => !b.includes(item));

const replaceTags = (wanted: Tags, state: KnownCandidate): CandidateEvent[] =>
  tag(wanted, { tags: minus(state.tags, wanted.tags), freeTags: minus(state.freeTags, wanted.freeTags) }, state);

const tag = (add: Tags, remove: Tags, state: KnownCandidate): CandidateEvent[] => {
  const added = { tags: minus(add.tags, state.tags), freeTags: minus(add.freeTags, state.freeTags) };
  // What is added and removed at once stays.
  const gone = {
    tags: minus(remove.tags, add.tags).filter((item) => state.tags.includes(item)),
    freeTags: minus(remove.freeTags, add.freeTags).filter((item) => state.freeTags.includes(item)),
  };
  const any = ({ tags, freeTags }: Tags): boolean => tags.length + freeTags.length > 0;
  return [
    ...(any(added) ? [{ type: 'candidate.tagged' as const, data: added }] : []),
    ...(any(gone) ? [{ type: 'candidate.untagged' as const, data: gone }] : []),
  ];
};

/** Handed over if it's another owner, or it's now known whether they're a person or a team. */
const assignOwner = ({ owner, kind, reason }: Ownership, state: KnownCandidate): CandidateEvent[] => {
  const isKnown = owner === null || kind === undefined || kind === state.ownerKind;
  if ((state.owner ?? null) === owner && isKnown) return [];
  const data = {
    owner,
    ...(kind === undefined || owner === null ? {} : { kind }),
    ...(reason === undefined ? {} : { reason }),
  };
  return [{ type: 'candidate.owner-assigned', data }];
};

/** What may be decided about a person, on the stream `candidate-<uuid>`. */
export const candidateDecider: Decider<Candidate, CandidateCommand, CandidateEvent> = {
  initial: unknownCandidate,
  // Notes, summaries and descriptions are kept in full: 1,000 notes can be 20 MB.
  keeps: ({ data }) => JSON.stringify(data).length,
  decide,
  evolve: evolveCandidate,
};
