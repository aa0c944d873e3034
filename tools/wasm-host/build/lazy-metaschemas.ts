import type { ModulePatch } from './patch-modules.ts';

/**
 * The JSON Schema library compiles the metaschemas of five drafts when a program starts, which was half of an engine's
 * start. With this patch a draft's are compiled when its first schema is. A guest has one thread, so a flag is enough.
 */
export const lazyMetaschemas: ModulePatch = {
  module: 'github.com/santhosh-tekuri/jsonschema/v6',
  file: 'draft.go',
  edits: [
    {
      from: 'type Draft struct {\n',
      to: 'type Draft struct {\n\tprepared bool\n',
    },
    {
      from: 'func init() {\n',
      to: 'func (d *Draft) prepare() {\n\tif d.prepared {\n\t\treturn\n\t}\n\td.prepared = true\n',
    },
    {
      from: '\tfor _, d := range []*Draft{Draft4, Draft6, Draft7, Draft2019, Draft2020} {\n',
      to: '\t{\n',
    },
    {
      from: '\tvocabs := d.activeVocabs(assertVocabs, vocabularies)\n\tif vocabs == nil {\n',
      to: '\td.draft.prepare()\n\tvocabs := d.activeVocabs(assertVocabs, vocabularies)\n\tif vocabs == nil {\n',
    },
  ],
};
