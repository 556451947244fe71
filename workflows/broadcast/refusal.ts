import type { Broadcast } from '../broadcast.ts'
import { type Directory, regionName } from '../directory.ts'
import { RuleError } from '../errors.ts'
import type { Incident } from '../incident.ts'
import type { Actor } from '../permission.ts'
import { type Param, type PhraseKey, phrase } from '../phrase.ts'
import { mayApprove, type Needs } from './needs.ts'

type Asked = { readonly actor: Actor | null; readonly directory: Directory; readonly incident: Incident | null }

/** A refusal in those words. */
export function refused(key: PhraseKey, params: Readonly<Record<string, Param>> = {}): RuleError {
  return new RuleError(phrase(key, params))
}

/** A refusal that says how the broadcast stands. */
export function stands({ id, state }: Pick<Broadcast, 'id' | 'state'>): RuleError {
  return refused(`approval.is-${state}`, { id })
}

/** That reason, trimmed. @throws RuleError where there is none */
export function needReason(reason: string): string {
  if (reason.trim() === '') throw refused('rule.reason-needed')
  return reason.trim()
}

/** Lets pass who may approve it. @throws RuleError that says who may */
export function requireApprover({ id }: Pick<Broadcast, 'id'>, needs: Needs, { actor, ...scope }: Asked): void {
  if (actor && mayApprove(actor, needs, scope)) return
  const names = needs.regions.map(region => regionName(scope.directory, region))
  throw refused(names.length === 0 ? 'approval.who' : 'approval.who-region', { id, region: names })
}
