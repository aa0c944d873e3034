/** A push that was turned away. */
export interface PushRejection {
  /** `git`: before anything was sent, since the branch is not where it was expected. */
  readonly by: 'git' | 'server';
  /** '' where none is given. */
  readonly reason: string;
}

/** The line `!<TAB>from:to<TAB>[rejected] (reason)` of `git push --porcelain` (git-push(1), OUTPUT); undefined without one. */
export function pushRejection(stdout: string): PushRejection | undefined {
  const summary = /^!\t[^\t]*\t(.*)$/m.exec(stdout)?.[1];
  const [, who = '', reason = ''] = /^\[([^\]]*)\](?: \((.*)\))?$/.exec(summary ?? '') ?? [];
  if (who === 'rejected') return { by: 'git', reason };
  return who === 'remote rejected' ? { by: 'server', reason } : undefined;
}
