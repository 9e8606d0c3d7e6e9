import { Module, type DynamicModule, type InjectionToken } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { MetricsController } from '../metrics/metrics.controller.js';
import { HealthController } from '../health/health.controller.js';
import { READINESS_CHECKS, type ReadinessCheck } from '../health/readiness.js';
import { Stopping } from '../health/stopping.js';
import { ProblemFilter } from '../problems/problem-filter.js';
import { DtoValidationPipe } from '../validation/validation.pipe.js';

export interface HttpModuleOptions {
  /** What `/health/ready` checks; `inject` names what `checks` is given. */
  readonly readiness: {
    readonly inject: InjectionToken[];
    readonly checks: (...dependencies: never[]) => readonly ReadinessCheck[];
  };
  /** False for an app that answers /metrics itself. */
  readonly metrics?: boolean;
}

/** Problem details for every error, validation of every DTO, health, metrics. Needs ObservabilityModule and AccessModule. */
@Module({})
export class HttpModule {
  static forRoot({ readiness, metrics = true }: HttpModuleOptions): DynamicModule {
    return {
      module: HttpModule,
      controllers: metrics ? [HealthController, MetricsController] : [HealthController],
      providers: [
        { provide: READINESS_CHECKS, inject: readiness.inject, useFactory: readiness.checks },
        Stopping,
        ProblemFilter,
        { provide: APP_FILTER, useExisting: ProblemFilter },
        { provide: APP_PIPE, useClass: DtoValidationPipe },
      ],
    };
  }
}
