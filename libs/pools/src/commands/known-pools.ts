import { CommandRunner } from '#libs/event-store';
import { Coalescer } from '#libs/kernel';
import { Injectable } from '@nestjs/common';
import { poolDecider } from '../pool/pool-decider.js';
import type { KnownPool } from '../pool/pool.js';

/** Pools as the store has them. However many members come at once, each pool is read once. */
@Injectable()
export class KnownPools {
  private readonly reads = new Coalescer<string, KnownPool | undefined>((ids) => this.readAll(ids));

  constructor(private readonly runner: CommandRunner) {}

  find(poolId: string): Promise<KnownPool | undefined> {
    return this.reads.call(poolId);
  }

  private async readAll(ids: readonly string[]): Promise<(KnownPool | undefined)[]> {
    const found = new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await this.read(id)] as const)));
    return ids.map((id) => found.get(id));
  }

  private async read(id: string): Promise<KnownPool | undefined> {
    const pool = (await this.runner.load(poolDecider, { category: 'pool', id }))?.state;
    return pool?.kind === 'unknown' ? undefined : pool;
  }
}
