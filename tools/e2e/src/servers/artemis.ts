import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '../tree.ts';
import { makeAuthority, makeCertificate } from './authority.ts';
import { filledSecret } from './filled-secret.ts';
import { objectOf } from './trial.ts';

interface Artemis {
  readonly acceptors: readonly {
    readonly name: string;
    readonly port: number;
    readonly protocols: string;
    readonly sslEnabled: boolean;
    readonly enabledProtocols: string;
  }[];
  readonly brokerProperties: readonly string[];
}

interface Certificate {
  readonly spec: { readonly dnsNames: readonly string[] };
}

/** What a tree says of its broker. */
export function artemisOf(tree: Tree): Artemis {
  return (objectOf(tree, 'ActiveMQArtemis', 'activemq') as unknown as { spec: Artemis }).spec;
}

/** Writes what a broker has besides its configuration: an authority, certificates of these names, and the operator's own user. */
export async function prepareBroker(tree: Tree, folder: string, certificates: readonly string[]): Promise<void> {
  for (const each of ['jaas', 'etc']) mkdirSync(join(folder, each));
  await makeAuthority(folder, 'ca');
  const { dnsNames } = (objectOf(tree, 'Certificate', 'activemq') as unknown as Certificate).spec;
  for (const name of certificates) await makeCertificate(folder, name, { ca: 'ca', dnsNames });
  writeFileSync(join(folder, 'tls.pemcfg'), `source.key=${folder}/tls.key\nsource.cert=${folder}/tls.crt\n`);
  writeFileSync(join(folder, 'etc/artemis-users.properties'), 'operator=operator-secret\n');
  writeFileSync(join(folder, 'etc/artemis-roles.properties'), 'admin=operator\n');
}

/** What the store of a broker has: its authority, and a password for each other entry, made where it is asked for first. */
export function brokerStore(folder: string): (entry: string) => string {
  const passwords = new Map<string, string>();
  return (entry) => {
    if (entry === 'activemq/ca') return readFileSync(join(folder, 'ca.crt'), 'utf8');
    const password = passwords.get(entry) ?? randomUUID().replaceAll('-', '');
    passwords.set(entry, password);
    return password;
  };
}

/** The operator's own part of a configuration: where things are, and the acceptors and further elements that are given. */
export function brokerXml(folder: string, acceptors: readonly string[], further: readonly string[] = []): string {
  const data = join(folder, 'data');
  return `<configuration xmlns="urn:activemq"><core xmlns="urn:activemq:core">
<name>activemq</name><journal-type>NIO</journal-type>
<paging-directory>${data}/paging</paging-directory><bindings-directory>${data}/bindings</bindings-directory>
<journal-directory>${data}/journal</journal-directory><large-messages-directory>${data}/large</large-messages-directory>
${further.map((each) => `${each}\n`).join('')}<acceptors>
${acceptors.map((each) => `${each}\n`).join('')}</acceptors>
<address-settings><address-setting match="#"><auto-create-queues>true</auto-create-queues></address-setting></address-settings>
</core></configuration>
`;
}

/** Writes into a folder what a broker and the users of a consumer are configured with: the broker as ArkMQ does it of the tree's ActiveMQArtemis. */
export async function prepareArtemis(tree: Tree, folder: string, users: readonly string[]): Promise<void> {
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  await prepareBroker(tree, folder, ['tls', 'next']);
  const stored = brokerStore(folder);
  const { acceptors, brokerProperties } = artemisOf(tree);
  write('broker.xml', configuration(folder, acceptors));
  write('broker.properties', brokerProperties.map((line) => `${line}\n`).join(''));
  for (const [file, text] of Object.entries(
    filledSecret(objectOf(tree, 'ExternalSecret', 'activemq-jaas-config'), stored),
  ))
    write(join('jaas', file), text.replace('/home/jboss/amq-broker/etc', join(folder, 'etc')));
  const lines = users.map((user) => {
    const secret = filledSecret(objectOf(tree, 'ExternalSecret', `till-${user}`), stored);
    write('consumer-ca.crt', secret.ca ?? '');
    return `${user}.username=${secret.username}\n${user}.password=${secret.password}\n`;
  });
  write('users.properties', lines.join(''));
}

/** One acceptor (OpenWire's module is not at hand), and the administrator's role for all addresses. */
function configuration(folder: string, [acceptor, ...others]: Artemis['acceptors']): string {
  if (acceptor === undefined || others.length > 0 || !acceptor.sslEnabled || acceptor.port !== 61616)
    throw new Error('the ActiveMQArtemis of the tree has other acceptors than one with TLS on 61616');
  const protocols = acceptor.protocols.replace(',OPENWIRE', '');
  const tls = `sslEnabled=true;keyStoreType=PEMCFG;keyStorePath=${folder}/tls.pemcfg;enabledProtocols=${acceptor.enabledProtocols}`;
  const rights = [
    'createNonDurableQueue',
    'createDurableQueue',
    'createAddress',
    'consume',
    'browse',
    'send',
    'manage',
  ];
  const permissions = rights.map((right) => `<permission type="${right}" roles="admin"/>`).join('\n');
  return brokerXml(
    folder,
    [`<acceptor name="${acceptor.name}">tcp://localhost:${acceptor.port}?protocols=${protocols};${tls}</acceptor>`],
    [
      '<configuration-file-refresh-period>1000</configuration-file-refresh-period>',
      `<security-settings><security-setting match="#">\n${permissions}\n</security-setting></security-settings>`,
    ],
  );
}
