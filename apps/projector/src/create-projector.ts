import { createApp } from '#libs/http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ProjectorModule, type ProjectorOptions } from './projector.module.js';

const description = {
  title: 'Rapport projector',
  description: 'Folds the event log into the read models. Shows how far each has come, and metrics for Prometheus.',
};

/** The projector, ready to listen. It works from then on, whether or not anybody asks. */
export const createProjector = (options: ProjectorOptions): Promise<NestFastifyApplication> =>
  createApp(ProjectorModule.forRoot(options), description);
