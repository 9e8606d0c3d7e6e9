import { comparePositions, type StoredEvent } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';
import type { GenerationId } from '../checkpoints/checkpoint.js';
import { BEHIND, letterOf, parkedScopes, scopeOf, type Letter } from '../checkpoints/dead-letters.js';
import type { BatchPlan } from './plan-batch.js';

/**
 * What one generation has set aside. An event that can't be taken in is parked with all later ones of its scope, so that
 * rows never see a thing's events out of order, while everything else goes on.
 */
export class Parking {
  private readonly scopes: Set<string>;

  private constructor(
    scopes: readonly string[],
    private readonly mostScopes: number,
  ) {
    this.scopes = new Set(scopes);
  }

  /** @param mostScopes a program that fails on more than so many things is broken itself, and stops */
  static async load(sql: SqlExecutor, id: GenerationId, mostScopes: number): Promise<Parking> {
    return new Parking(await parkedScopes(sql, id), mostScopes);
  }

  get size(): number {
    return this.scopes.size;
  }

  get open(): readonly string[] {
    return [...this.scopes];
  }

  hasRoom(scope: string): boolean {
    return this.scopes.has(scope) || this.scopes.size < this.mostScopes;
  }

  add(scope: string): void {
    this.scopes.add(scope);
  }

  remove(scope: string): void {
    this.scopes.delete(scope);
  }

  /**
   * What's to be taken in or set aside, in log order: of a scope that's set aside also what changes nothing, since whoever
   * caused it asks by its position.
   */
  concerned({ events, ignored }: Pick<BatchPlan, 'events' | 'ignored'>): readonly StoredEvent[] {
    const behind = this.scopes.size === 0 ? [] : ignored.filter((event) => this.scopeAside(event) !== undefined);
    if (behind.length === 0) return events;
    return [...events, ...behind].sort((a, b) => comparePositions(a.position, b.position));
  }

  /** Those that can be folded, and letters of those that wait behind parked ones. */
  split(events: readonly StoredEvent[]): { readonly free: readonly StoredEvent[]; readonly behind: readonly Letter[] } {
    if (this.scopes.size === 0) return { free: events, behind: [] };
    const free: StoredEvent[] = [];
    const behind: Letter[] = [];
    for (const event of events) {
      const scope = this.scopeAside(event);
      if (scope !== undefined) behind.push(letterOf(event, BEHIND, scope));
      else free.push(event);
    }
    return { free, behind };
  }

  /** That of an event that waits: its own, or its stream's where an event was set aside that doesn't say whom it's about. */
  private scopeAside(event: StoredEvent): string | undefined {
    return [scopeOf(event), event.streamId].find((scope) => this.scopes.has(scope));
  }
}
