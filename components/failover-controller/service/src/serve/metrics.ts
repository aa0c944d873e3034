import { Counter, Gauge, Registry } from 'prom-client';

/** What both programs tell of themselves. */
export const registry = new Registry();

const gauge = (name: string, help: string, labelNames: readonly string[] = []): Gauge =>
  new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });

export const metrics = {
  leads: gauge('failover_leader', '1 where this process leads.'),
  holder: gauge('failover_lease_holder', '1 for the side that has the lease.', ['site']),
  writer: gauge('failover_lease_writer', '1 for the side whose data is the truth.', ['site']),
  epoch: gauge('failover_lease_epoch', 'How often the lease went to another side.'),
  seen: gauge('failover_lease_seen_timestamp_seconds', 'When the lease was last read or written.'),
  witnesses: gauge('failover_witnesses_reached', 'Witnesses that answer as they should.'),
  failover: gauge('failover_commit_ready', '1 where the failover commit continues main.'),
  open: gauge('failover_writes_open', '1 where writes may pass on this node.'),
  acts: new Counter({
    name: 'failover_acts_total',
    help: 'What the controller did.',
    labelNames: ['act', 'outcome'],
    registers: [registry],
  }),
};
