import type { JsonObject } from '@fluxwright/documents';
import { describe, expect, it } from 'vitest';
import { parseTemplate } from './parse-template.ts';
import { renderTemplate } from './render-template.ts';
import { anyShape, leafShape, mapShape, schemaShape } from './shape.ts';
import type { TemplateContext } from './template-context.ts';

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    replicas: { type: 'integer' },
    name: { type: 'string' },
    email: { type: 'string' },
    enabled: { type: 'boolean' },
    contact: { $ref: '#/$defs/contact' },
    resources: { type: 'object' },
    zones: { type: 'array', items: { type: 'string' } },
    pools: {
      type: 'array',
      items: { type: 'object', additionalProperties: false, properties: { name: {}, size: {} } },
    },
  },
  $defs: { contact: { type: 'object', additionalProperties: false, properties: { mail: { type: 'string' } } } },
};

const values: JsonObject = {
  replicas: 3,
  name: 'web',
  enabled: false,
  resources: { limits: { cpu: '1', memory: '128Mi' } },
  zones: ['north', 'south'],
  pools: [
    { name: 'a', size: 1 },
    { name: 'b', size: 2 },
  ],
};

function context(over: Partial<Record<'values' | 'peer', JsonObject | null>> = {}): TemplateContext {
  const root = { declaredBy: 'declare it in values.schema.json', setBy: 'set it in cluster.yaml' };
  return {
    roots: {
      values: { ...root, value: over.values ?? values, shape: schemaShape(schema) },
      cluster: {
        ...root,
        value: { name: 'c1', domain: 'c1.example.com' },
        shape: mapShape({ name: leafShape, domain: leafShape }),
      },
      peer: { ...root, value: over.peer ?? null, shape: mapShape({ name: leafShape, domain: leafShape }) },
      component: { ...root, value: { name: 'web', namespace: 'web' }, shape: anyShape },
    },
    has: (name) => name === 'cilium',
    capability: (name) => name === 'dns',
  };
}

function render(text: string, over: Parameters<typeof context>[0] = {}): string {
  const { template, diagnostics } = parseTemplate('t.yaml.hbs', text);
  const rendering = renderTemplate(template, context(over));
  const found = [...diagnostics, ...rendering.diagnostics];
  return found.length === 0
    ? rendering.text
    : found
        .map(
          ({ code, message, primary, help }) =>
            `${code} ${primary?.start?.line}:${primary?.start?.column} ${message} | ${help}`,
        )
        .join('\n');
}

describe('what a template can say', () => {
  it.each([
    ['a path', '{{values.name}}-{{cluster.domain}}', 'web-c1.example.com'],
    ['text in place of text', '{{replace "e" "$&" (replace "w" "" values.name)}}', '$&b'],
    [
      'a question about a list',
      '{{some values.pools "size" 2}} {{some values.pools "name.first" "a"}} {{some values.pools "size" 0}}',
      'true false false',
    ],
    [
      'a question about what is in a list',
      '{{some values.zones "" "south"}} {{some values.zones "" "sou"}}',
      'true false',
    ],
    ['no HTML escapes', '{{concat "<" values.name "&"}}', '<web&'],
    [
      'a block of YAML',
      'resources:\n{{indent 2 (toYaml values.resources)}}\n',
      'resources:\n  limits:\n    cpu: "1"\n    memory: 128Mi\n',
    ],
    [
      'loops with block parameters',
      '{{#each values.pools as |pool at|}}\n- {{at}}{{pool.name}}\n{{/each}}\n',
      '- 0a\n- 1b\n',
    ],
    [
      'loops over maps',
      '{{#each values.resources.limits}}{{@key}}={{this}}{{#unless @last}},{{/unless}}{{/each}}',
      'cpu=1,memory=128Mi',
    ],
    [
      'outer scopes',
      '{{#each values.pools}}{{../values.name}}{{name}}{{@root.cluster.name}} {{/each}}',
      'webac1 webbc1 ',
    ],
    ['else if', '{{#if values.enabled}}1{{else if values.name}}2{{else}}3{{/if}}', '2'],
    ['defaults', '{{or values.email "none"}}', 'none'],
    ['the cluster', '{{#if (and (has "cilium") (not (capability "gpu")))}}yes{{/if}}', 'yes'],
    ['quotes', '{{quote values.replicas}} {{toJson values.pools.[0]}}', '"3" {"name":"a","size":1}'],
    ['the length of a list', '{{values.pools.length}}', '2'],
    ['comments', 'a{{! no }}b{{!-- no --}}', 'ab'],
    [
      'a declared value that is not set',
      '{{#if values.email}}x{{/if}}{{#if values.contact.mail}}y{{/if}}{{#if peer.domain}}z{{/if}}',
      '',
    ],
    ['false, which is set', '{{values.enabled}}', 'false'],
  ])('%s', (_, text, wanted) => {
    expect(render(text)).toBe(wanted);
  });
});

describe('what it refuses', () => {
  it.each([
    [
      'an unknown value',
      'a\n  {{values.replcas}}',
      'render/unknown-value 2:5 there is no "values.replcas" | did you mean "replicas"?',
    ],
    [
      'an unknown value inside a declared one',
      '{{#if values.contact.phone}}{{/if}}',
      'render/unknown-value 1:7 there is no "values.contact.phone" | declare it in values.schema.json; there are mail',
    ],
    ['an unknown root', '{{vlues.a}}', 'render/unknown-value 1:3 there is no "vlues" | did you mean "values"?'],
    [
      'a root inside a block',
      '{{#each values.pools}}{{values.name}}{{/each}}',
      'render/unknown-value 1:25 there is no "values.pools.0.values" | inside a block, write @root.values\nrender/unknown-value 1:25 there is no "values.pools.1.values" | inside a block, write @root.values',
    ],
    [
      'a key of a scalar',
      '{{values.name.x}}',
      'render/unknown-value 1:3 "values.name.x" does not exist: values.name is a string | undefined',
    ],
    [
      'JavaScript properties',
      '{{values.constructor}}{{values.name.length}}',
      'render/unknown-value 1:3 there is no "values.constructor" | declare it in values.schema.json; there are contact, email, enabled, name, pools, replicas, resources, zones\nrender/unknown-value 1:25 "values.name.length" does not exist: values.name is a string | undefined',
    ],
    [
      'an unset value in print',
      '{{values.email}}',
      'render/missing-value 1:3 "values.email" is not set | set it in cluster.yaml, or ask for it with {{#if}} first',
    ],
    [
      'an unset value in a function',
      '{{quote values.email}}',
      'render/missing-value 1:9 "values.email" is not set | set it in cluster.yaml, or ask for it with {{#if}} first',
    ],
    [
      'the author’s own demand',
      '{{required "ACME needs a mail" values.email}}',
      'render/missing-value 1:1 ACME needs a mail | set it in cluster.yaml, or ask for it with {{#if}} first',
    ],
    [
      'a map as text',
      '{{values.resources}}',
      'render/wrong-type 1:1 "values.resources" is a map and cannot be printed as text | write {{toYaml values.resources}}, with indent where it is nested',
    ],
    [
      'a loop over a scalar',
      '{{#each values.name}}{{/each}}',
      'render/wrong-type 1:1 "#each" takes a list or a map, but "values.name" is a string | print one field of a map, or the whole with toYaml or toJson; loop over a list or map',
    ],
    [
      'a wrong input',
      '{{indent "x" values.name}}',
      'render/helper-failed 1:1 "indent" takes a count from 0 to 80 first | write {{indent COUNT TEXT}}',
    ],
    [
      'an unknown function',
      '{{toYml values.name}}',
      'render/unknown-helper 1:3 there is no template function "toYml" | did you mean "toYaml"?',
    ],
    [
      'an unknown block',
      'x\n{{#foreach values.pools}}{{/foreach}}',
      'render/unknown-helper 2:4 there is no template block "#foreach" | blocks are #if, #unless, #each, #with',
    ],
    [
      'a missing argument',
      '{{indent 2}}',
      'render/template-syntax 1:1 "indent" takes 2 arguments, not 1 | write {{indent COUNT TEXT}}',
    ],
    [
      'named arguments',
      '{{quote values.name x=1}}',
      'render/template-syntax 1:21 "quote" takes no named arguments | write {{quote VALUE}}',
    ],
    [
      'partials',
      'a\n{{> b}}',
      'render/template-syntax 2:1 templates have no partials | write the text where it is needed',
    ],
    [
      'decorators',
      '{{#*inline "x"}}{{/inline}}',
      'render/template-syntax 1:1 templates have no decorators | remove it',
    ],
    [
      'an open block',
      'a\n{{#if values.name}}\nb',
      'render/template-syntax 2:1 a template block is never closed | close it with {{/if}}',
    ],
    [
      'a wrong end',
      '{{#if values.name}}{{/each}}',
      "render/template-syntax 1:4 if doesn't match each | close it with {{/if}}",
    ],
    [
      'a stray token',
      'a: 1\nb: {{values.name, x}}',
      'render/template-syntax 2:17 "," cannot stand here in a template | a literal {{ is written \\{{; the page of this code has the language',
    ],
    [
      'an open tag',
      'a: {{values.name',
      'render/template-syntax 1:16 the template ends inside a {{ | a literal {{ is written \\{{; the page of this code has the language',
    ],
    [
      'loop names outside loops',
      '{{@index}}',
      'render/unknown-value 1:3 "@index" means nothing here | it exists only inside {{#each}}',
    ],
    [
      'data that does not exist',
      '{{@level}}',
      'render/template-syntax 1:3 there is no "@level" | there are @root and, in #each, @index, @key, @first, @last',
    ],
  ])('%s', (_, text, wanted) => {
    expect(render(text)).toBe(wanted);
  });

  it('reports every fault of a template', () => {
    expect(render('{{values.a}}\n{{values.email}}').split('\n')).toHaveLength(2);
  });
});

describe('bounds', () => {
  const long = { values: { pools: Array.from({ length: 1000 }, () => ({ name: 'x'.repeat(100), size: 1 })) } };
  it('stops at too many steps', () => {
    const loop = '{{#each @root.values.pools}}'.repeat(3) + '{{/each}}'.repeat(3);
    expect(render(loop, long)).toBe(
      'render/limit 1:1 the template needs more than 1000000 steps | let it write less: loop over fewer items, or split the template',
    );
  });
  it('lets flat templates be long', () => {
    expect(render('{{#if values.name}}{{lower (concat "A" "b")}}\n{{/if}}'.repeat(2000))).toHaveLength(6000);
  });
  it('stops at too much text', () => {
    const loop = '{{#each @root.values.pools}}{{#each @root.values.pools}}{{name}}{{/each}}{{/each}}';
    expect(render(loop, long)).toMatch(/more than 4194304 characters/);
  });
  it('stops at big inputs of a function that is called often', () => {
    const loop = '{{#each @root.values.pools}}{{#if (eq @root.values.pools @root.values.pools)}}{{/if}}{{/each}}';
    expect(render(loop, long)).toMatch(/more than 1000000 steps/);
  });
  it('refuses nesting that the parser cannot hold', () => {
    const nested = [
      '{{#if values.name}}'.repeat(20_000) + '{{/if}}'.repeat(20_000),
      `{{#if values.name}}${'{{else if values.name}}'.repeat(20_000)}{{/if}}`,
      `{{${'quote (lower '.repeat(20_000)} values.name${')'.repeat(20_000)}}}`,
    ];
    for (const text of nested) expect(render(text)).toMatch(/^render\/limit 1:\d+ /);
  });
});

it('toYaml quotes what some reader would take for something else', () => {
  const resources = { flag: 'yes', mode: '0444', day: '2026-01-02', grouped: '1_000', no: 'a', plain: 'a.b', count: 3 };
  expect(render('{{toYaml values.resources}}', { values: { resources } })).toBe(
    'flag: "yes"\nmode: "0444"\nday: "2026-01-02"\ngrouped: "1_000"\n"no": a\nplain: a.b\ncount: 3',
  );
});
