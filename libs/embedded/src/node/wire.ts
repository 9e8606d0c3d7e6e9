import protobuf from 'protobufjs/minimal.js';
import type { Expected, Place } from './expected.js';
import type { ProposedEvent } from './proposed-event.js';

/**
 * The messages that come and go with every event, read and written field by field: the client's generated code took two
 * thirds of what an append cost the node. All others are the generated ones. Field numbers are those of EventStoreDB's
 * streams.proto and shared.proto; wire.spec.ts compares with the generated code.
 */
const { Reader, Writer } = protobuf;
type Reader = protobuf.Reader;
type Writer = protobuf.Writer;

/** The tag of a field with a length. */
const bytesTag = (field: number): number => (field << 3) | 2;
const varintTag = (field: number): number => field << 3;

/** Calls `take` for each field of a message that it knows, and passes over the others. */
const fields = (reader: Reader, end: number, take: (field: number) => boolean): void => {
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (!take(tag >>> 3)) reader.skipType(tag & 7);
  }
};

const message = (reader: Reader, take: (field: number) => boolean): void => {
  const length = reader.uint32();
  fields(reader, reader.pos + length, take);
};

/** What the library gives for 64 bits: a number or an object that holds two halves. */
const whole = (value: { toString(): string }): bigint => BigInt(value.toString());

const structuredUuid = (reader: Reader): string => {
  let [most, least] = [0n, 0n];
  message(reader, (field) => {
    if (field === 1) most = whole(reader.int64());
    else if (field === 2) least = whole(reader.int64());
    else return false;
    return true;
  });
  const hex = (half: bigint): string => BigInt.asUintN(64, half).toString(16).padStart(16, '0');
  return (hex(most) + hex(least)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

const uuid = (reader: Reader): string => {
  let id = '';
  message(reader, (field) => {
    if (field === 1) id = structuredUuid(reader);
    else if (field === 2) id = reader.string().toLowerCase();
    else return false;
    return true;
  });
  return id;
};

const proposedEvent = (reader: Reader): ProposedEvent => {
  let id = '';
  let type = '';
  let contentType = 'application/octet-stream';
  let [data, metadata]: Uint8Array[] = [];
  message(reader, (field) => {
    if (field === 1) id = uuid(reader);
    else if (field === 2) {
      let [key, value] = ['', ''];
      message(reader, (part) => {
        if (part === 1) key = reader.string();
        else if (part === 2) value = reader.string();
        else return false;
        return true;
      });
      if (key === 'type') type = value;
      else if (key === 'content-type') contentType = value;
    } else if (field === 3) metadata = reader.bytes();
    else if (field === 4) data = reader.bytes();
    else return false;
    return true;
  });
  return { id, type, contentType, data: data ?? new Uint8Array(), metadata: metadata ?? new Uint8Array() };
};

/** Of the first message of an append. */
export interface BatchOptions {
  readonly stream: string;
  readonly expected: Expected;
  /** Milliseconds since 1970; undefined where the writer gave none. */
  readonly deadline: number | undefined;
}

const timestamp = (reader: Reader): number => {
  let [seconds, nanoseconds] = [0, 0];
  message(reader, (field) => {
    if (field === 1) seconds = Number(whole(reader.int64()));
    else if (field === 2) nanoseconds = reader.int32();
    else return false;
    return true;
  });
  return seconds * 1_000 + Math.floor(nanoseconds / 1_000_000);
};

const streamName = (reader: Reader): string => {
  let name = '';
  message(reader, (field) => {
    if (field !== 3) return false;
    name = Buffer.from(reader.bytes()).toString('utf8');
    return true;
  });
  return name;
};

const batchOptions = (reader: Reader): BatchOptions => {
  let stream = '';
  let expected: Expected = 'any';
  let deadline: number | undefined;
  message(reader, (field) => {
    if (field === 1) stream = streamName(reader);
    else if (field === 2) expected = whole(reader.uint64());
    else if (field === 3) {
      expected = 'no-stream';
      return false;
    } else if (field === 4) {
      expected = 'any';
      return false;
    } else if (field === 5) {
      expected = 'stream-exists';
      return false;
    } else if (field === 6) deadline = timestamp(reader);
    else return false;
    return true;
  });
  return { stream, expected, deadline };
};

/** One message of a batch append. */
export interface BatchRequest {
  /** The encoded UUID message, to be sent back as it came; undefined where there was none. */
  readonly correlation: Buffer | undefined;
  readonly options: BatchOptions | undefined;
  readonly events: readonly ProposedEvent[];
  readonly isFinal: boolean;
}

/** Reads a BatchAppendReq. Throws a RangeError for bytes that aren't one. */
export const readBatchRequest = (bytes: Buffer): BatchRequest => {
  const reader = Reader.create(bytes);
  let correlation: Buffer | undefined;
  let options: BatchOptions | undefined;
  let isFinal = false;
  const events: ProposedEvent[] = [];
  fields(reader, reader.len, (field) => {
    if (field === 1) correlation = Buffer.from(reader.bytes());
    else if (field === 2) options = batchOptions(reader);
    else if (field === 3) events.push(proposedEvent(reader));
    else if (field === 4) isFinal = reader.bool();
    else return false;
    return true;
  });
  return { correlation, options, events, isFinal };
};

/** Positions and revisions of the node stay below 2^53: it would have to store events for a hundred thousand years. */
const uint64Field = (writer: Writer, field: number, value: bigint): void => {
  writer.uint32(varintTag(field)).uint64(Number(value));
};

const wherePlaced = (writer: Writer, position: bigint): void => {
  writer.uint32(bytesTag(3)).fork();
  if (position > 0n) {
    uint64Field(writer, 1, position);
    uint64Field(writer, 2, position);
  }
  writer.ldelim();
};

const emptyField = (writer: Writer, field: number): void => {
  writer.uint32(bytesTag(field)).uint32(0);
};

/** A BatchAppendResp that says where the last event of an append lies. */
export const batchAppended = (
  { stream, expected, correlation }: { stream: string; expected: Expected; correlation: Buffer },
  { revision, position }: Place,
): Buffer => {
  const writer = Writer.create();
  writer.uint32(bytesTag(1)).bytes(correlation);
  writer.uint32(bytesTag(3)).fork();
  if (revision < 0n) emptyField(writer, 2);
  else uint64Field(writer, 1, revision);
  wherePlaced(writer, position);
  writer.ldelim();
  writer.uint32(bytesTag(4)).fork().uint32(bytesTag(3)).bytes(Buffer.from(stream)).ldelim();
  if (expected === 'no-stream') emptyField(writer, 6);
  else if (expected === 'any') emptyField(writer, 7);
  else if (expected === 'stream-exists') emptyField(writer, 8);
  // A writer may expect any revision, also one that no stream will ever have.
  else writer.uint32(varintTag(5)).uint64(expected.toString());
  return Buffer.from(writer.finish());
};

const mapEntry = (writer: Writer, key: string, value: string): void => {
  writer.uint32(bytesTag(6)).fork();
  writer.uint32(bytesTag(1)).string(key);
  if (value !== '') writer.uint32(bytesTag(2)).string(value);
  writer.ldelim();
};

const nonEmpty = (writer: Writer, field: number, bytes: Uint8Array): void => {
  if (bytes.length > 0) writer.uint32(bytesTag(field)).bytes(bytes);
};

/** Where and when an event was recorded. */
export interface Recording {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  /** In units of 100 ns since 1970. */
  readonly createdTicks: bigint;
}

/** The ReadResp that a reader gets for an event. */
export const readResponse = (event: ProposedEvent, { stream, revision, position, createdTicks }: Recording): Buffer => {
  const writer = Writer.create();
  writer.uint32(bytesTag(1)).fork().uint32(bytesTag(1)).fork();
  writer.uint32(bytesTag(1)).fork().uint32(bytesTag(2)).string(event.id).ldelim();
  writer.uint32(bytesTag(2)).fork().uint32(bytesTag(3)).bytes(Buffer.from(stream)).ldelim();
  if (revision > 0n) uint64Field(writer, 3, revision);
  uint64Field(writer, 4, position);
  uint64Field(writer, 5, position);
  mapEntry(writer, 'content-type', event.contentType);
  mapEntry(writer, 'created', createdTicks.toString());
  mapEntry(writer, 'type', event.type);
  nonEmpty(writer, 7, event.metadata);
  nonEmpty(writer, 8, event.data);
  writer.ldelim();
  uint64Field(writer, 3, position);
  writer.ldelim();
  return Buffer.from(writer.finish());
};
