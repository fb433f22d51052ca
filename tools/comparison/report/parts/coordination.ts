import { COORDINATIONS } from '@triptych/context-map';
import { bars, drawn, intervals } from '../charts/compose.ts';
import type { PartLayout } from './layout.ts';

/** Its columns are the coordinations, not the targets of the run. */
export const coordination: PartLayout = {
  id: 'coordination',
  title: 'Three ways to coordinate a checkout',
  asks: 'In serverless, events coordinate a checkout, or a coordinator does. What do they cost, how long does an order take, and what does an operator see?',
  columns: COORDINATIONS,
  groups: [
    { title: 'An order', match: /^(order-confirmed\/|usd-per-million-orders$)/ },
    { title: 'Code', match: /^code-lines$/ },
    { title: 'What an order is billed for', match: /^per-order\// },
    { title: 'Noise control', match: /^noise\// },
  ],
  charts: (index) => [
    ...intervals(index, 'coordination', 'Order confirmed: p50 with interval, p95', {
      'Order confirmed': ['order-confirmed/p50', 'order-confirmed/p95'],
    }),
    ...bars(index, 'coordination', 'Cost and code', {
      'usd-per-million-orders': 'A million orders',
      'code-lines': 'Lines of code',
    }),
    ...drawn(index, 'coordination'),
  ],
};
