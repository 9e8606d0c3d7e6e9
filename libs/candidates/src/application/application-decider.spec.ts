import { describe, expect, it } from '@jest/globals';
import { fold, UnknownEventError } from '#libs/kernel';
import { given } from '#libs/testing';
import type { ApplicationEvent } from '../events/index.js';
import { applicationDecider, type ApplicationCommand, type ApplicationMove } from './application-decider.js';

const candidateId = '7f8b2c9e-1d2a-4c3b-8a4d-5e6f70819202';
const application = { candidateId, role: 'Engineer', source: { kind: 'job-board', name: 'Job board' } } as const;
const submitted: ApplicationEvent = { type: 'application.submitted', data: application };
const reached = (stage: 'screened' | 'interviewed' | 'offered'): ApplicationEvent => ({
  type: 'application.stage-reached',
  data: { candidateId, stage },
});
const hired: ApplicationEvent = { type: 'application.hired', data: { candidateId } };
const rejected: ApplicationEvent = { type: 'application.rejected', data: { candidateId } };
const to = (stage: ApplicationMove['stage']): ApplicationCommand => ({ kind: 'move', move: { stage } });

describe('An application', () => {
  it('is submitted once, and moves only once it was', () => {
    given(applicationDecider, []).when({ kind: 'submit', application }).thenGives([submitted]);
    given(applicationDecider, [submitted]).when({ kind: 'submit', application }).thenRefused('application-exists');
    given(applicationDecider, []).when(to('screened')).thenRefused('application-unknown');
  });

  it('may skip stages, and takes late news of an earlier one for what it is', () => {
    given(applicationDecider, [submitted])
      .when(to('offered'))
      .thenGives([reached('offered')]);
    given(applicationDecider, [submitted, reached('offered')])
      .when(to('screened'))
      .thenGives([]);
    given(applicationDecider, [submitted, reached('offered')])
      .when(to('hired'))
      .thenGives([hired]);
  });

  it('ends once: the same end again changes nothing, another one is refused', () => {
    given(applicationDecider, [submitted, hired]).when(to('hired')).thenGives([]);
    given(applicationDecider, [submitted, hired]).when(to('rejected')).thenRefused('application-closed');
    given(applicationDecider, [submitted, rejected]).when(to('rejected')).thenGives([]);
    given(applicationDecider, [submitted, rejected]).when(to('interviewed')).thenRefused('application-closed');
  });

  it('keeps why it ended', () => {
    given(applicationDecider, [submitted])
      .when({ kind: 'move', move: { stage: 'withdrawn', reason: 'accepted-elsewhere', notes: 'Maybe later.' } })
      .thenGives([
        { type: 'application.withdrawn', data: { candidateId, reason: 'accepted-elsewhere', notes: 'Maybe later.' } },
      ]);
  });

  it('is not decided on where half of its history is unknown', () => {
    const newer = { type: 'application.cloned', data: {} } as unknown as ApplicationEvent;
    expect(() => fold(applicationDecider, [submitted, newer])).toThrow(UnknownEventError);
  });
});
