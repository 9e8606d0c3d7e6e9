import { Module } from '@nestjs/common';
import { JudgePersonHandler } from './watching/judge-person.handler.js';
import { PersonJudge } from './watching/person-judge.js';

/** Judging who did what. Needs CqrsModule, EventStoreModule and PrivacyModule. */
@Module({ providers: [PersonJudge, JudgePersonHandler], exports: [PersonJudge] })
export class ClassificationModule {}
