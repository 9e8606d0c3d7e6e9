import type { MigrationInterface } from 'typeorm';
import { VaultKeys1764000000100 } from './1764000000100-vault-keys.js';
import { VaultProjections1764000000200 } from './1764000000200-vault-projections.js';
import { Parking1764000000310 } from './1764000000310-parking.js';
import { ApiKeyRotation1764000000320 } from './1764000000320-api-key-rotation.js';
import { Builds1764000000330 } from './1764000000330-builds.js';
import { UnmatchedDeliveries1764000000400 } from './1764000000400-unmatched-deliveries.js';
import { Reactions1764000000700 } from './1764000000700-reactions.js';
import { SearchRecords1764000001000 } from './1764000001000-search-records.js';
import { SearchRecordOrigins1764000001010 } from './1764000001010-search-record-origins.js';
import { PastJobs1764000001300 } from './1764000001300-past-jobs.js';
import { DestroyedKeys1764000001310 } from './1764000001310-destroyed-keys.js';
import { SignUps1764000001400 } from './1764000001400-sign-ups.js';
import { ParkedReplay1764000001410 } from './1764000001410-parked-replay.js';
import { Rollbacks1764000001420 } from './1764000001420-rollbacks.js';

/** Every migration, in the order of their time stamps. What was released is never edited. */
export const migrations: readonly (new () => MigrationInterface)[] = [
  VaultKeys1764000000100,
  VaultProjections1764000000200,
  Parking1764000000310,
  ApiKeyRotation1764000000320,
  Builds1764000000330,
  UnmatchedDeliveries1764000000400,
  Reactions1764000000700,
  SearchRecords1764000001000,
  SearchRecordOrigins1764000001010,
  PastJobs1764000001300,
  DestroyedKeys1764000001310,
  SignUps1764000001400,
  ParkedReplay1764000001410,
  Rollbacks1764000001420,
];
