import { closed, firstVersion, laterVersion, unchanged, word } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { defineProcessManager, type ProcessManager } from '#libs/reacting';
import { Type } from 'typebox';
import { JudgePersonCommand } from './judge-person.handler.js';
import { evidenceTypes, judgedTypes } from './observed.js';

const about = { candidateId: word(100) };
const time = () => Type.String({ maxLength: 30 });
const begun = firstVersion('message-watch.begun', closed({ ...about, judgeAt: time() }));
/** `judgedAt` is absent in what an earlier release wrote: then it's taken to have been in time. */
const ended = laterVersion('message-watch.ended', closed({ ...about, judgedAt: Type.Optional(time()) }), {
  1: unchanged,
});

/** Every event type of the watch over what happens with messages. */
export const messageWatchEventDefinitions = [begun, ended] as const;
type MessageWatchEvent = EventOf<typeof begun> | EventOf<typeof ended>;

interface Watch {
  /** While somebody is watched. */
  readonly candidateId?: string;
  /** When the acts of this person are to be judged, or were last. */
  readonly judgeAt?: Date | undefined;
}

const acts = new Set<string>(judgedTypes);

/** How long after an act it's judged, in milliseconds: a burst is over by then, and most webhooks that were late are there. */
export const JUDGE_AFTER_MILLISECONDS = 600_000;

/**
 * Waits a while after somebody is told to have opened or clicked, and then has all of it judged, on whatever was recorded
 * by then. What's recorded later begins another watch; evidence does where there are acts that it can be about, which is
 * where it's from before the last judgement, so that not each message that's delivered has somebody judged. SES promises
 * no order. Nothing of the acts is copied: they stay in the person's stream.
 */
export const messageWatch = (judgeAfterMilliseconds = JUDGE_AFTER_MILLISECONDS): ProcessManager =>
  defineProcessManager<Watch, MessageWatchEvent>({
    name: 'message-watch',
    from: 'now',
    definitions: messageWatchEventDefinitions,
    listensTo: [...judgedTypes, ...evidenceTypes],
    correlate: ({ subjectId }) => subjectId ?? [],
    initial: {},
    decide: (input, { candidateId, judgeAt: judgedAt }) => {
      if (input.kind === 'deadline')
        return candidateId === undefined
          ? []
          : [{ type: 'message-watch.ended', data: { candidateId, judgedAt: input.metAt.toISOString() } }];
      const { type, subjectId, occurredAt, recordedAt } = input.event;
      if (candidateId !== undefined || subjectId === undefined) return [];
      if (!acts.has(type) && (judgedAt === undefined || occurredAt > judgedAt)) return [];
      const judgeAt = new Date(recordedAt.getTime() + judgeAfterMilliseconds).toISOString();
      return [{ type: 'message-watch.begun', data: { candidateId: subjectId, judgeAt } }];
    },
    evolve: ({ judgeAt }, { type, data }) => {
      if (type === 'message-watch.begun') return { candidateId: data.candidateId, judgeAt: new Date(data.judgeAt) };
      return { judgeAt: data.judgedAt === undefined ? judgeAt : new Date(data.judgedAt) };
    },
    deadlines: ({ type, data }) =>
      type === 'message-watch.begun' ? [{ name: 'judge', dueAt: new Date(data.judgeAt) }] : [],
    commands: ({ type, data }, meta) =>
      type === 'message-watch.ended' ? [new JudgePersonCommand(data.candidateId, meta(0))] : [],
  });
