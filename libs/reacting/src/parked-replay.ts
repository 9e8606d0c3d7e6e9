import type { RawEvent } from '#libs/event-store';
import type { StoredEvent } from '#libs/kernel';
import type { LogDecoder, LogSource } from '#libs/projecting';
import type { ParkedInput } from './parked-inputs.js';
import type { ProcessManager } from './process-manager.js';
import type { DueDeadline } from './reaction-store.js';
import { UnreadableEventError, type Reactions } from './reactions.js';

/** Handles once more what was set aside, from what the log holds. */
export class ParkedReplay {
  constructor(
    private readonly manager: ProcessManager,
    private readonly reactions: Reactions,
    private readonly log: Pick<LogSource, 'readStream'>,
    private readonly decoder: LogDecoder,
  ) {}

  /** Throws what handling it throws, and UnreadableEventError. What had its effect before has it no second time. */
  take({ input, streamId }: Pick<ParkedInput, 'input' | 'streamId'>): Promise<void> {
    const blank = input.lastIndexOf(' ');
    return blank < 0
      ? this.event(input, streamId)
      : this.deadline(input.slice(0, blank), input.slice(blank + 1), streamId);
  }

  private async event(id: string, streamId: string): Promise<void> {
    const [event] = await this.read(streamId, (raw) => raw.id === id);
    if (!event) throw new UnreadableEventError('missing');
    if (this.manager.definitions.some(({ type }) => type === event.type)) await this.reactions.follow(event);
    if (!this.manager.listensTo.includes(event.type)) return;
    for (const instance of await this.reactions.instancesOf(event)) await this.reactions.take(event, instance);
  }

  /** When it was due, only the event that set it says. One that was set anew or taken back meanwhile isn't due any more. */
  private async deadline(name: string, setBy: string, streamId: string): Promise<void> {
    const instance = streamId.slice(this.manager.name.length + 1);
    let set: DueDeadline | undefined;
    for (const event of await this.read(streamId, () => true)) {
      for (const { name: of, dueAt } of this.manager.deadlines?.(event) ?? []) {
        if (of !== name) continue;
        set = dueAt ? { instance, name, dueAt, setBy: event.id, correlationId: event.correlationId } : undefined;
      }
    }
    if (set?.setBy === setBy) await this.reactions.fire(set);
  }

  private async read(streamId: string, holds: (raw: RawEvent) => boolean): Promise<readonly StoredEvent[]> {
    const raws: RawEvent[] = [];
    for await (const raw of this.log.readStream(streamId)) if (holds(raw)) raws.push(raw);
    return (await this.decoder.decodeMany(raws)).map((decoded) => {
      if (!decoded.ok) throw new UnreadableEventError(decoded.reason);
      return decoded.event;
    });
  }
}
