import type { JsonObject } from '@fluxwright/documents';
import { memo, yamlText } from '@fluxwright/documents';
import { canonicalOrder } from '@fluxwright/kubernetes';
import { generatedHeader } from './generated-header.ts';

/** Clusters that share a task share its objects: each is made into text once a process, and forgotten with the object. */
/** The file of one object: header, then YAML in canonical order. `source` is the file the object came from. */
export const objectText = memo(
  (object: JsonObject, source: string) => generatedHeader(source) + yamlText(canonicalOrder(object)),
);
