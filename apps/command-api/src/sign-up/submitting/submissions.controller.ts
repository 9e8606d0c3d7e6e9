import { Public } from '#libs/access';
import { ApiProblems, UuidParam } from '#libs/http';
import { Body, Controller, HttpCode, Options, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiAcceptedResponse, ApiExcludeEndpoint, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ApiId } from '../../requests/command-document.js';
import { SignUpSubmissions } from './sign-up-submissions.js';
import { SubmitSignUpDto, SubmittedDocument } from './submit-sign-up.dto.js';

/** The form says whose pages may submit it, whatever other origins the app lets in. */
const ownOrigins = { cors: false };

@ApiTags('sign-up')
@Public()
@Controller('v1/sign-up-forms')
export class SubmissionsController {
  constructor(private readonly submissions: SignUpSubmissions) {}

  /** Needs no key: browsers send it, from pages of the form's origins. */
  @Post(':id/submissions')
  @RouteConfig(ownOrigins)
  @HttpCode(202)
  @ApiId()
  @ApiSecurity({})
  @ApiOperation({
    summary: 'Submit a sign-up form',
    description:
      'The person is asked by email whether it was them; until they confirm, nothing is recorded. The answer is the same ' +
      'whoever is known. The same again while it is not confirmed changes nothing.',
  })
  @ApiAcceptedResponse({ type: SubmittedDocument })
  @ApiProblems(400, 404, 409, 413, 415, 422)
  async submit(
    @UuidParam() id: string,
    @Body() entered: SubmitSignUpDto,
    @Req() { ip }: FastifyRequest,
  ): Promise<SubmittedDocument> {
    await this.submissions.submit(id, entered, ip);
    return { status: 'confirmation-asked' };
  }

  /** Preflights of the form's origins are answered before; nobody else is told that they may. */
  @Options(':id/submissions')
  @RouteConfig(ownOrigins)
  @HttpCode(204)
  @ApiExcludeEndpoint()
  options(): void {
    // Nothing to say.
  }
}
