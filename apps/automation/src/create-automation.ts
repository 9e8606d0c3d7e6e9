import { createApp } from '#libs/http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AutomationModule, type AutomationOptions } from './automation.module.js';

const description = {
  title: 'Rapport automation',
  description: 'Turns events into commands. Shows metrics for Prometheus.',
};

/** Automation, ready to listen. It works from then on, whether or not anybody asks. */
export const createAutomation = (options: AutomationOptions): Promise<NestFastifyApplication> =>
  createApp(AutomationModule.forRoot(options), description);
