import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import type { HubKeyStore, KeyState } from '../../db/hubkeys.ts'
import type { RotationStep } from '../../db/rotate.ts'
import type { Config } from '../config.ts'
import { print, run, withStore } from './terminal.ts'

/** `hub key check | rotate`. */
export function addKey(program: Command): void {
  const key = program.command('key').description('The keys that seal the database')
  key
    .command('check')
    .description('Say which keys there are, what lies under each, and which processes have them')
    .action(() => run(() => withStore(({ keys, config }) => checkKeys(keys, placeOf(config)))))
  key
    .command('rotate')
    .description('Put a new key in place of the one in use, while the hub runs; goes on where it was broken off')
    .action(() => run(() => withStore(({ keys, config }) => rotateKeys(keys, placeOf(config)))))
}

const placeOf = ({ key }: Config) => (key.value === undefined ? key.file : 'HUB_KEY')

/** Says which keys there are, what lies under each, and who runs with which; false if something is amiss. */
async function checkKeys(store: HubKeyStore, where: string): Promise<boolean> {
  const { keys, processes } = await store.check()
  print(`Keys in ${where}, and how many sealed values name each:`)
  for (const key of keys) print(`  ${key.id}  ${totalOf(key).toLocaleString('en').padStart(9)}  ${meaning(key)}`)
  for (const key of keys.filter(one => one.values.size > 0)) {
    print('', `Under ${key.id}:`)
    for (const [column, count] of key.values) print(`  ${column.padEnd(20)} ${count.toLocaleString('en').padStart(9)}`)
  }
  print('', 'Running on this database:')
  for (const { pid, host, source, keys: ids } of processes) {
    print(`  process ${pid} on ${host}: seals under ${ids[0] ?? 'no key yet'}, keys from ${sourceName(source)}`)
  }
  return keys.every(isWell)
}

/** Rotates the key and says how it goes, in a line for every change. Nothing else has to stop meanwhile. */
async function rotateKeys(store: HubKeyStore, where: string): Promise<boolean> {
  let said = ''
  let shown = 0
  for await (const step of store.rotate()) {
    const line = lineOf(step)
    // What is waited for is looked at again and again, and told when it changes.
    if (line !== said && (step.type !== 'sealing' || step.done >= shown + tellEvery)) {
      print(line)
      said = line
      if (step.type === 'sealing') shown = step.done
    }
    if (step.type === 'done') print(...ending(step, where))
    // Ctrl+C is heard between two steps.
    await pause(0)
  }
  return true
}

const tellEvery = 10_000

function lineOf(step: RotationStep): string {
  switch (step.type) {
    case 'begun':
      return step.resumed
        ? `Going on with the rotation to the key ${step.next}.`
        : `The new key is ${step.next}; until now it was ${step.current}.`
    case 'waiting': {
      if (step.why === 'other') return 'Another rotation runs, or was just broken off. Waiting for it.'
      const who = step.processes.map(({ pid, host }) => `process ${pid} on ${host}`).join(', ')
      return step.why === 'has'
        ? `Waiting until the new key is known to ${who}.`
        : `Waiting until it is used by ${who}.`
    }
    case 'sealing':
      return `${step.done.toLocaleString('en')} values sealed anew.`
    case 'done':
      return `Done. Everything lies under the key ${step.current}.`
  }
}

function ending(
  { replaced, damaged, inFile, scrubbed }: Extract<RotationStep, { type: 'done' }>,
  where: string,
): string[] {
  const gone = replaced.join(', ')
  const lines = [
    inFile
      ? `${gone} is gone from ${where}. Keep a copy of the file as it is now.`
      : `Take ${gone} out of HUB_KEY everywhere; nothing needs it any more.`,
    'Backups from before still need the key of their day. Attached files were not touched: they lie under their own.',
  ]
  if (!scrubbed)
    lines.push('Traces of what lay under the old key stay in the log of the database until the hub is stopped.')
  if (damaged > 0) lines.push(`${damaged} damaged values could not be opened under any key and stay as they are.`)
  return lines
}

const totalOf = ({ values }: KeyState) => [...values.values()].reduce((sum, one) => sum + one, 0)
const sourceName = (source: 'HUB_KEY' | 'file') => (source === 'file' ? 'the key file' : 'HUB_KEY')

function isWell(key: KeyState): boolean {
  if (key.use === 'unknown') return false
  return key.use !== 'replaced' || !key.given
}

function meaning({ use, given }: KeyState): string {
  switch (use) {
    case 'current':
      return 'in use'
    case 'older':
      return 'being replaced: finish with "npm run -s hub -- key rotate"'
    case 'replaced':
      return given ? 'replaced, but still given: "npm run -s hub -- key rotate" takes it out' : 'replaced'
    case 'unused':
      return 'not in use yet: "npm run -s hub -- key rotate" begins with it'
    case 'unknown':
      return 'NOT given: what lies under it cannot be opened. Put this key back beside the others'
  }
}
