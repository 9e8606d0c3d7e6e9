import type { countReactions, ManagerStatus } from '#libs/reacting';
import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';

/** What Prometheus is told about the process managers. Nothing in it is about a person. */
@Injectable()
export class AutomationMetrics {
  readonly registry = new Registry();
  private readonly working = this.gauge(
    'rapport_reaction_working',
    '1 where this process works for it, 0 where it stands by.',
  );
  private readonly lag = this.gauge(
    'rapport_reaction_lag_seconds',
    'Age of the oldest event for it that was received and is not handled, decoded or not; 0 if none.',
  );
  private readonly decided = this.gauge(
    'rapport_reaction_decided',
    'Inputs that were handled since the process started.',
  );
  private readonly commands = this.gauge(
    'rapport_reaction_commands',
    'Commands that were sent since the process started.',
  );
  private readonly fired = this.gauge(
    'rapport_reaction_deadlines_fired',
    'Deadlines that were met since the process started.',
  );
  private readonly ahead = this.gauge('rapport_reaction_deadlines_ahead', 'Deadlines that are not met yet.');
  private readonly parked = this.gauge(
    'rapport_reaction_parked',
    'Inputs that were set aside because they could not be handled.',
  );

  /** Takes in how things stand; called at each scrape. */
  update(statuses: readonly ManagerStatus[], counts: Awaited<ReturnType<typeof countReactions>>): void {
    for (const { manager, state, lagSeconds, decided, commands, deadlines } of statuses) {
      this.working.set({ manager }, state === 'working' ? 1 : 0);
      this.lag.set({ manager }, lagSeconds);
      this.decided.set({ manager }, decided);
      this.commands.set({ manager }, commands);
      this.fired.set({ manager }, deadlines);
      const count = counts.get(manager);
      // What isn't known isn't claimed.
      if (count === undefined) continue;
      this.parked.set({ manager }, count.parked);
      this.ahead.set({ manager }, count.deadlines);
    }
  }

  private gauge(name: string, help: string): Gauge<'manager'> {
    return new Gauge({ name, help, labelNames: ['manager'], registers: [this.registry] });
  }
}
