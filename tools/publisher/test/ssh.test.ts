import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codes, publishOnce } from './publish-once.ts';
import { type SshServer, sshAvailable, startSshServer } from './ssh-server.ts';

describe.skipIf(!sshAvailable)('SSH, by a real sshd (skipped where none is installed)', () => {
  const publish = (server: SshServer, url: string, text: string, has = { agent: true, hosts: true }) =>
    publishOnce(
      url,
      { 'a.yaml': `a: ${text}\n` },
      { connect: { environment: server.environment(has), idleSeconds: 20 } },
    );

  // Over HTTP git speaks protocol 2; here its words are others.
  it('publishes to a repository of SHA-256 behind a plain sshd', async () => {
    const server = await startSshServer({ protocol: false });
    const url = server.create('newer', '--object-format=sha256');
    for (const text of ['1', '2'])
      expect(await publish(server, url, text)).toMatchObject({ status: 'published', diagnostics: [] });
    expect(await publish(server, url, '2')).toMatchObject({ status: 'unchanged' });
    expect(server.git('newer', 'rev-parse', 'main')).toHaveLength(64);
    server.git('newer', 'fsck', '--strict');
    server.close();
  });

  describe.each([
    { title: 'that hears of protocol 2', protocol: true },
    { title: 'that does not', protocol: false },
  ])('$title', ({ protocol }) => {
    let server: SshServer;
    beforeAll(async () => {
      server = await startSshServer({ protocol });
    });
    afterAll(() => server?.close());

    it('publishes with a key of the agent, and then does nothing', async () => {
      const url = server.create('fleet');
      expect(await publish(server, url, '1')).toMatchObject({ status: 'published', diagnostics: [] });
      expect(await publish(server, url, '2')).toMatchObject({ status: 'published', written: 2 });
      expect(await publish(server, url, '2')).toMatchObject({ status: 'unchanged' });
      expect(server.git('fleet', 'cat-file', 'blob', 'main:clusters/one/a.yaml')).toBe('a: 2');
      server.git('fleet', 'fsck', '--strict');
    });

    it('publishes nothing without a key, and says what to do', async () => {
      const url = server.create('no-key');
      const outcome = await publish(server, url, '1', { agent: false, hosts: true });
      expect(codes(outcome)).toEqual(['publish/unauthorized']);
      expect(outcome.diagnostics[0]?.note).toContain('Permission denied (publickey)');
      expect(outcome.diagnostics[0]?.help).toContain('ssh-add');
      expect(server.git('no-key', 'for-each-ref')).toBe('');
    });

    it('shows no key to a server it does not know', async () => {
      const url = server.create('unknown');
      const outcome = await publish(server, url, '1', { agent: true, hosts: false });
      expect(codes(outcome)).toEqual(['publish/unreachable']);
      expect(outcome.diagnostics[0]?.help).toContain('known_hosts');
      expect(server.git('unknown', 'for-each-ref')).toBe('');
    });
  });
});
