import type { DomainEvent } from './decider.js';

/** The groups of personal data. Each has a key of its own per person, so that each can be erased alone. */
export const privacyGroups = ['identity', 'contact', 'narrative', 'technical'] as const;
export type PrivacyGroup = (typeof privacyGroups)[number];

/** A JSON Schema (draft 2020-12 subset that TypeBox emits). A leaf with `privacy: <group>` is stored sealed. */
export type JsonSchema = object;

/** Turns stored data of one version into the next. Sealed leaves are opaque to it: it may move them, not read them. */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/**
 * An event type as the log knows it: a stable dotted name in the past tense, the version of its newest schema,
 * and one upcaster per hop (`upcasters[1]` makes version 2 of version 1).
 */
export interface EventDefinition<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly version: number;
  readonly schema: JsonSchema;
  readonly upcasters?: Readonly<Record<number, Upcaster>>;
  /** Only for the compiler; never set. */
  readonly _data?: Data;
}

/** The domain event that a definition describes. */
export type EventOf<D> = D extends EventDefinition<infer Type, infer Data> ? DomainEvent<Type, Data> : never;

/** States a definition with its type kept as a literal: `defineEvent<'note.added', Static<typeof schema>>({ … })`. */
export const defineEvent = <Type extends string, Data>(
  definition: EventDefinition<Type, Data>,
): EventDefinition<Type, Data> => definition;
