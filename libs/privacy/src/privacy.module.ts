import { Module, type DynamicModule } from '@nestjs/common';
import { ContactIndex } from './contact-index.js';
import { DayKeys } from './day-keys.js';
import { Digests } from './digests.js';
import { KeyVault } from './key-vault.js';
import { loadSecrets, SECRETS } from './secrets.js';

/** Subject keys, the contact index and keyed digests. Needs the global Database. */
@Module({})
export class PrivacyModule {
  /** @param secretsDir the folder with `master.key` and `index.key` */
  static forRoot({ secretsDir }: { secretsDir: string }): DynamicModule {
    return {
      module: PrivacyModule,
      global: true,
      providers: [
        { provide: SECRETS, useFactory: () => loadSecrets(secretsDir) },
        Digests,
        KeyVault,
        DayKeys,
        ContactIndex,
      ],
      exports: [SECRETS, Digests, KeyVault, DayKeys, ContactIndex],
    };
  }
}
