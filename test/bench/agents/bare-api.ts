import { EventLog } from '#libs/event-store';
import { newId } from '#libs/kernel';
import { fastify } from 'fastify';

/** Unknown to all projections, so that they pass over it. */
const TYPE = 'bench.posted';

/**
 * The least that a command over HTTP comes to: Fastify parses JSON, and the client appends it as one event. Nobody is asked
 * who they are, nothing is checked, sealed or counted. Serves until its parent lets go of it.
 */
process.once('message', (question) => {
  const { url } = question as { url: string };
  const log = new EventLog(url, 'bench');
  const server = fastify();
  server.post<{ Params: { id: string } }>('/v1/candidates/:id/interactions', async ({ params, body }, reply) => {
    const event = { id: newId(), type: TYPE, data: body as Record<string, unknown>, metadata: {} };
    const { revision, position } = await log.append(`bench-${params.id}-${newId()}`, 'no-stream', [event]);
    return reply.code(201).send({ revision, position: String(position.commit) });
  });
  process.once('disconnect', () => void server.close().then(() => log.close()));
  void server.listen({ port: 0, host: '127.0.0.1' }).then((address) => process.send?.(address));
});
