import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quoting } from '@fluxwright/documents';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';

/** Content of a file: text as it is, anything else as YAML, or as JSON where the name ends so. */
export type Files = Readonly<Record<string, unknown>>;

/** Writes a workspace to a folder that goes away with the test. */
export function writeWorkspace(files: Files): string {
  const root = mkdtempSync(path.join(tmpdir(), 'fluxwright-model-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    const text =
      typeof content === 'string'
        ? content
        : file.endsWith('.json')
          ? JSON.stringify(content, null, 2)
          : stringify(content, { compat: quoting });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

/** The files of a component; `properties` and `values` describe its values, `configure` gives it that stage. */
export function component(
  name: string,
  spec: object = {},
  parts: { properties?: object; values?: object; configure?: boolean; folder?: string } = {},
): Files {
  const folder = parts.folder ?? `components/${name}`;
  return {
    [`${folder}/component.yaml`]: manifest('Component', name, {
      title: name,
      description: 'A component.',
      namespace: name,
      ...spec,
    }),
    [`${folder}/package.json`]: {
      name: `@fluxwright-components/${name}`,
      version: '1.2.3',
      fluxwright: { component: '.' },
    },
    [`${folder}/values.schema.json`]: {
      type: 'object',
      additionalProperties: false,
      properties: parts.properties ?? {},
    },
    ...(parts.values === undefined ? {} : { [`${folder}/values.yaml`]: parts.values }),
    ...(parts.configure === true ? { [`${folder}/configure/object.yaml`]: 'kind: Thing\n' } : {}),
  };
}

export function product(name: string, spec: object): Files {
  return {
    [`products/${name}/product.yaml`]: manifest('Product', name, { title: name, description: 'A product.', ...spec }),
  };
}

/** A cluster that says all it must. */
export function cluster(name: string, spec: object = {}): Files {
  const complete = {
    kubernetes: { distribution: 'k3s', version: '1.36' },
    flux: { version: '2.9' },
    domain: `${name}.example.com`,
    git: { url: 'https://git.example.com/fleet.git' },
  };
  return { [`clusters/${name}/cluster.yaml`]: manifest('Cluster', name, { ...complete, ...spec }) };
}

export function manifest(kind: string, name: string, spec: object): object {
  return { apiVersion: 'fluxwright.dev/v1', kind, metadata: { name }, spec };
}
