import type { CommandMeta } from '#libs/event-store';
import { parseInstant } from '#libs/http';
import { CLOCK, newId, type Clock } from '#libs/kernel';
import { Digests } from '#libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import type { Incoming } from './incoming.js';

// The package is CommonJS; its types say that it isn't.
const canonicalJson = canonicalize as unknown as (value: unknown) => string | undefined;

/** What a command's content doesn't say but its request does. */
export interface Given {
  /** As validated; now if absent. */
  readonly occurredAt?: string | undefined;
  readonly ifMatch?: number | undefined;
}

/** Makes the metadata and the ids of commands from the requests that they come with. */
@Injectable()
export class CommandMetas {
  constructor(
    private readonly digests: Digests,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  metaOf(incoming: Incoming, given: Given = {}): CommandMeta {
    const time = given.occurredAt === undefined ? undefined : parseInstant(given.occurredAt);
    const commandKey = this.commandKey(incoming);
    return {
      context: { actor: incoming.caller.actor, correlationId: incoming.correlationId, source: 'api' },
      occurredAt: time?.at ?? this.clock.now(),
      timePrecision: time?.precision ?? 'instant',
      ...(commandKey ? { commandKey } : {}),
      ...(given.ifMatch === undefined ? {} : { ifMatch: given.ifMatch }),
    };
  }

  /** For another thing that the same request is about: with a key of its own, so that the request's stays free for one about that thing. */
  metaFor(otherId: string, { commandKey, ...meta }: CommandMeta): CommandMeta {
    if (commandKey === undefined) return meta;
    return {
      ...meta,
      commandKey: { ...commandKey, key: this.digests.digest('command-also-for', commandKey.key, otherId) },
    };
  }

  /** The id of a thing that this request makes: the same for the same Idempotency-Key, so that the same stream is asked. */
  idFor(
    purpose: 'candidate' | 'application' | 'merge' | 'note' | 'pool' | 'saved-search' | 'sign-up-form' | 'hygiene-plan',
    { caller, key }: Incoming,
  ): string {
    return key === undefined ? newId() : this.digests.idFrom(purpose, caller.keyId, ...key);
  }

  private commandKey({ caller, key, method, path, body }: Incoming): CommandMeta['commandKey'] {
    if (key === undefined) return undefined;
    return {
      key: this.digests.digest('command', caller.keyId, ...key),
      // Canonical: a client that writes its fields in another order still sends the same request.
      body: this.digests.digest('body', method, path, canonicalJson(body) ?? ''),
    };
  }
}
