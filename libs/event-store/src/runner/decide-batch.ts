import { err, newId, ok, refusal, type DomainEvent, type Refusal, type Result } from '#libs/kernel';
import { SubjectErasedError } from '#libs/privacy';
import type { EventCodec } from '../codec/event-codec.js';
import type { EventKeys } from '../codec/metadata.js';
import { InvalidEventError } from '../errors.js';
import type { EncodedEvent, SizedEvent } from '../log/raw-event.js';
import { streamName, type StreamCommand } from './command.js';
import { commandKeyName, factKeyName, type AcceptedKey, type StreamState } from './stream-state.js';

/** Below the server's 1 MiB, with room for what the protocol adds, and the client's base64. */
const MAX_APPEND_BYTES = 900_000;

export type AnyCommand = StreamCommand<unknown, unknown, DomainEvent>;

/** What a command came to, before anything is stored. */
export type Verdict =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'duplicate'; readonly accepted: AcceptedKey }
  | { readonly kind: 'repeats'; readonly verdict: Extract<Verdict, { kind: 'appends' }> }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'appends'; readonly revision: number; readonly events: number };

export interface DecidedBatch {
  /** One for each command that was decided; the rest didn't fit into one append. */
  readonly verdicts: readonly Verdict[];
  readonly events: readonly EncodedEvent[];
  readonly after: Omit<StreamState<unknown>, 'keys'>;
}

const keysOf = (command: AnyCommand): EventKeys | undefined => {
  const { commandKey } = command.meta;
  if (commandKey === undefined && command.factKey === undefined) return undefined;
  return {
    ...(commandKey === undefined ? {} : { command: commandKey.key, body: commandKey.body }),
    ...(command.factKey === undefined ? {} : { fact: command.factKey }),
  };
};

/**
 * Decides waiting commands of one stream one after the other, each on the state that the ones before leave,
 * and encodes what they give for a single append.
 */
export const decideBatch = async (
  commands: readonly AnyCommand[],
  baseline: StreamState<unknown>,
  codec: EventCodec,
): Promise<DecidedBatch> => {
  let { state, revision, headHash, kept } = baseline;
  const fresh = new Map<string, { verdict: Extract<Verdict, { kind: 'appends' }>; body?: string }>();
  const verdicts: Verdict[] = [];
  const events: EncodedEvent[] = [];
  let bytes = 0;

  for (const command of commands) {
    const seen = alreadyAccepted(command, baseline, fresh);
    if (seen) {
      verdicts.push(seen);
      continue;
    }
    const { ifMatch, refusal: elsewhere } = command.meta;
    if (ifMatch !== undefined && ifMatch !== revision) {
      verdicts.push({ kind: 'refused', refusal: movedOn(ifMatch, revision) });
      continue;
    }
    if (elsewhere) {
      verdicts.push({ kind: 'refused', refusal: elsewhere });
      continue;
    }
    const decision = command.decider.decide(command.command, state);
    if (!decision.ok) {
      verdicts.push({ kind: 'refused', refusal: decision.error });
      continue;
    }
    if (decision.value.length === 0) {
      verdicts.push({ kind: 'unchanged' });
      continue;
    }
    const subjectId = typeof command.subjectId === 'function' ? command.subjectId(state) : command.subjectId;
    const encoded = await encodeAll(command, subjectId, decision.value, { revision, headHash }, codec);
    if (!encoded.ok) {
      verdicts.push({ kind: 'refused', refusal: encoded.error });
      continue;
    }
    const size = encoded.value.reduce((sum, event) => sum + event.size, 0);
    if (size > MAX_APPEND_BYTES) {
      verdicts.push({ kind: 'refused', refusal: tooLarge(size) });
      continue;
    }
    if (bytes + size > MAX_APPEND_BYTES) break;
    bytes += size;
    events.push(...encoded.value);
    for (const event of decision.value) {
      state = command.decider.evolve(state, event);
      kept += command.decider.keeps?.(event) ?? 0;
    }
    revision += encoded.value.length;
    headHash = hashOf(encoded.value.at(-1)) ?? headHash;
    const verdict = { kind: 'appends', revision, events: encoded.value.length } as const;
    verdicts.push(verdict);
    const { commandKey } = command.meta;
    if (commandKey) fresh.set(commandKeyName(commandKey.key), { verdict, body: commandKey.body });
    if (command.factKey !== undefined) fresh.set(factKeyName(command.factKey), { verdict });
  }
  return { verdicts, events, after: { state, revision, headHash, kept } };
};

const alreadyAccepted = (
  command: AnyCommand,
  baseline: StreamState<unknown>,
  fresh: ReadonlyMap<string, { verdict: Extract<Verdict, { kind: 'appends' }>; body?: string }>,
): Verdict | undefined => {
  const { commandKey } = command.meta;
  if (commandKey !== undefined) {
    const name = commandKeyName(commandKey.key);
    const stored = baseline.keys.get(name);
    const now = fresh.get(name);
    if ((stored && stored.body !== commandKey.body) || (now && now.body !== commandKey.body)) {
      return { kind: 'refused', refusal: keyReused };
    }
    if (stored) return { kind: 'duplicate', accepted: stored };
    if (now) return { kind: 'repeats', verdict: now.verdict };
  }
  if (command.factKey !== undefined) {
    const name = factKeyName(command.factKey);
    const stored = baseline.keys.get(name);
    if (stored) return { kind: 'duplicate', accepted: stored };
    const now = fresh.get(name);
    if (now) return { kind: 'repeats', verdict: now.verdict };
  }
  return undefined;
};

const encodeAll = async (
  command: AnyCommand,
  subjectId: string | undefined,
  events: readonly DomainEvent[],
  head: { revision: number; headHash: string | null },
  codec: EventCodec,
): Promise<Result<SizedEvent[], Refusal>> => {
  const { context, occurredAt, timePrecision } = command.meta;
  const keys = keysOf(command);
  const metadata = {
    $correlationId: context.correlationId,
    $causationId: context.causationId ?? context.correlationId,
    actor: context.actor,
    source: context.source,
    occurredAt: occurredAt.toISOString(),
    ...(timePrecision === undefined || timePrecision === 'instant' ? {} : { timePrecision }),
    ...(subjectId === undefined ? {} : { subjectId }),
    ...(keys === undefined ? {} : { keys }),
    ...(command.traceparent === undefined ? {} : { traceparent: command.traceparent }),
  };
  const encoded: SizedEvent[] = [];
  let { revision, headHash } = head;
  try {
    for (const event of events) {
      revision++;
      const next = await codec.encode({
        id: newId(),
        event,
        streamId: streamName(command.stream),
        revision,
        previousHash: headHash,
        metadata,
      });
      headHash = hashOf(next) ?? null;
      encoded.push(next);
    }
    return ok(encoded);
  } catch (error) {
    if (error instanceof SubjectErasedError) return err(refusal('conflict', 'candidate-erased', error.message));
    if (error instanceof InvalidEventError) return err(refusal('invalid', 'invalid-event', error.message));
    throw error;
  }
};

const hashOf = (event: EncodedEvent | undefined): string | undefined =>
  (event?.metadata['chain'] as { hash: string } | undefined)?.hash;

const keyReused = refusal(
  'invalid',
  'idempotency-key-reused',
  'This idempotency key came before with another request. Use a new key for a new request.',
);

const movedOn = (expected: number, actual: number): Refusal =>
  refusal(
    'precondition-failed',
    'revision-mismatch',
    `If-Match names revision ${expected}; the resource is at revision ${actual}. Read it again and decide anew.`,
  );

const tooLarge = (bytes: number): Refusal =>
  refusal(
    'invalid',
    'too-large',
    `The events of this command take ${bytes} bytes; at most ${MAX_APPEND_BYTES} can be stored at once.`,
  );
