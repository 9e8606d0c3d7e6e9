import { Injectable } from '@nestjs/common';

/** Whether the process was asked to stop. From then on it isn't ready, so that requests are sent elsewhere, while it still serves. */
@Injectable()
export class Stopping {
  private asked = false;

  begin(): void {
    this.asked = true;
  }

  get begun(): boolean {
    return this.asked;
  }
}
