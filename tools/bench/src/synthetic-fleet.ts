import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, parseDocument } from 'yaml';

/**
 * Makes a workspace in an empty folder: the real components and products of `root`, and `size` clusters that are copies of
 * its clusters, each with a name and domain of its own, paired as the originals are.
 */
export function makeFleet(root: string, into: string, size: number): readonly string[] {
  for (const part of ['components', 'products']) cpSync(join(root, part), join(into, part), { recursive: true });
  const originals = readdirSync(join(root, 'clusters'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  mkdirSync(join(into, 'clusters'), { recursive: true });
  cpSync(join(root, 'clusters/defaults.yaml'), join(into, 'clusters/defaults.yaml'));
  writeFileSync(join(into, 'package.json'), '{ "name": "fleet", "private": true }\n');
  const rounds = Math.ceil(size / originals.length);
  const names = Array.from({ length: rounds }, (_, round) =>
    originals.map((original) => copyName(original, round)),
  ).flat();
  for (let round = 0; round < rounds; round += 1) {
    for (const original of originals) {
      const text = readFileSync(join(root, 'clusters', original, 'cluster.yaml'), 'utf8');
      const folder = join(into, 'clusters', copyName(original, round));
      mkdirSync(folder);
      writeFileSync(join(folder, 'cluster.yaml'), renameCluster(text, copyName(original, round), round));
    }
  }
  return names;
}

function copyName(original: string, round: number): string {
  return `${original}-${String(round).padStart(4, '0')}`;
}

function renameCluster(text: string, name: string, round: number): string {
  const document = parseDocument(text);
  document.setIn(['metadata', 'name'], name);
  document.setIn(['spec', 'domain'], `${name}.example.com`);
  const pair = document.getIn(['spec', 'disasterRecovery']);
  if (isMap(pair)) pair.set('peer', copyName(String(pair.get('peer')), round));
  return document.toString();
}
