import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';

// The script that says which way Milvus copies, against a stand-in of grpcurl that keeps an edge a Milvus, and answers as the issues and
// documents do that the script names. No sample has a Milvus: the text is that of the template, in which nothing else stands.

const template = path.resolve(import.meta.dirname, '../../../../components/milvus/configure/topology.yaml.hbs');
const [, after = ''] = readFileSync(template, 'utf8').split('  topology.sh: |\n');
const script = (after.split('\n---\n')[0] ?? '').replace(/^ {4}/gm, '');

const folder = mkdtempSync(path.join(tmpdir(), 'pair-edges-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

writeFileSync(
  path.join(folder, 'grpcurl'),
  `#!/bin/sh
for each; do case $each in *:19530) kept=$STATE/\${each%%:*} ;; *MilvusService/*) call=\${each##*/} ;; -H) [ -n "$TOKEN" ] ;; esac; done
[ -f "$kept" ] || { echo 'Failed to dial target host: context deadline exceeded'; exit 1; }
edge=$(cat "$kept") request=$(cat)
case $call in
  GetVersion) echo '{ "status": {}, "version": "2.6.19" }' ;;
  ListDatabases) echo '{ "status": {}, "dbNames": [ "default" ] }' ;;
  ShowCollections) if [ -f "$kept.data" ]; then echo '{ "status": {}, "collectionNames": [ "a" ] }'; else echo '{ "status": {} }'; fi ;;
  GetReplicateConfiguration)
    case $edge in
      none) printf 'ERROR:\\n  Code: DeadlineExceeded\\n'; exit 68 ;;
      alone) printf '{ "status": {},\\n "configuration": { "clusters": [ { "clusterId": "a" } ] } }' ;;
      *) printf '{ "status": {},\\n "configuration": { "clusters": [ { "clusterId": "a" } ],
          "crossClusterTopology": [ { "sourceClusterId": "%s",\\n "targetClusterId": "%s" } ] } }' "\${edge%>*}" "\${edge#*>}" ;;
    esac ;;
  UpdateReplicateConfiguration)
    echo "$request" > "$STATE/said"
    case $request in
      *forcePromote*) echo alone > "$kept" ;;
      *) echo "$request" | sed 's/.*"sourceClusterId":"\\([^"]*\\)","targetClusterId":"\\([^"]*\\)".*/\\1>\\2/' > "$kept" ;;
    esac
    echo '{}' ;;
esac
`,
);
chmodSync(path.join(folder, 'grpcurl'), 0o755);
const keptHere = path.join(folder, 'here');
const said = path.join(folder, 'said');

beforeEach(() => {
  for (const each of ['here', 'here.data', 'there', 'said']) rmSync(path.join(folder, each), { force: true });
});

interface Case {
  readonly mode: 'lead' | 'write' | 'hold' | 'follow';
  readonly here: string;
  /** Undefined where the other side does not answer. */
  readonly there?: string;
  readonly data?: true;
  readonly seeded?: true;
  /** The edge afterwards, and whether the run succeeds. */
  readonly becomes: readonly [string, boolean];
}

const cases: readonly Case[] = [
  { mode: 'lead', here: 'none', becomes: ['north>south', true] },
  { mode: 'lead', here: 'north>south', becomes: ['north>south', true] },
  { mode: 'lead', here: 'none', data: true, becomes: ['none', false] },
  { mode: 'write', here: 'none', data: true, becomes: ['none', true] },
  { mode: 'lead', here: 'none', data: true, seeded: true, becomes: ['north>south', true] },
  { mode: 'write', here: 'south>north', becomes: ['alone', true] },
  { mode: 'lead', here: 'south>north', becomes: ['alone', false] },
  { mode: 'lead', here: 'alone', seeded: true, becomes: ['north>south', true] },
  { mode: 'hold', here: 'north>south', becomes: ['south>north', true] },
  { mode: 'hold', here: 'south>north', becomes: ['south>north', true] },
  { mode: 'hold', here: 'alone', becomes: ['alone', false] },
  { mode: 'follow', here: 'none', becomes: ['south>north', true] },
  { mode: 'follow', here: 'south>north', becomes: ['south>north', true] },
  { mode: 'follow', here: 'none', data: true, becomes: ['none', false] },
  { mode: 'follow', here: 'north>south', there: 'north>south', becomes: ['north>south', true] },
  { mode: 'follow', here: 'north>south', there: 'alone', becomes: ['north>south', false] },
  { mode: 'follow', here: 'north>south', becomes: ['north>south', false] },
  { mode: 'follow', here: 'alone', becomes: ['alone', false] },
];

function run({ mode, here, there, data, seeded }: Omit<Case, 'becomes'>, wait = '0') {
  writeFileSync(keptHere, `${here}\n`);
  if (there !== undefined) writeFileSync(path.join(folder, 'there'), `${there}\n`);
  if (data) writeFileSync(path.join(folder, 'here.data'), '');
  const { status } = spawnSync('sh', ['-s'], {
    input: script,
    timeout: 10_000,
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      STATE: folder,
      MODE: mode,
      OWN: 'north',
      PEER: 'south',
      MILVUS: 'here:19530',
      LINK: 'there:19530',
      CHANNELS: '2',
      WAIT: wait,
      SEEDED: String(seeded === true),
      PAUSE: '0',
      PATIENCE: '5',
      ROOT: 'secret',
    },
  });
  return [readFileSync(keptHere, 'utf8').trim(), status === 0] as const;
}

test.each(cases)('$mode with $here here and $there there, data: $data, seeded: $seeded', ({ becomes, ...given }) => {
  expect(run(given)).toEqual(becomes);
});

test('the edge is the same text on both sides, and nothing is said twice', () => {
  run({ mode: 'lead', here: 'none' });
  expect(JSON.parse(readFileSync(said, 'utf8'))).toEqual({
    replicateConfiguration: {
      clusters: ['north', 'south'].map((name) => ({
        clusterId: name,
        connectionParam: { uri: `http://milvus-${name}.milvus.svc:19530` },
        pchannels: [`${name}-rootcoord-dml_0`, `${name}-rootcoord-dml_1`],
      })),
      crossClusterTopology: [{ sourceClusterId: 'north', targetClusterId: 'south' }],
    },
  });
  rmSync(said);
  expect(run({ mode: 'lead', here: 'north>south' })).toEqual(['north>south', true]);
  expect(existsSync(said)).toBe(false);
});
