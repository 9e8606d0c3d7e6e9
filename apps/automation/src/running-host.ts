import { ReactionHost } from '#libs/reacting';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

import type { OpenWatchSources } from './segments/watch-sources.js';

export const WATCH_SOURCES = Symbol('watch-sources');

/** Reacts from the moment that the app is up until it goes down, before its connections are closed. */
@Injectable()
export class RunningHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly host: ReactionHost,
    @Inject(WATCH_SOURCES) private readonly sources: OpenWatchSources,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.host.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    // Together: whoever waits for the one is let go by the other.
    await Promise.all([this.host.stop(), this.sources.close()]);
  }
}
