import { choosePort, compiled, portFromEnvironment, SupervisedProcess, type ProcessEvent } from '#libs/embedded';
import { textSetting } from '#libs/settings';
import { join } from 'node:path';

export type AppName = 'command-api' | 'query-api' | 'projector' | 'automation';

interface AppSpec {
  readonly portVariable: string;
  readonly preferredPort: number;
}

/** In the order of their start. */
const apps: Readonly<Record<AppName, AppSpec>> = {
  projector: { portVariable: 'RAPPORT_PROJECTOR_PORT', preferredPort: 3002 },
  'query-api': { portVariable: 'RAPPORT_QUERY_API_PORT', preferredPort: 3001 },
  automation: { portVariable: 'RAPPORT_AUTOMATION_PORT', preferredPort: 3003 },
  'command-api': { portVariable: 'RAPPORT_COMMAND_API_PORT', preferredPort: 3000 },
};

export interface AppsOptions {
  readonly databaseUrl: string;
  readonly eventStoreUrl: string;
  readonly secretsDir: string;
  readonly logsDir: string;
  /** Besides what this process was told. */
  readonly env: Readonly<Record<string, string>>;
  /** 0 takes free ports, whatever the environment says. */
  readonly ports?: 0 | undefined;
  readonly onEvent: (event: ProcessEvent) => void;
}

/** The apps as child processes. */
export interface RunningApps {
  readonly urls: Readonly<Record<AppName, string>>;
  /** Those that take requests first, then the projector. */
  stop(): Promise<void>;
}

/** Starts all apps at once. Throws an Error with what it said last if one doesn't start; none is left running then. */
export const startApps = async (options: AppsOptions): Promise<RunningApps> => {
  const children = new Map<AppName, SupervisedProcess>();
  const stop = async (): Promise<void> => {
    const projector = children.get('projector');
    await Promise.all([...children.values()].filter((child) => child !== projector).map((child) => child.stop()));
    await projector?.stop();
  };
  const start = async (name: AppName, spec: AppSpec): Promise<[AppName, string]> => {
    const asked = options.ports ?? portFromEnvironment(spec.portVariable);
    const port = await choosePort({ asked, preferred: spec.preferredPort });
    const child = new SupervisedProcess(
      {
        name,
        entry: compiled(`apps/${name}/src/main`),
        env: {
          ...process.env,
          ...options.env,
          DATABASE_URL: options.databaseUrl,
          EVENTSTORE_URL: options.eventStoreUrl,
          RAPPORT_SECRETS_DIR: options.secretsDir,
          PORT: String(port),
        },
        portVariable: 'PORT',
        logFile: join(options.logsDir, `${name}.log`),
      },
      options.onEvent,
    );
    children.set(name, child);
    const ready = await child.start();
    return [name, `http://${textSetting(process.env, 'HOST') ?? '127.0.0.1'}:${ready.port ?? port}`];
  };
  const started = await Promise.allSettled((Object.entries(apps) as [AppName, AppSpec][]).map(([n, s]) => start(n, s)));
  const failure = started.find((result) => result.status === 'rejected');
  if (failure !== undefined) {
    await stop();
    throw failure.reason;
  }
  const urls = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return { urls: Object.fromEntries(urls) as Record<AppName, string>, stop };
};
