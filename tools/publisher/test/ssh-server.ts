import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';

/** Where distributions put OpenSSH's server; it wants to be started by its full path. */
const sshd = ['/usr/sbin/sshd', '/usr/bin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path));

/** True where OpenSSH's server and agent are installed. */
export const sshAvailable = sshd !== undefined;

/** A real sshd on loopback that lets one key in, and an agent that holds it. */
export interface SshServer {
  /** Folder of the bare repositories. */
  readonly root: string;
  /** Makes a bare repository and returns its URL. */
  readonly create: (name: string, ...options: readonly string[]) => string;
  readonly git: (name: string, ...args: readonly string[]) => string;
  /** Variables with which git's ssh knows the server; `agent` with the key, `hosts` with the server's. */
  readonly environment: (has: { agent: boolean; hosts: boolean }) => Record<string, string>;
  readonly close: () => void;
}

/** `protocol`: whether the server hears which protocol git wants to speak, as Gitea's does and a plain sshd does not. */
export async function startSshServer({ protocol }: { readonly protocol: boolean }): Promise<SshServer> {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-ssh-'));
  const at = (name: string): string => join(root, name);
  for (const name of ['host', 'user'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', at(name)]);
  const port = await freePort();
  writeFileSync(at('authorized'), readFileSync(at('user.pub')));
  writeFileSync(at('known'), `[127.0.0.1]:${port} ${readFileSync(at('host.pub'), 'utf8')}`);
  writeFileSync(at('unknown'), '');
  writeFileSync(
    at('config'),
    `Port ${port}
ListenAddress 127.0.0.1
HostKey ${at('host')}
AuthorizedKeysFile ${at('authorized')}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
${protocol ? 'AcceptEnv GIT_PROTOCOL\n' : ''}`,
  );
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const server = spawn(sshd ?? '', ['-D', '-f', at('config'), '-E', at('log')], { stdio: 'ignore' });
  const agent = spawn('ssh-agent', ['-D', '-a', at('agent')], { stdio: 'ignore' });
  for (let tries = 0; !existsSync(at('agent')) || !isListening(at('log')); tries += 1) {
    if (tries > 200) throw new Error(`sshd does not start: ${readFileSync(at('log'), 'utf8')}`);
    await pause(50);
  }
  execFileSync('ssh-add', ['-q', at('user')], { env: { ...process.env, SSH_AUTH_SOCK: at('agent') } });
  rmSync(at('user'));
  const git = (name: string, ...args: readonly string[]): string =>
    execFileSync('git', ['-C', at(`${name}.git`), ...args], { encoding: 'utf8' }).trim();
  const end = (child: ChildProcess): boolean => child.kill();
  return {
    root,
    git,
    create: (name, ...options) => {
      execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', ...options, at(`${name}.git`)]);
      git(name, 'config', 'uploadpack.allowFilter', 'true');
      return `ssh://${userInfo().username}@127.0.0.1:${port}${at(`${name}.git`)}`;
    },
    environment: (has) => ({
      PATH: process.env.PATH ?? '',
      HOME: root,
      GIT_CONFIG_NOSYSTEM: '1',
      // ssh finds the home of its user without HOME.
      GIT_SSH_COMMAND: `ssh -F none -o BatchMode=yes -o UserKnownHostsFile=${at(has.hosts ? 'known' : 'unknown')} -o GlobalKnownHostsFile=none -o IdentityFile=none`,
      ...(has.agent && { SSH_AUTH_SOCK: at('agent') }),
    }),
    close: () => {
      end(server);
      end(agent);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function isListening(log: string): boolean {
  return existsSync(log) && readFileSync(log, 'utf8').includes('Server listening');
}
