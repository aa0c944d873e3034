import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clusterMembers, loadWorkspace } from '@fluxwright/model';
import { afterAll, describe, expect, it } from 'vitest';
import { type Listing, listings } from './listings.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fluxwright-list-'));
cpSync(path.join(import.meta.dirname, '../../../testing/fixtures/wired'), folder, { recursive: true });
writeFileSync(
  path.join(folder, 'products/extra/product.yaml'),
  `apiVersion: fluxwright.dev/v1
kind: Product
metadata: {name: extra}
spec:
  title: Extra
  description: What comes with the base.
  components: [{name: gates}]
  choices:
    colour:
      optional: true
      options:
        green: {title: Green, values: {gates: {}}}
`,
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { value: workspace } = loadWorkspace(folder);
const { members } = clusterMembers(workspace);
const json = (what: Listing) => JSON.parse(listings[what].json(workspace, members))[what];
const text = (what: Listing) => listings[what].text(workspace, members);

describe('as a table', () => {
  it('components say where they come from, what they give and who has them', () => {
    expect(text('components')).toMatchInlineSnapshot(`
      "Component      Version  Comes from                                Provides                       Clusters
      blind          0.1.0    its own templates                         -                              unproved
      caller         0.1.0    its own templates                         -                              rich, twin
      depot          0.1.0    chart depot 1.0.0                         -                              unproved
      desk           0.1.0    its own templates                         service/drawer, service/stamp  rich
      double         0.1.0    its own templates                         echoing, service/echo          rich, twin
      gates          0.1.0    https://git.example.com/gates.git v1.0.0  -                              all (5)
      late           0.1.0    https://git.example.com/late.git 0123456  -                              rich
      letters        0.1.0    its own templates                         -                              rich
      mirror         0.1.0    its own templates                         -                              -
      nod            0.1.0    its own templates                         -                              rich, twin
      old            0.1.0    its own templates                         -                              misfit
      post           0.1.0    its own templates                         service/queue                  rich
      reader         0.1.0    its own templates                         -                              rich
      shop           0.1.0    its own templates                         -                              rich, twin, unproved
      soon (coming)  0.1.0    its own templates                         -                              -
      store          0.1.0    chart store 1.2.3                         keeping                        all (5)
      "
    `);
  });

  it('products say what they hold', () => {
    expect(text('products')).toMatchInlineSnapshot(`
      "Product  Title  Clusters         Choices                                                 Components
      base     Base   all (mandatory)  provider, dns, loadBalancer, archival, colour, profile  shop, store
      extra    Extra  all (5)          colour                                                  gates
      "
    `);
  });

  it('capabilities say who gives and who needs them, by stage', () => {
    expect(text('capabilities')).toMatchInlineSnapshot(`
      "Capability  Provided by      Required by
      echoing     double           -
      keeping     store/configure  late, post, shop, shop/configure
      "
    `);
  });

  it('choices have the options of all products, with their rules and who chose them', () => {
    expect(text('choices')).toMatchInlineSnapshot(`
      "Choice        Option              Title       Requires         Clusters
      archival      attic               The attic   -                rich
      colour        red                 Red         -                rich
      colour        blue                Blue        -                -
      colour        green               Green       -                -
      dns           big                 Big names   layer2           misfit, rich
      loadBalancer  door                A door      -                rich
      loadBalancer  window              A window    udpLoadBalancer  misfit
      profile       small               Small       -                -
      profile       standard (default)  Standard    -                4 of 5
      profile       large               Large       -                rich
      provider      cloud               The cloud   -                rich, twin, unproved
      provider      moon                The moon    -                none yet (coming)
      provider      pair                Two houses  a pair, dns big  misfit
      "
    `);
  });
});

describe('as JSON', () => {
  it('a component has all that a program may ask for', () => {
    expect(json('components').find(({ name }: { name: string }) => name === 'shop')).toMatchInlineSnapshot(`
      {
        "answers": {
          "profile": [
            "large",
          ],
        },
        "choices": {
          "provider": [
            "cloud",
          ],
        },
        "clusters": [
          "rich",
          "twin",
          "unproved",
        ],
        "description": "Sells what the store keeps.",
        "folder": "components/shop",
        "maturity": "available",
        "name": "shop",
        "provides": [],
        "requires": {
          "capabilities": [
            "keeping",
          ],
          "components": [
            "store",
          ],
        },
        "title": "Shop",
        "version": "0.1.0",
      }
    `);
  });

  it('an option has its facts, its rules and who answers it', () => {
    const { options, ...choice } = json('choices').find(({ name }: { name: string }) => name === 'profile');
    expect(choice).toEqual({
      name: 'profile',
      description: 'How busy it is.',
      optional: false,
      default: 'standard',
      products: ['base'],
    });
    expect(options.find(({ name }: { name: string }) => name === 'large')).toEqual({
      name: 'large',
      title: 'Large',
      description: 'For a city.',
      maturity: 'available',
      answeredBy: ['shop'],
      clusters: ['rich'],
    });
    const [cloud] = json('choices').find(({ name }: { name: string }) => name === 'provider').options;
    expect(cloud).toMatchObject({ facts: { layer2: true }, regions: ['north', 'south'], answeredBy: ['shop'] });
  });

  it('a capability has the reason of those who need it', () => {
    expect(json('capabilities').find(({ name }: { name: string }) => name === 'keeping')).toEqual({
      name: 'keeping',
      providedBy: [{ component: 'store', stage: 'configure' }],
      requiredBy: [
        { component: 'late', stage: 'install' },
        { component: 'post', stage: 'install' },
        { component: 'shop', stage: 'install', because: 'stock is kept there' },
        { component: 'shop', stage: 'configure', because: 'shelves are filled' },
      ],
    });
  });
});
