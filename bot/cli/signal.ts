import type { Command } from 'commander'
import type { Store } from '../../db/store.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { loadConfig } from '../config.ts'
import type { Client, Identity } from '../signal/client.ts'
import { SignalError } from '../signal/refusal.ts'
import { count, print, run, withStore } from './terminal.ts'

/** `hub signal challenge | untrusted | trust`. */
export function addSignal(program: Command): void {
  const signal = program
    .command('signal')
    .description('What Signal wants a person for: its captcha, new safety numbers')
  signal
    .command('challenge')
    .argument('<token>', 'the token in the notice to the coordinators')
    .argument('<link>', 'what is behind "Open Signal" on the captcha page: signalcaptcha://...')
    .description('Prove to Signal that a person runs the hub, so that it may send again')
    .action((token: string, link: string) => run(() => solve(token, link)))
  signal
    .command('untrusted')
    .description('List by call sign whose safety number is new: a new phone, or somebody else')
    .action(() => run(listUntrusted))
  signal
    .command('trust')
    .argument('<who>', 'their call sign, or the account as `signal untrusted` shows it')
    .argument('<number>', 'the safety number, as they read it to you from their own phone')
    .description('Trust the new safety number of somebody, once it was compared with them by voice')
    .action((who: string, number: string) => run(() => trust(who, number)))
}

async function solve(token: string, link: string): Promise<boolean> {
  const captcha = link.trim()
  if (!captcha.startsWith('signalcaptcha://')) {
    throw new ConfigError(
      'That is no captcha link. Open https://signalcaptchas.org/challenge/generate.html (challenge, not ' +
        'registration), solve it, and copy the address behind "Open Signal": it begins with signalcaptcha://.',
    )
  }
  try {
    await (await clientOf()).solveChallenge(token, captcha)
  } catch (error) {
    if (!(error instanceof SignalError) || error.refusal.type === 'down') throw error
    throw new ConfigError(
      'Signal did not take it. A captcha works once, for a few minutes, and only from the internet line of the hub: ' +
        'solve a new one. If it is refused again, wait an hour.',
      { cause: error },
    )
  }
  print('Signal took it. The hub sends again within a few minutes.')
  return true
}

async function listUntrusted(): Promise<boolean> {
  const untrusted = await untrustedIdentities()
  if (untrusted.length === 0) {
    print('Nobody: every safety number is as it was.')
    return true
  }
  print(`${count(untrusted.length, 'person has', 'people have')} a new safety number, and get nothing from the hub:`)
  await withStore(async ({ store }) => {
    for (const identity of untrusted) {
      const callsign = await callsignOf(identity, store)
      print('', `  ${callsign ?? `somebody who is not on the roster (${accountOf(identity)})`}`)
      print(`  ${grouped(identity.safety_number ?? '')}`)
    }
  })
  print(
    '',
    'Call them, by telephone and not on Signal. Have they a new phone, or Signal installed anew? Let them read the ' +
      'safety',
    'number in their chat with the hub (its name at the top, "View safety number"). Only if it is the same:',
    '  npm run -s hub -- signal trust CALLSIGN "NUMBER"',
  )
  return true
}

async function trust(who: string, number: string): Promise<boolean> {
  const untrusted = await untrustedIdentities()
  const found = await withStore(async ({ store }) => {
    for (const identity of untrusted) {
      if (accountOf(identity) === who) return identity
      const callsign = await callsignOf(identity, store)
      if (callsign?.toLowerCase() === who.toLowerCase()) return identity
    }
    return null
  })
  if (!found)
    throw new ConfigError(`Nobody called ${who} has a new safety number. See: npm run -s hub -- signal untrusted`)
  const digits = number.replace(/\D/g, '')
  if (digits !== (found.safety_number ?? '').replace(/\D/g, '')) {
    throw new ConfigError(
      `That is not the safety number that Signal has for ${who}. Compare again. If it stays different, it may not ` +
        'be them: do not trust it, and tell your security contact.',
    )
  }
  await (await clientOf()).trust(accountOf(found), digits)
  print(`${who} is trusted again. What waits for them is sent within a few minutes.`)
  return true
}

async function untrustedIdentities(): Promise<readonly Identity[]> {
  return (await (await clientOf()).identities()).filter(({ status }) => status === 'UNTRUSTED')
}

async function clientOf(): Promise<Client> {
  const { signal } = loadConfig().platforms
  // Loaded by these commands alone: it takes its time.
  if (signal) return (await import('../signal/client.ts')).createClient(signal)
  throw new ConfigError(
    'Signal is not set up here: SIGNAL_API_URL and SIGNAL_NUMBER are missing. See: npm run -s hub -- setup',
  )
}

async function callsignOf(identity: Identity, { roster }: Store): Promise<string | null> {
  for (const address of [identity.uuid, identity.number]) {
    const whose = address ? await roster.whose('signal', address) : null
    const person = whose && roster.directory().people.get(whose.person)
    if (person) return person.callsign
  }
  return null
}

function accountOf({ uuid, number }: Identity): string {
  return uuid || number || ''
}

/** As phones show it: in groups of five. */
function grouped(safetyNumber: string): string {
  return safetyNumber.replace(/\D/g, '').replace(/(\d{5})(?=\d)/g, '$1 ')
}
