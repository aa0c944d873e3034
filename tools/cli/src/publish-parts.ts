import { Option } from 'commander';

/** The option that says where Gitea is. */
export function forge(): Option {
  return new Option('--forge <url>', 'address of Gitea, where the clone URL does not say it');
}

/** What the help of commands that talk to git servers and Gitea says of credentials. */
export const gitCredentials = `
A token of Gitea needs the scope write:repository; for pull requests also write:issue; for bootstrap-forge also read:user and
write:organization (write:user for a repository of one's own, write:admin for --user).
Credentials come from FLUXWRIGHT_GIT_TOKEN (with FLUXWRIGHT_GIT_HOST for that host only), FLUXWRIGHT_GIT_TOKEN_<HOST>,
git's credential helpers or the SSH agent.`;
