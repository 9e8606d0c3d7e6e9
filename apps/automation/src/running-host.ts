import { ReactionHost } from '#libs/reacting';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

/** Reacts from the moment that the app is up until it goes down, before its connections are closed. */
@Injectable()
export class RunningHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly host: ReactionHost) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.host.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.host.stop();
  }
}
