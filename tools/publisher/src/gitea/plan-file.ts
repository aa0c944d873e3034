import type { PullRequest } from 'gitea-js';
import type { Forge } from './forge.ts';
import { numberOf, request } from './pull-request.ts';

/** Of a type that Gitea takes by default (attachment.ALLOWED_TYPES). */
export const planFile = 'plan.txt';

/**
 * Keeps a text beside a pull request as its only file of that name; without a text, none. Gitea shows such files below the
 * body. Throws a ForgeFailure, also where the server keeps no attachments.
 */
export async function keepPlanFile(forge: Forge, pull: PullRequest, text: string | undefined): Promise<void> {
  const { owner, repository, api } = forge;
  const index = numberOf(pull);
  const { data } = await request(forge, 'list attachments', () =>
    api.repos.issueListIssueAttachments(owner, repository, index),
  );
  const old = data.filter(({ name }) => name === planFile);
  if (text !== undefined)
    await request(forge, 'attach the plan', () => {
      const attachment = new File([text], planFile, { type: 'text/plain' });
      return api.repos.issueCreateIssueAttachment(owner, repository, index, { attachment }, { name: planFile });
    });
  for (const { id } of old)
    if (id !== undefined)
      await request(forge, 'remove the old plan', () =>
        api.repos.issueDeleteIssueAttachment(owner, repository, index, id),
      );
}
