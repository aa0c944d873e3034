import { isObject, type JsonValue } from '@fluxwright/documents';
import type { PairRole } from '@fluxwright/model';

/** The part of a cluster in its pair, as cluster.yaml says it in spec.disasterRecovery. */
export interface PairPart {
  readonly role: PairRole;
  /** Roles of single services where that is another one: `<component>/<name>` → role. */
  readonly services: Readonly<Record<string, PairRole>>;
  /** It hands over: both are standby until the other one is promoted. */
  readonly switching: boolean;
  /** What a former primary left, by service. */
  readonly tokens: Readonly<Record<string, string>>;
}

/** Reads a part of settings that have been checked. */
export function readPart(said: JsonValue | undefined): PairPart {
  const { role, services, switching, tokens } = isObject(said) ? said : {};
  const texts = (map: JsonValue | undefined) => (isObject(map) ? ({ ...map } as Record<string, string>) : {});
  return plainPart({
    role: role === 'standby' ? 'standby' : 'primary',
    services: texts(services) as Record<string, PairRole>,
    switching: switching === true,
    tokens: texts(tokens),
  });
}

/** The same part without services that have the role of all. */
export function plainPart(part: PairPart): PairPart {
  const own = Object.entries(part.services).filter(([, role]) => role !== part.role);
  return { ...part, services: Object.fromEntries(own) };
}

/** The role of one service. */
export function partOf({ role, services }: PairPart, service: string): PairRole {
  return services[service] ?? role;
}

/** True where a cluster has a role in a service, or, without one, in anything. */
export function hasRole(part: PairPart, role: PairRole, service?: string): boolean {
  if (service !== undefined) return partOf(part, service) === role;
  return part.role === role || Object.values(part.services).includes(role);
}

/** The same part with another role in one service, or in all. */
export function withRole(part: PairPart, role: PairRole, service?: string): PairPart {
  if (service === undefined) return { ...part, role, services: {} };
  return plainPart({ ...part, services: { ...part.services, [service]: role } });
}
