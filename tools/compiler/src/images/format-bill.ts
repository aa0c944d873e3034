import { listWords, plainTable } from '@fluxwright/diagnostics';
import type { BilledImage, ImageBill } from './image-bill.ts';
import { imageText } from './image-name.ts';

/** How a bill is printed: for people, or for programs. */
export type BillFormat = 'text' | 'json';

/** The printers by format. Each ends with a newline. */
export const formatBill: Readonly<Record<BillFormat, (bill: ImageBill) => string>> = {
  text: ({ cluster, images, sources, unseen }) => {
    const head = ['Image', 'Components', 'Known from'];
    const rows = images.map((image) => [shown(image), image.components.join(', '), origins[image.from]]);
    const sourceRows = sources.map(({ url, version, digest, components }) => [
      `${url} ${version}`,
      digest ?? 'digest not known',
      components.join(', '),
    ]);
    const tables = [
      plainTable([head, ...rows]),
      ...(sourceRows.length === 0 ? [] : [plainTable([['Chart or source', 'Digest', 'Components'], ...sourceRows])]),
    ];
    const gaps =
      unseen.length === 0 ? '' : `\nNot all is seen of ${listWords(unseen, 'and')}: they may pull other images, too.\n`;
    return `Images and charts of cluster ${cluster}\n\n${tables.join('\n')}${gaps}`;
  },
  json: (bill) => `${JSON.stringify(bill, undefined, 2)}\n`,
};

const origins: Readonly<Record<BilledImage['from'], string>> = {
  object: 'an object',
  recorded: 'recorded facts',
  component: 'component.yaml',
};

/** A program that starts an image without a tag chooses one of its own. */
function shown(image: BilledImage): string {
  const isChosen = image.tag === undefined && image.digest === undefined;
  const text = imageText(image);
  return isChosen ? `${text} (${image.from === 'component' ? 'the program chooses its tag' : 'latest'})` : text;
}
