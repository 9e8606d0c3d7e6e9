import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { AddressInfo } from 'node:net';
import { SIGN_UP_SETTINGS, type SignUpSettings } from './sign-up-settings.js';

/** Where people reach this app's pages. */
@Injectable()
export class PublicAddress {
  constructor(
    @Inject(SIGN_UP_SETTINGS) private readonly settings: SignUpSettings,
    private readonly adapter: HttpAdapterHost,
  ) {}

  /** As the operator says; on one machine, where it listens. Never as a request's Host says, which anybody can choose. */
  get base(): string {
    if (this.settings.publicUrl !== undefined) return this.settings.publicUrl;
    const listening = this.adapter.httpAdapter.getHttpServer() as { address(): AddressInfo | null };
    return `http://127.0.0.1:${listening.address()?.port ?? 0}`;
  }
}
