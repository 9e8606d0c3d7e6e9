export type { EmailFact, EmailFactType, Mapping, Unmapped } from './email-fact.js';
export {
  WebhookUnavailableError,
  type EmailProvider,
  type ReceivedEvent,
  type WebhookDelivery,
  type WebhookRefusal,
} from './email-provider.js';
export { knownProviders, readEmailProviders } from './email-providers.js';
export { mapEvent } from './mapping/map-event.js';
export { signGeneric } from './providers/generic.js';
export * from './unmatched/unmatched-deliveries.js';
export { fetchText, type Fetcher } from './verification/sns-certificates.js';
