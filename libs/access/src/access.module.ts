import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { ApiKeys } from './api-keys.js';

/** Guards every route of the app that imports it. Needs the global Database. */
@Module({
  imports: [DiscoveryModule],
  providers: [ApiKeys, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [ApiKeys],
})
export class AccessModule {}
