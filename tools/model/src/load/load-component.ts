import { diagnostic, hasErrors } from '@fluxwright/diagnostics';
import type { SourceDocument } from '@fluxwright/documents';
import {
  ignoreRule,
  isObject,
  listFiles,
  parseJson,
  parseYaml,
  type ReadLog,
  readText,
  remember,
} from '@fluxwright/documents';
import { factsFile } from './chart-facts.ts';
import { answerTo, type FileUse, networkPolicies, sortComponentFiles, unusedFile } from './component-files.ts';
import { componentVersion } from './component-version.ts';
import { definitionFactsFile } from './definition-facts.ts';
import type { ComponentPlace } from './find-components.ts';
import { loadManifest } from './load-manifest.ts';
import { providedServices } from './services.ts';
import { type SharedDefinitions, withDefinitions } from './shared-definitions.ts';
import type { Answer, Component, ComponentFile, ComponentSpec } from './workspace.ts';

/** Reads a component's folder; its schema may take `definitions`. Nothing where a part that others build on is missing or wrong; the log says what. */
export function loadComponent(
  log: ReadLog,
  { folder, expectedName }: ComponentPlace,
  definitions: SharedDefinitions,
): Component | undefined {
  const before = log.diagnostics.length;
  const present = listFiles(log, folder);
  // Of a folder that cannot be read, every part would be missing.
  if (log.diagnostics.slice(before).some(({ primary }) => primary?.file === folder)) return undefined;
  const manifest = loadManifest(log, { kind: 'component', folder, expectedName });
  const spec = manifest?.spec as unknown as ComponentSpec | undefined;
  const use = useOf(spec);
  const files = sortComponentFiles(present, use);
  const read = (file: string): ComponentFile[] => {
    const text = readText(log, `${folder}/${file}`, folder);
    return text === undefined ? [] : [{ file: `${folder}/${file}`, path: file.slice(file.indexOf('/') + 1), text }];
  };
  const parts = {
    identity: loadRequired(log, folder, 'package.json'),
    schema: loadSchema(log, folder, definitions),
    defaults: present.includes('values.yaml') ? loadValues(log, folder, 'values.yaml') : undefined,
    answers: files.answers.flatMap((file) => loadAnswer(log, folder, file)),
    helmValues: files.helmValues.flatMap(read)[0],
    facts: use.hasChart && present.includes(factsFile) ? read(factsFile)[0] : undefined,
    definitionFacts: present.includes(definitionFactsFile) ? read(definitionFactsFile)[0] : undefined,
    templates: { install: files.install.flatMap(read), configure: files.configure.flatMap(read) },
    pair: files.pair.flatMap(read),
    services: files.services.flatMap(read),
    network: files.network.flatMap(read),
    bootstrap: files.bootstrap.flatMap(read),
    kustomize: files.kustomize.flatMap(read),
  };
  // What lies beside the parts of an installed package is its author's business, and what git ignores nobody's.
  const strays =
    manifest === undefined || expectedName === undefined
      ? []
      : files.unused.filter((file) => ignoreRule(log, `${folder}/${file}`) === undefined);
  log.diagnostics.push(...strays.map((file) => unusedFile(folder, file, use)));
  const { identity, schema, defaults, answers, helmValues, facts, definitionFacts, templates } = parts;
  const { services, network, pair, bootstrap, kustomize } = parts;
  const version = identity && componentVersion(identity);
  log.diagnostics.push(...(version?.diagnostics ?? []));
  if (manifest === undefined || version?.value === undefined || schema === undefined) return undefined;
  if (hasErrors(log.diagnostics.slice(before))) return undefined;
  return {
    name: manifest.name,
    folder,
    version: version.value,
    manifest: manifest.document,
    spec: manifest.spec as unknown as ComponentSpec,
    schema,
    ...(defaults === undefined ? {} : { defaults }),
    answers,
    ...(helmValues === undefined ? {} : { helmValues }),
    ...(facts === undefined ? {} : { facts }),
    ...(definitionFacts === undefined ? {} : { definitionFacts }),
    templates,
    services: byKind(services, '.yaml.hbs'),
    crossing: byKind(services, '.pair.yaml.hbs'),
    trust: byKind(services, '.trust.yaml.hbs'),
    pair,
    network,
    contracts: new Map(),
    bootstrap,
    kustomize,
  };
}

/** The templates of services whose names are that of their kind and an ending, by kind. */
function byKind(services: readonly ComponentFile[], ending: string): ReadonlyMap<string, ComponentFile> {
  return new Map(
    services.flatMap((file): [string, ComponentFile][] => {
      const kind = file.path.slice(0, file.path.indexOf('.'));
      return file.path === `${kind}${ending}` ? [[kind, file]] : [];
    }),
  );
}

/** What of a manifest decides which files are of use. */
function useOf(spec: ComponentSpec | undefined): FileUse {
  const made = spec === undefined ? [] : providedServices(spec).map(({ said }) => said);
  return {
    hasChart: spec?.helm !== undefined,
    provides: made.map(({ kind }) => kind),
    hasPolicies: providesPolicies(spec),
    pairs: made.flatMap(({ kind, pair }) => (pair === undefined ? [] : [kind])),
    isPaired: spec?.pair !== undefined,
  };
}

function providesPolicies(spec: ComponentSpec | undefined): boolean {
  return (spec?.provides?.capabilities ?? []).some(
    (each) => (typeof each === 'string' ? each : each.name) === networkPolicies,
  );
}

const purposes = {
  'package.json':
    'it gives the component its version: {"name": "@fluxwright-components/…", "version": "0.1.0", "private": true}',
  'values.schema.json': 'it states the values; for none: {"type": "object", "additionalProperties": false}',
} as const;

function loadSchema(log: ReadLog, folder: string, definitions: SharedDefinitions): SourceDocument | undefined {
  const schema = loadRequired(log, folder, 'values.schema.json');
  if (schema === undefined) return undefined;
  const { file, text } = schema;
  const both = JSON.stringify([text, definitions.broken, definitions.document?.text]);
  const { value, diagnostics } = remember('schema', file, both, () => withDefinitions(schema, definitions));
  log.diagnostics.push(...diagnostics);
  return value;
}

function loadRequired(log: ReadLog, folder: string, name: keyof typeof purposes): SourceDocument | undefined {
  const file = `${folder}/${name}`;
  const text = readText(log, file, folder, () =>
    diagnostic('load/missing-manifest', {
      message: `${folder} has no ${name}`,
      primary: { file },
      note: 'there is no such file',
      help: purposes[name],
    }),
  );
  if (text === undefined) return undefined;
  const { value, diagnostics } = remember('json', file, text, () => parseJson(file, text));
  log.diagnostics.push(...diagnostics);
  return value;
}

function loadAnswer(log: ReadLog, folder: string, name: string): readonly Answer[] {
  const to = answerTo(name);
  const document = to === undefined ? undefined : loadValues(log, folder, name);
  return to === undefined || document === undefined ? [] : [{ ...to, document }];
}

/** Values of a component; undefined where the file is empty. */
function loadValues(log: ReadLog, folder: string, name: string): SourceDocument | undefined {
  const file = `${folder}/${name}`;
  const text = readText(log, file, folder);
  if (text === undefined) return undefined;
  const { value, diagnostics } = remember('yaml', file, text, () => parseYaml(file, text));
  log.diagnostics.push(...diagnostics);
  if (value === undefined || value.value === null) return undefined;
  if (isObject(value.value)) return value;
  log.diagnostics.push(
    diagnostic('load/wrong-type', {
      message: `${file} must be a map`,
      primary: value.locate([]),
      note: 'this is no map',
    }),
  );
  return undefined;
}
