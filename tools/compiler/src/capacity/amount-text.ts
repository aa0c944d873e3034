import { type Nano, one, roundedText } from '@fluxwright/kubernetes';
import type { BudgetName } from './budget.ts';

/** An amount with its unit, for people, rounded up: `2.3 CPU`, `5.4Gi of memory`, `1 GPU`, `12 pods`, `9 volumes`. */
export function amountText(resource: BudgetName, amount: Nano): string {
  switch (resource) {
    case 'cpu':
      return `${roundedText(amount, '')} CPU`;
    case 'memory':
      return `${roundedText(amount, 'Gi')} of memory`;
    case 'gpu':
      return `${amount / one} GPU${amount === one ? '' : 's'}`;
    case 'pods':
      return `${amount / one} pod${amount === one ? '' : 's'}`;
    case 'volumes':
      return `${amount / one} volume${amount === one ? '' : 's'}`;
  }
}
