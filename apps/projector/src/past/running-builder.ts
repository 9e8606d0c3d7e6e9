import { PastBuilder } from '#libs/projecting';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

/** Works on past states from the moment that the app is up until it goes down. */
@Injectable()
export class RunningBuilder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly builder: PastBuilder) {}

  onApplicationBootstrap(): void {
    this.builder.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.builder.stop();
  }
}
