import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { loadNetwork } from '../config.ts'
import { type AnswerFile, type Answers, answerFile } from './setup/answers.ts'
import { type Asker, createAsker, LeftError, yesOrNo } from './setup/asker.ts'
import { networkYaml, variablesOf, writeVariables } from './setup/files.ts'
import { steps } from './setup/steps.ts'
import { toolsOf, tried } from './setup/tools.ts'
import { run } from './terminal.ts'

/** `hub setup`. */
export function addSetup(program: Command): void {
  program
    .command('setup')
    .description('Connect your chat tools and choose the rooms, one question at a time; leave and go on as you like')
    .option('--network-file <file>', 'where the network file is written', 'network.yaml')
    .action(({ networkFile }: { networkFile: string }) => run(() => setUp(networkFile)))
}

const progress = 'data/setup.json'
const variables = '.env'

async function setUp(networkFile: string): Promise<boolean> {
  const asker = createAsker(process.stdin, process.stdout)
  const kept = answerFile(progress)
  try {
    const answers = await settle(kept, asker)
    await write(answers, networkFile, asker)
    const well = await check(answers, asker)
    kept.remove()
    asker.say(...nextSteps)
    return well
  } catch (error) {
    if (!(error instanceof LeftError)) throw error
    asker.say('', `${error.message} Run the same command again to go on.`)
    return false
  } finally {
    asker.close()
  }
}

/** Settles what is still open; every answer is kept as soon as it is given. */
async function settle(kept: AnswerFile, asker: Asker): Promise<Answers> {
  let answers = kept.load()
  const open = steps.filter(step => !step.isDone(answers))
  if (open.length < steps.length && open.length > 0) {
    const done = steps.filter(step => step.isDone(answers)).map(step => step.title)
    asker.say(`Settled before: ${done.join(', ')}.`)
    if (!(await asker.ask('Go on from there?', yesOrNo('yes')))) answers = {}
  }
  for (const step of steps) {
    if (step.isDone(answers)) continue
    asker.say('', `--- ${step.title}`)
    answers = await step.run(answers, asker, kept.save)
    kept.save(answers)
  }
  return answers
}

async function write(answers: Answers, networkFile: string, asker: Asker): Promise<void> {
  const path = resolve(networkFile)
  const over = !existsSync(path) || (await asker.ask(`${networkFile} exists. Write over it?`, yesOrNo('no')))
  if (over) writeFileSync(path, networkYaml(answers))
  loadNetwork(path)
  writeVariables(resolve(variables), variablesOf(answers, networkFile))
  asker.say('', `${over ? 'Written' : 'Kept'}: ${networkFile}`, `Written: ${variables} (only you can read it)`)
}

async function check(answers: Answers, asker: Asker): Promise<boolean> {
  const rooms = Object.values(answers.rooms ?? {}).flat()
  let well = true
  for (const { tool, inspection } of await toolsOf(answers)) {
    asker.say('')
    well = (await tried(inspection, distinct(rooms.filter(room => room.platform === tool)), asker)) && well
  }
  return well
}

const distinct = <Room extends { readonly address: string }>(rooms: readonly Room[]) => [
  ...new Map(rooms.map(room => [room.address, room])).values(),
]

const nextSteps = [
  '',
  'Next:',
  '  npm start                      the hub starts, and prints a code that makes you its first admin:',
  '                                 write it to the bot in a direct message',
  '  npm run -s hub -- install      have it start by itself, on a server',
  '  npm run -s hub -- doctor       see whether all is well, at any time',
]
