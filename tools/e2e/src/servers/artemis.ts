import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '../tree.ts';
import { makeAuthority, makeCertificate } from './authority.ts';
import { filledSecret } from './filled-secret.ts';
import { objectOf } from './trial.ts';

interface Artemis {
  readonly spec: {
    readonly acceptors: readonly {
      readonly name: string;
      readonly port: number;
      readonly protocols: string;
      readonly sslEnabled: boolean;
      readonly enabledProtocols: string;
    }[];
    readonly brokerProperties: readonly string[];
  };
}

interface Certificate {
  readonly spec: { readonly dnsNames: readonly string[] };
}

/** Writes into a folder what a broker and the users of a consumer are configured with: the broker as ArkMQ does it of the tree's ActiveMQArtemis. */
export async function prepareArtemis(tree: Tree, folder: string, users: readonly string[]): Promise<void> {
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  for (const each of ['jaas', 'etc']) mkdirSync(join(folder, each));
  await makeAuthority(folder, 'ca');
  const { dnsNames } = (objectOf(tree, 'Certificate', 'activemq') as unknown as Certificate).spec;
  for (const name of ['tls', 'next']) await makeCertificate(folder, name, { ca: 'ca', dnsNames });
  const passwords = new Map<string, string>();
  const stored = (entry: string): string => {
    if (entry === 'activemq/ca') return readFileSync(join(folder, 'ca.crt'), 'utf8');
    const password = passwords.get(entry) ?? randomUUID();
    passwords.set(entry, password);
    return password;
  };
  const { acceptors, brokerProperties } = (objectOf(tree, 'ActiveMQArtemis', 'activemq') as unknown as Artemis).spec;
  write('tls.pemcfg', `source.key=${folder}/tls.key\nsource.cert=${folder}/tls.crt\n`);
  write('broker.xml', brokerXml(folder, acceptors));
  write('broker.properties', brokerProperties.map((line) => `${line}\n`).join(''));
  for (const [file, text] of Object.entries(
    filledSecret(objectOf(tree, 'ExternalSecret', 'activemq-jaas-config'), stored),
  ))
    write(join('jaas', file), text.replace('/home/jboss/amq-broker/etc', join(folder, 'etc')));
  write('etc/artemis-users.properties', 'operator=operator-secret\n');
  write('etc/artemis-roles.properties', 'admin=operator\n');
  const lines = users.map((user) => {
    const secret = filledSecret(objectOf(tree, 'ExternalSecret', `till-${user}`), stored);
    write('consumer-ca.crt', secret.ca ?? '');
    return `${user}.username=${secret.username}\n${user}.password=${secret.password}\n`;
  });
  write('users.properties', lines.join(''));
}

/** The operator's own part: where things are, one acceptor (OpenWire's module is not at hand), and the administrator's role for all addresses. */
function brokerXml(folder: string, acceptors: Artemis['spec']['acceptors']): string {
  const [acceptor, ...others] = acceptors;
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
  return `<configuration xmlns="urn:activemq"><core xmlns="urn:activemq:core">
<name>activemq</name><journal-type>NIO</journal-type>
<paging-directory>${folder}/data/paging</paging-directory><bindings-directory>${folder}/data/bindings</bindings-directory>
<journal-directory>${folder}/data/journal</journal-directory><large-messages-directory>${folder}/data/large</large-messages-directory>
<configuration-file-refresh-period>1000</configuration-file-refresh-period>
<acceptors><acceptor name="${acceptor.name}">tcp://localhost:${acceptor.port}?protocols=${protocols};${tls}</acceptor></acceptors>
<security-settings><security-setting match="#">
${rights.map((right) => `<permission type="${right}" roles="admin"/>`).join('\n')}
</security-setting></security-settings>
<address-settings><address-setting match="#"><auto-create-queues>true</auto-create-queues></address-setting></address-settings>
</core></configuration>
`;
}
