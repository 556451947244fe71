import type { Command } from 'commander'
import type { RestoreHow } from './restore/back.ts'
import { run } from './terminal.ts'

/** `hub restore FILE`. */
export function addRestore(program: Command): void {
  program
    .command('restore <file>')
    .description('Bring a backup back, here or on another machine; what is there now is put aside, not deleted')
    .option('-t, --to <folder>', 'into this folder, for a hub that is not set up yet; else in place of the present one')
    .option('-p, --phrase-file <file>', 'read the recovery phrase (or its two halves, a line each) from a file')
    .option('-e, --erasures <file...>', 'the newest lists of what was erased, if they lie elsewhere than beside')
    .option('-y, --yes', 'do it also where a database is; without this, say what is there')
    .action((file: string, how: RestoreHow) =>
      run(async () => {
        const { restore } = await import('./restore/back.ts')
        return restore(file, how)
      }),
    )
}
