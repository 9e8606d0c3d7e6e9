import { Public } from '#libs/access';
import { ApiProblems, ProblemError, UuidParam } from '#libs/http';
import { SignUpForms } from '#libs/sign-up';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ApiId } from '../requests/command-document.js';
import { SignUpSubmissions } from './submitting/sign-up-submissions.js';
import { shownForm, ShownForm } from './shown-form.dto.js';

@ApiTags('sign-up')
@Controller('v1/sign-up-forms')
export class ShownFormController {
  constructor(
    private readonly forms: SignUpForms,
    private readonly submissions: SignUpSubmissions,
  ) {}

  /** Needs no key: a form is there to be shown. */
  @Get(':id')
  @Public()
  @ApiId()
  @ApiSecurity({})
  @ApiOperation({ summary: 'What a sign-up form shows to everybody' })
  @ApiOkResponse({ type: ShownForm })
  @ApiProblems(400, 404)
  async show(@UuidParam() id: string): Promise<ShownForm> {
    const form = await this.forms.find(id);
    if (!form) throw new ProblemError(404, 'form-unknown', { detail: 'There is no sign-up form with this id.' });
    return shownForm(id, form, this.submissions.tickets.issue());
  }
}
