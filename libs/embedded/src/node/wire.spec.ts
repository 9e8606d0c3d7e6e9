import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { Expected } from './expected.js';
import { batchAppended, readBatchRequest, readResponse } from './wire.js';

const bytes = fc.uint8Array({ maxLength: 300 });
const revision = fc.bigInt(0n, 2n ** 40n);
const expected: fc.Arbitrary<Expected> = fc.oneof(
  fc.constantFrom<Expected>('any', 'no-stream', 'stream-exists'),
  fc.bigInt(0n, 2n ** 64n - 1n),
);
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const event = fc.record({ id: fc.uuid(), type: text, contentType: text, data: bytes, metadata: bytes });

const uuidMessage = (id: string): shared.UUID => {
  const uuid = new shared.UUID();
  uuid.setString(id);
  return uuid;
};
const streamMessage = (name: string): shared.StreamIdentifier => {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(name));
  return identifier;
};

describe('The messages that the node reads and writes by hand', () => {
  it('are those of the generated code: a batch append', () => {
    const request = fc.record({
      correlation: fc.uuid(),
      stream: text,
      expected,
      deadline: fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 }), { nil: undefined }),
      events: fc.array(event, { maxLength: 4 }),
      isFinal: fc.boolean(),
    });
    fc.assert(
      fc.property(request, (given) => {
        const options = new streams.BatchAppendReq.Options();
        options.setStreamIdentifier(streamMessage(given.stream));
        if (given.expected === 'any') options.setAny(new empty.Empty());
        else if (given.expected === 'no-stream') options.setNoStream(new empty.Empty());
        else if (given.expected === 'stream-exists') options.setStreamExists(new empty.Empty());
        else options.setStreamPosition(given.expected.toString());
        if (given.deadline !== undefined) options.setDeadline(timestamps.Timestamp.fromDate(new Date(given.deadline)));
        const message = new streams.BatchAppendReq();
        message.setCorrelationId(uuidMessage(given.correlation));
        message.setOptions(options);
        for (const { id, type, contentType, data, metadata } of given.events) {
          const proposed = new streams.BatchAppendReq.ProposedMessage();
          proposed.setId(uuidMessage(id));
          proposed.getMetadataMap().set('type', type);
          proposed.getMetadataMap().set('content-type', contentType);
          proposed.setData(data);
          proposed.setCustomMetadata(metadata);
          message.addProposedMessages(proposed);
        }
        message.setIsFinal(given.isFinal);

        const read = readBatchRequest(Buffer.from(message.serializeBinary()));
        expect(read.correlation).toEqual(Buffer.from(uuidMessage(given.correlation).serializeBinary()));
        expect(read.options).toEqual({ stream: given.stream, expected: given.expected, deadline: given.deadline });
        expect(read.isFinal).toBe(given.isFinal);
        expect(read.events.map((one) => ({ ...one, data: [...one.data], metadata: [...one.metadata] }))).toEqual(
          given.events.map((one) => ({ ...one, data: [...one.data], metadata: [...one.metadata] })),
        );
      }),
    );
  });

  it('are those of the generated code: ids as two numbers', () => {
    const halves = new shared.UUID.Structured();
    halves.setMostSignificantBits('-1147797409030816545');
    halves.setLeastSignificantBits('1311768467463790320');
    const id = new shared.UUID();
    id.setStructured(halves);
    const proposed = new streams.BatchAppendReq.ProposedMessage();
    proposed.setId(id);
    const message = new streams.BatchAppendReq();
    message.addProposedMessages(proposed);
    expect(readBatchRequest(Buffer.from(message.serializeBinary())).events).toMatchObject([
      { id: 'f0123456-789a-bcdf-1234-56789abcdef0', type: '', contentType: 'application/octet-stream' },
    ]);
  });

  it('are those of the generated code: the answer to an append', () => {
    const place = fc.record({ revision: fc.oneof(fc.constant(-1n), revision), position: revision });
    fc.assert(
      fc.property(fc.uuid(), text, expected, place, (id, stream, want, { revision: at, position }) => {
        const success = new streams.BatchAppendResp.Success();
        if (at < 0n) success.setNoStream(new empty.Empty());
        else success.setCurrentRevision(at.toString());
        const where = new shared.AllStreamPosition();
        where.setCommitPosition(position.toString());
        where.setPreparePosition(position.toString());
        success.setPosition(where);
        const response = new streams.BatchAppendResp();
        response.setCorrelationId(uuidMessage(id));
        response.setSuccess(success);
        response.setStreamIdentifier(streamMessage(stream));
        if (want === 'any') response.setAny(new empty.Empty());
        else if (want === 'no-stream') response.setNoStream(new empty.Empty());
        else if (want === 'stream-exists') response.setStreamExists(new empty.Empty());
        else response.setStreamPosition(want.toString());
        const correlation = Buffer.from(uuidMessage(id).serializeBinary());
        const written = batchAppended({ stream, expected: want, correlation }, { revision: at, position });
        expect(streams.BatchAppendResp.deserializeBinary(written).toObject()).toEqual(
          streams.BatchAppendResp.deserializeBinary(response.serializeBinary()).toObject(),
        );
      }),
    );
  });

  it('are those of the generated code: an event', () => {
    const recording = fc.record({ stream: text, revision, position: fc.bigInt(1n, 2n ** 40n), createdTicks: revision });
    fc.assert(
      fc.property(event, recording, (one, at) => {
        const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
        recorded.setId(uuidMessage(one.id));
        recorded.setStreamIdentifier(streamMessage(at.stream));
        recorded.setStreamRevision(at.revision.toString());
        recorded.setPreparePosition(at.position.toString());
        recorded.setCommitPosition(at.position.toString());
        recorded.setData(one.data);
        recorded.setCustomMetadata(one.metadata);
        recorded.getMetadataMap().set('type', one.type);
        recorded.getMetadataMap().set('content-type', one.contentType);
        recorded.getMetadataMap().set('created', at.createdTicks.toString());
        const read = new streams.ReadResp.ReadEvent();
        read.setEvent(recorded);
        read.setCommitPosition(at.position.toString());
        const response = new streams.ReadResp();
        response.setEvent(read);
        expect(streams.ReadResp.deserializeBinary(readResponse(one, at)).toObject()).toEqual(
          streams.ReadResp.deserializeBinary(response.serializeBinary()).toObject(),
        );
      }),
    );
  });
});
