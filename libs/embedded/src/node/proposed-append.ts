import type shared from '@eventstore/db-client/generated/shared_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ProposedEvent } from './proposed-event.js';

/** The server's default. */
export const MAX_APPEND_BYTES = 1_048_576;
/** What PostgreSQL's index takes, with room to spare. */
const MAX_STREAM_NAME_BYTES = 2_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A protocol UUID, which comes as text or as two numbers, in lower case; empty where there's none. */
export const uuidOf = (uuid: shared.UUID | undefined): string => {
  const structured = uuid?.getStructured();
  if (!structured) return uuid?.getString().toLowerCase() ?? '';
  const hex = (text: string): string => BigInt.asUintN(64, BigInt(text)).toString(16).padStart(16, '0');
  const digits = hex(structured.getMostSignificantBits()) + hex(structured.getLeastSignificantBits());
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** As the unary append brings it. */
export const proposedEventOf = (message: streams.AppendReq.ProposedMessage): ProposedEvent => {
  const metadata = message.getMetadataMap();
  return {
    id: uuidOf(message.getId()),
    type: metadata.get('type') ?? '',
    contentType: metadata.get('content-type') ?? 'application/octet-stream',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
};

export const streamNameOf = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

/** Why an append can't be taken at all. */
export type Refusal =
  | { readonly kind: 'too-large' }
  | { readonly kind: 'invalid'; readonly why: string }
  | { readonly kind: 'unimplemented'; readonly what: string };

/** An append while its messages come in. The bytes of one that is refused anyway aren't kept. */
export class ProposedAppend {
  readonly events: ProposedEvent[] = [];
  private bytes = 0;
  private hasBadId = false;
  private hasBadType = false;

  constructor(readonly stream: string) {}

  add(event: ProposedEvent): void {
    if (this.bytes > MAX_APPEND_BYTES) return;
    // As the server counts: a type takes two bytes a character.
    this.bytes += event.data.length + event.metadata.length + 2 * event.type.length;
    this.hasBadId ||= !UUID.test(event.id);
    this.hasBadType ||= event.type === '' || event.type.includes('\0');
    if (this.bytes <= MAX_APPEND_BYTES) this.events.push(event);
  }

  get refusal(): Refusal | undefined {
    const { stream } = this;
    if (stream === '' || stream.includes('\0')) return { kind: 'invalid', why: 'An append needs a stream.' };
    if (Buffer.byteLength(stream) > MAX_STREAM_NAME_BYTES)
      return { kind: 'invalid', why: `The name of a stream has up to ${MAX_STREAM_NAME_BYTES} bytes.` };
    // Such as the metadata of a stream, which would have to take effect.
    if (stream.startsWith('$')) return { kind: 'unimplemented', what: "appends to the store's own streams" };
    if (this.bytes > MAX_APPEND_BYTES) return { kind: 'too-large' };
    if (this.hasBadId) return { kind: 'invalid', why: 'An event needs a UUID as its id.' };
    if (this.hasBadType) return { kind: 'invalid', why: 'An event needs a type.' };
    return undefined;
  }
}
