import type { ModulePatch } from './patch-modules.ts';

const module = 'github.com/santhosh-tekuri/jsonschema/v6';
const asksMetaschema = '\tmeta := dialect.getSchema(rr.assertVocabs, rr.vocabularies)\n';

/**
 * The JSON Schema library compiles the metaschemas of five drafts when a program starts, which was half of an engine's
 * start. With this patch a draft's are compiled when its first schema is. A guest has one thread, so a flag is enough.
 */
export const lazyMetaschemas: ModulePatch = {
  module,
  edits: [
    {
      file: 'draft.go',
      from: 'type Draft struct {\n',
      to: 'type Draft struct {\n\tprepared bool\n',
    },
    {
      file: 'draft.go',
      from: 'func init() {\n',
      to: 'func (d *Draft) prepare() {\n\tif d.prepared {\n\t\treturn\n\t}\n\td.prepared = true\n',
    },
    {
      file: 'draft.go',
      from: '\tfor _, d := range []*Draft{Draft4, Draft6, Draft7, Draft2019, Draft2020} {\n',
      to: '\t{\n',
    },
    {
      file: 'draft.go',
      from: '\tvocabs := d.activeVocabs(assertVocabs, vocabularies)\n\tif vocabs == nil {\n',
      to: '\td.draft.prepare()\n\tvocabs := d.activeVocabs(assertVocabs, vocabularies)\n\tif vocabs == nil {\n',
    },
  ],
};

/** Gives the library a switch, `TrustSchemas`, to compile schemas without holding them against their metaschema. */
export const trustSchemas: ModulePatch = {
  module,
  edits: [
    {
      file: 'roots.go',
      from: 'type roots struct {\n',
      to: 'var TrustSchemas bool\n\ntype roots struct {\n',
    },
    { file: 'roots.go', from: asksMetaschema, to: `\tif TrustSchemas {\n\t\treturn nil\n\t}\n${asksMetaschema}` },
  ],
};
